// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/context.h"

namespace Slipway::Cli {

/// Brings the cache up to date for `status`, which must stay cheap: without `insist` a pipeline of this machine is
/// asked only when its daemon is up and answers at once; any other is left as the cache has it.
Result<void> refreshForStatus(Context &context, const Pipeline &pipeline, bool insist);

} // namespace Slipway::Cli
