// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"
#include "providers/machine/cancel.h"

#include <QString>

namespace Slipway {

/// Puts the contents of Git LFS files in place of their pointers. `source`: the repository whose LFS store has them.
/// Error Unsupported names the first file when git-lfs is not installed.
Result<void> fetchLargeFiles(const QString &directory, const QString &source, const Cancel &cancel);

} // namespace Slipway
