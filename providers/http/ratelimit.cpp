// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/http/ratelimit.h"

#include <QLocale>

#include <algorithm>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

constexpr int kLongestSeconds = 24 * 3600; // a service that asks for more means never

struct Rate
{
    int remaining = -1; ///< -1: not told
    int total = -1;
};

int numberIn(const HttpAnswer &answer, const QByteArray &header)
{
    bool good = false;
    const int value = answer.header(header).toInt(&good);
    return good && value >= 0 ? value : -1;
}

/// Of the families that the answer has the one of which the least remains: "RateLimit-Remaining" (Heroku, CircleCI),
/// "X-RateLimit-Remaining" (GitHub) and, with `windows`, "X-RateLimit-Remaining-Minute" (CircleCI).
Rate rateIn(const HttpAnswer &answer, bool windows)
{
    static const QList<QPair<QByteArray, QByteArray>> families{
        {"RateLimit-", ""},          {"X-RateLimit-", ""},      {"X-RateLimit-", "-Second"},
        {"X-RateLimit-", "-Minute"}, {"X-RateLimit-", "-Hour"}, {"X-RateLimit-", "-Day"},
    };
    Rate least;
    for (const auto &[start, end] : families) {
        if (!windows && !end.isEmpty())
            continue;
        const Rate rate{numberIn(answer, start + "Remaining" + end), numberIn(answer, start + "Limit" + end)};
        if (rate.remaining >= 0 && (least.remaining < 0 || rate.remaining < least.remaining))
            least = rate;
        else if (rate.total >= 0 && least.total < 0 && least.remaining < 0)
            least.total = rate.total;
    }
    return least;
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
    // A window of a second is often used up by chance: that alone does not make a refusal one for the rate.
    return !answer.header("Retry-After").isEmpty() || rateIn(answer, false).remaining == 0
        || answer.body.toLower().contains("secondary rate limit");
}

std::optional<std::chrono::milliseconds> askedToWait(const HttpAnswer &answer, const QDateTime &now)
{
    const QByteArray after = answer.header("Retry-After").trimmed();
    bool good = false;
    if (const qint64 seconds = after.toLongLong(&good); good)
        return bounded(seconds);
    // Moments are told by the service's clock, which need not be that of this machine.
    const QDateTime theirs = httpDate(answer.header("Date").trimmed());
    const QDateTime from = theirs.isValid() ? theirs : now;
    if (const QDateTime date = httpDate(after); date.isValid())
        return std::clamp(std::chrono::milliseconds(from.msecsTo(date)), bounded(0), bounded(kLongestSeconds));
    if (rateIn(answer, true).remaining != 0)
        return {};
    bool told = false;
    qint64 reset = answer.header("X-RateLimit-Reset").toLongLong(&told);
    if (!told)
        reset = answer.header("RateLimit-Reset").toLongLong(&told);
    if (!told)
        return {};
    constexpr qint64 kYear = 366 * 24 * 3600;
    return bounded(reset > kYear ? reset - from.toSecsSinceEpoch() : reset); // GitHub: since 1970; CircleCI: from now
}

RateLimit::RateLimit(RetryPolicy policy, int total)
    : m_policy(std::move(policy))
{
    m_budget.total = total;
}

void RateLimit::learn(const HttpAnswer &answer)
{
    const Rate rate = rateIn(answer, true);
    if (rate.remaining >= 0) {
        m_budget.remaining = rate.remaining;
        m_budget.asOf = m_policy.currentTime();
    }
    if (rate.total >= 0)
        m_budget.total = rate.total;
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
