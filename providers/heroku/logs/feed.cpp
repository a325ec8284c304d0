// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/heroku/logs/feed.h"

#include "providers/heroku/phrases.h"

#include <utility>

namespace Slipway::Heroku {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t kKept = 20000; ///< lines; a viewer that is slower than this loses some, and is told
constexpr qint64 kForgottenMs = 60'000;

size_t hashOf(const LogLine &line)
{
    return qHashMulti(size_t(0), line.at.toMSecsSinceEpoch(), line.process, line.text);
}

LogLine remark(const QString &text)
{
    return LogLine{QDateTime::currentDateTimeUtc(), u"slipway"_s, false, text};
}

} // namespace

void Feed::append(const LogLine &line)
{
    m_lines.push_back(line);
    m_seen.insert(hashOf(line));
    ++m_end;
    if (m_lines.size() > kKept) {
        m_seen.remove(hashOf(m_lines.front()));
        m_lines.pop_front();
    }
}

void Feed::wake()
{
    const auto waiting = std::exchange(m_waiting, {});
    for (const Later<bool> &one : waiting)
        one.settle(true);
}

void Feed::startSession()
{
    m_catchingUp = !m_lines.empty();
    m_metKnown = false;
}

/// Order across processes is not strict at Heroku, so that a line that is older than the newest one known is taken for
/// one of the past as well.
bool Feed::isPast(const LogLine &line)
{
    if (!m_catchingUp)
        return false;
    const bool known = m_seen.contains(hashOf(line));
    m_metKnown = m_metKnown || known;
    if (known || line.at < m_lines.back().at)
        return true;
    m_catchingUp = false;
    if (!m_metKnown)
        append(remark(Phrases::tr("The connection to the log was lost for a while: lines may be missing here.")));
    return false;
}

void Feed::add(const QList<LogLine> &lines)
{
    const qint64 before = m_end;
    for (const LogLine &line : lines) {
        if (!isPast(line))
            append(line);
    }
    if (m_end != before)
        wake();
}

void Feed::end()
{
    m_ended = true;
    wake();
}

LogPage Feed::after(qint64 from, int limit) const
{
    LogPage page;
    const qint64 first = m_end - qint64(m_lines.size()) + 1; // number of the oldest that is kept
    if (from + 1 < first)
        page.lines.append(remark(Phrases::tr("Lines are missing here: they came faster than they were read.")));
    const qint64 start = qMax(from + 1, first);
    qint64 number = start;
    for (; number <= m_end && number - start < limit; ++number)
        page.lines.append(m_lines.at(size_t(number - first)));
    page.cursor = QString::number(number - 1);
    return page;
}

LogPage Feed::last(int limit) const
{
    LogPage page = after(qMax(m_end - limit, m_end - qint64(m_lines.size())), limit);
    return page;
}

Later<bool> Feed::news()
{
    Later<bool> later;
    m_waiting.push_back(later);
    return later;
}

bool Feed::isForgotten() const
{
    return !m_asked.isValid() || m_asked.hasExpired(kForgottenMs);
}

} // namespace Slipway::Heroku
