// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"
#include "providers/machine/cancel.h"

#include <QString>

namespace Slipway {

/// Packs a working copy as it is now, uncommitted work included, into `file` (a .tar.gz; absolute, not there yet),
/// without what .gitignore and .slugignore name. On failure there is no such file. Errors as snapshotDirectory().
/// Blocking, thread-safe.
Result<void> packDirectory(const QString &directory, const QString &file, const Cancel &cancel);

} // namespace Slipway
