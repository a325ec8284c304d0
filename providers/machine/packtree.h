// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"
#include "providers/machine/cancel.h"

#include <QString>

namespace Slipway {

/// Packs everything in `tree` into `file` (a .tar.gz; absolute, not there yet), its files at the root. The same tree
/// gives the same bytes. On failure there is no such file. Blocking, thread-safe.
Result<void> packTree(const QString &tree, const QString &file, const Cancel &cancel);

} // namespace Slipway
