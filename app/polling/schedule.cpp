// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/polling/schedule.h"

#include <algorithm>
#include <cstdint>

namespace Slipway {

using namespace std::chrono_literals;

namespace {

/// A look costs up to six requests (Heroku refills 75 a minute): one in 20 s stays below a quarter of that. What moves
/// is followed by its own operation; the board need not be as fast.
std::chrono::milliseconds paidInterval(const PollSituation &situation, std::chrono::milliseconds interval)
{
    if (situation.moving)
        interval = 10s;
    else if (situation.focused && situation.shown)
        interval = 20s;
    if (situation.allowance < 0.07) // almost spent: the rest is for what people do
        return std::max<std::chrono::milliseconds>(interval, 5min);
    return situation.allowance < 0.33 ? 2 * interval : interval;
}

} // namespace

std::chrono::milliseconds pollInterval(const PollSituation &situation, double jitter)
{
    std::chrono::milliseconds interval = 5min;
    if (situation.moving)
        interval = 2s;
    else if (situation.focused)
        interval = situation.shown ? 15s : std::chrono::milliseconds(2min);
    if (situation.allowance >= 0)
        interval = paidInterval(situation, interval);
    if (situation.failures > 0) {
        const auto backOff = 2s * (1 << std::min(situation.failures, 8));
        interval = std::max(interval, std::min<std::chrono::milliseconds>(backOff, 5min));
        interval += std::chrono::milliseconds(static_cast<std::int64_t>(double(interval.count()) * 0.2 * jitter));
    }
    return interval;
}

} // namespace Slipway
