// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"
#include "providers/machine/cancel.h"

#include <QString>

#include <functional>

namespace Slipway {

/// Packs everything in `tree` into `file` (a .tar.gz; absolute, not there yet), its files at the root. The same tree
/// gives the same bytes. On failure there is no such file. Blocking, thread-safe.
Result<void> packTree(const QString &tree, const QString &file, const Cancel &cancel);

/// Packs the folder that `fill` answers, which it makes as, or below, a scratch folder beside `file`. That is gone
/// afterwards, and before: a process that was killed may have left one. Blocking, thread-safe.
Result<void> packScratch(const QString &file, const std::function<Result<QString>(const QString &scratch)> &fill,
                         const Cancel &cancel);

} // namespace Slipway
