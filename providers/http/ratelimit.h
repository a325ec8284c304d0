// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/http/budget.h"
#include "providers/http/httpmessage.h"
#include "providers/http/retrypolicy.h"

#include <QDeadlineTimer>

#include <chrono>
#include <optional>

namespace Slipway {

/// Whether the service refused to do this because too much was asked: 429; 403 with Retry-After, with nothing remaining
/// or whose message says so (GitHub). The request was not carried out.
bool refusesForRate(const HttpAnswer &answer);

/// How long the answer asks to wait: Retry-After in seconds or as a date, or the reset of a used-up budget.
std::optional<std::chrono::milliseconds> askedToWait(const HttpAnswer &answer, const QDateTime &now);

/// The rate limit of one account: when its requests may go on, and what is left.
class RateLimit
{
public:
    RateLimit(RetryPolicy policy, int total);

    void learn(const HttpAnswer &answer); ///< from every answer
    std::chrono::milliseconds hold() const; ///< until the account's requests may go on; 0: now
    Budget budget() const { return m_budget; }

private:
    RetryPolicy m_policy;
    Budget m_budget;
    QDeadlineTimer m_until = QDeadlineTimer(0);
    int m_refusals = 0; ///< in a row
};

} // namespace Slipway
