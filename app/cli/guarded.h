// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/context.h"

namespace Slipway::Cli {

/// The sheet of a move, for people: checks, what goes, what stays or goes away, the way back.
void tellPreflight(Terminal &terminal, const Preflight &preflight);
/// The sheet, and no more: exit code 0 when the move may go, 3 when a check blocks.
Result<int> showPreflight(Context &context, const Intent &move);
/// Looks at the sheet first and runs exactly what it shows: Blocked (exit code 3) when a check blocks, or warns and no
/// reason was given. A move without a sheet just runs. What goes away is said on stderr before.
Result<int> runGuarded(Context &context, const Intent &move);

} // namespace Slipway::Cli
