// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/context.h"

namespace Slipway::Cli {

/// Starts the operation, tells its steps on stderr as they come and waits for its end. Live is exit code 0; any other
/// end is told as an error. An interruption leaves it journaled and says how to go on.
Result<int> runOperation(Context &context, const Intent &intent);

/// The same for one that is already in the journal and was carried on in this process.
Result<int> followOperation(Context &context, const QString &id);

} // namespace Slipway::Cli
