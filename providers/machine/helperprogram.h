// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"

#include <QString>

namespace Slipway {

/// Path of one of Slipway's helper programs ("slipwayd", "slipway-run"): $SLIPWAY_LIBEXEC, beside the running program,
/// its libexec folder, then PATH. Error NotFound names the file and the remedy.
Result<QString> helperProgram(const QString &name);

} // namespace Slipway
