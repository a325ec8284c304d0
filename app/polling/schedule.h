// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace Slipway {

/// How often a pipeline is asked (DESIGN section 8).
struct PollSituation
{
    bool moving = false; ///< an environment deploys, or an operation runs
    bool shown = false; ///< on screen
    bool focused = true; ///< somebody looks at the window
    int failures = 0; ///< in a row
    /// Share of the account's allowance of requests that is left, from 0 to 1; negative: requests cost nothing. Its
    /// user's other tools live on it too.
    double allowance = -1;
};

/// Time between the end of one poll and the next. `jitter` in [0, 1) spreads what failed together.
std::chrono::milliseconds pollInterval(const PollSituation &situation, double jitter);

} // namespace Slipway
