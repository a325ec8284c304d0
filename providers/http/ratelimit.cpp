// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/http/ratelimit.h"

#include <QLocale>

#include <algorithm>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

constexpr int kLongestSeconds = 24 * 3600; // a service that asks for more means never

/// A whole number in a header of either family: "RateLimit-Remaining" (Heroku, CircleCI), "X-RateLimit-Remaining"
/// (GitHub); the lower one rules.
int rateNumber(const HttpAnswer &answer, const QByteArray &name)
{
    int found = -1;
    for (const QByteArray &full : {QByteArray("RateLimit-" + name), QByteArray("X-RateLimit-" + name)}) {
        bool good = false;
        const int value = answer.header(full).toInt(&good);
        if (good && value >= 0)
            found = found < 0 ? value : std::min(found, value);
    }
    return found;
}

std::chrono::milliseconds bounded(qint64 seconds)
{
    return std::chrono::seconds(std::clamp<qint64>(seconds, 0, kLongestSeconds));
}

/// RFC 9110, 5.6.7: "Sun, 06 Nov 1994 08:49:37 GMT". The two older forms have not been sent for decades.
QDateTime httpDate(const QByteArray &text)
{
    QDateTime time = QLocale::c().toDateTime(QString::fromLatin1(text), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s);
    time.setTimeSpec(Qt::UTC);
    return time;
}

} // namespace

bool refusesForRate(const HttpAnswer &answer)
{
    if (answer.status == 429)
        return true;
    if (answer.status != 403)
        return false;
    return !answer.header("Retry-After").isEmpty() || rateNumber(answer, "Remaining") == 0
        || answer.body.toLower().contains("secondary rate limit");
}

std::optional<std::chrono::milliseconds> askedToWait(const HttpAnswer &answer, const QDateTime &now)
{
    const QByteArray after = answer.header("Retry-After").trimmed();
    bool good = false;
    if (const qint64 seconds = after.toLongLong(&good); good)
        return bounded(seconds);
    if (const QDateTime date = httpDate(after); date.isValid())
        return std::clamp(std::chrono::milliseconds(now.msecsTo(date)), bounded(0), bounded(kLongestSeconds));
    if (rateNumber(answer, "Remaining") != 0)
        return {};
    bool told = false;
    const qint64 reset = answer.header("X-RateLimit-Reset").toLongLong(&told);
    if (!told)
        return {};
    constexpr qint64 kYear = 366 * 24 * 3600;
    return bounded(reset > kYear ? reset - now.toSecsSinceEpoch() : reset); // GitHub: since 1970; CircleCI: from now
}

RateLimit::RateLimit(RetryPolicy policy, int total)
    : m_policy(std::move(policy))
{
    m_budget.total = total;
}

void RateLimit::learn(const HttpAnswer &answer)
{
    if (const int remaining = rateNumber(answer, "Remaining"); remaining >= 0) {
        m_budget.remaining = remaining;
        m_budget.asOf = m_policy.currentTime();
    }
    if (const int total = rateNumber(answer, "Limit"); total >= 0)
        m_budget.total = total;
    if (!refusesForRate(answer)) {
        m_refusals = 0;
        return;
    }
    // Several requests were on their way when the limit was met: their refusals count as one.
    if (m_until.hasExpired())
        ++m_refusals;
    const auto asked = askedToWait(answer, m_policy.currentTime());
    const QDeadlineTimer until(asked.value_or(m_policy.pause(m_refusals)), Qt::PreciseTimer);
    if (m_until < until)
        m_until = until;
}

std::chrono::milliseconds RateLimit::hold() const
{
    return std::chrono::ceil<std::chrono::milliseconds>(m_until.remainingTimeAsDuration());
}

} // namespace Slipway
