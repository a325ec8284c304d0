// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/context.h"

namespace Slipway::Cli {

/// Asks for `name` to be typed before something that cannot be taken back; `warning` says what goes. Error when another
/// answer was given, and (Invalid) under --no-input, where only --yes helps.
Result<void> confirmByName(Context &context, const QString &name, const QString &warning);

} // namespace Slipway::Cli
