// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/http/httpattempts.h"

#include "providers/http/httpmessages.h"
#include "providers/http/ratelimit.h"

#include <algorithm>

namespace Slipway {

namespace {

bool mayPass(int status)
{
    return status == 500 || status == 502 || status == 503 || status == 504;
}

} // namespace

HttpAttempts::HttpAttempts(RetryPolicy policy, QString service, const HttpRequest &request)
    : m_policy(std::move(policy))
    , m_service(std::move(service))
    , m_repeatable(request.repeatable.value_or(request.method != "POST"))
    , m_patience(m_policy.patience)
{ }

bool HttpAttempts::bears(std::chrono::milliseconds hold)
{
    if (hold > m_patience)
        return false;
    m_patience -= hold;
    return true;
}

std::optional<std::chrono::milliseconds> HttpAttempts::pauseAfter(const HttpOutcome &outcome)
{
    if (outcome.answer && refusesForRate(*outcome.answer)) {
        if (++m_refusals >= m_policy.attempts)
            return {};
        return std::chrono::milliseconds(0); // the account's hold follows
    }
    m_maySent = m_maySent || outcome.maySent;
    const bool passing = outcome.answer ? mayPass(outcome.answer->status) : outcome.passing;
    const bool safe = m_repeatable || (!outcome.answer && !outcome.maySent);
    if (!passing || !safe || outcome.delivered || ++m_failures >= m_policy.attempts)
        return {};
    const std::chrono::milliseconds pause = m_policy.pause(m_failures);
    const auto asked = outcome.answer ? askedToWait(*outcome.answer, m_policy.currentTime()) : std::nullopt;
    if (!asked)
        return pause;
    if (!bears(*asked))
        return {};
    return std::max(pause, *asked);
}

Result<HttpAnswer> HttpAttempts::result(const HttpOutcome &outcome, std::chrono::milliseconds hold) const
{
    if (!outcome.answer)
        return tl::unexpected(HttpMessages::withFate(outcome.answer.error(), m_maySent));
    if (refusesForRate(*outcome.answer))
        return limited(hold);
    return outcome.answer;
}

tl::unexpected<Error> HttpAttempts::ended() const
{
    return tl::unexpected(HttpMessages::withFate(HttpMessages::ended(m_service), m_maySent));
}

tl::unexpected<Error> HttpAttempts::limited(std::chrono::milliseconds hold) const
{
    return tl::unexpected(HttpMessages::withFate(HttpMessages::rateLimited(m_service, hold), m_maySent));
}

} // namespace Slipway
