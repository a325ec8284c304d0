// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>

#include <chrono>
#include <functional>

namespace Slipway {

/// How often and how late a request is sent again. A value; the functions are called in the client's thread.
/// Defaults: DESIGN section 8 (back-off with jitter on 429 and 5xx).
struct RetryPolicy
{
    int attempts = 4; ///< of one request, the first one included; also how many times it takes "too many requests"
    std::chrono::milliseconds first{500}; ///< the pause after the first failure; it doubles after each further one
    std::chrono::milliseconds most{30000}; ///< no pause of ours is longer
    std::chrono::milliseconds patience{120000}; ///< how long one request waits for a rate limit, all waits together
    std::function<double()> random = {}; ///< jitter, from 0 up to 1; empty: Qt's global generator
    std::function<QDateTime()> now = {}; ///< what dates in answers are compared with; empty: the system's clock

    /// The pause before attempt `failures` + 1: a random point in the upper half of first * 2^(failures - 1).
    std::chrono::milliseconds pause(int failures) const;
    QDateTime currentTime() const; ///< UTC
};

} // namespace Slipway
