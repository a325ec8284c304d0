// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/http/httpmessage.h"
#include "providers/http/httpoutcome.h"
#include "providers/http/retrypolicy.h"

#include <chrono>
#include <optional>

namespace Slipway {

/// What became of one request so far: whether, and when, it is sent again.
class HttpAttempts
{
public:
    HttpAttempts(RetryPolicy policy, QString service, const HttpRequest &request);

    /// Takes a wait for the account's rate limit from what the request has of patience; false: it has not enough.
    bool bears(std::chrono::milliseconds hold);
    /// The pause until the next attempt, the account's rate limit apart; empty: this outcome is the last one.
    std::optional<std::chrono::milliseconds> pauseAfter(const HttpOutcome &outcome);
    Result<HttpAnswer> result(const HttpOutcome &outcome, std::chrono::milliseconds hold) const;
    tl::unexpected<Error> ended() const; ///< Cancelled
    tl::unexpected<Error> limited(std::chrono::milliseconds hold) const;

private:
    RetryPolicy m_policy;
    QString m_service;
    bool m_repeatable = false;
    bool m_maySent = false; ///< by any of the attempts: an earlier one may have been carried out
    int m_failures = 0;
    int m_refusals = 0;
    std::chrono::milliseconds m_patience;
};

} // namespace Slipway
