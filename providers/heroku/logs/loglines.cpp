// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/heroku/logs/loglines.h"

#include "models/domain/plaintext.h"

#include <QRegularExpression>

#include <utility>

namespace Slipway::Heroku {

using namespace Qt::StringLiterals;

namespace {

/// Heroku cuts lines at 10,000 bytes (source: Dev Center, "Logging"); more without an end is no log.
constexpr qsizetype kLongestLine = 64 * 1024;

/// "2026-11-27T10:11:12.123456+00:00 app[web.1]: text" (source: Dev Center, "Log format").
const QRegularExpression &runtimeLine()
{
    static const QRegularExpression shape(u"^(\\S+) ([\\w-]+)\\[([^\\]]+)\\]: ?(.*)$"_s,
                                          QRegularExpression::DotMatchesEverythingOption);
    return shape;
}

/// Router lines say at=error; platform lines name their code: "Error R14".
bool isTrouble(const QString &source, const QString &text)
{
    return source == u"heroku"
        && (text.startsWith(u"at=error") || text.startsWith(u"Error ") || text.contains(u" crashed"_s));
}

} // namespace

LogLines::LogLines(QString process, QDateTime at)
    : m_process(std::move(process))
    , m_at(std::move(at))
{ }

std::optional<LogLine> LogLines::read(QByteArray line) const
{
    if (line.endsWith('\r'))
        line.chop(1);
    if (line.startsWith("data:")) // of an event stream
        line = line.mid(line.startsWith("data: ") ? 6 : 5);
    else if (line.startsWith("id:") || line.startsWith("event:") || line.startsWith("retry:") || line.startsWith(':'))
        return {};
    const QString text = plainText(line);
    if (!m_process.isEmpty())
        return LogLine{m_at, m_process, false, text};
    if (text.isEmpty())
        return {};
    const QRegularExpressionMatch match = runtimeLine().match(text);
    const QDateTime at =
        match.hasMatch() ? QDateTime::fromString(match.captured(1), Qt::ISODateWithMs).toUTC() : QDateTime();
    if (!at.isValid())
        return LogLine{QDateTime::currentDateTimeUtc(), u"heroku"_s, false, text};
    return LogLine{at, match.captured(3), isTrouble(match.captured(2), match.captured(4)), match.captured(4)};
}

QList<LogLine> LogLines::take(const QByteArray &bytes)
{
    m_rest += bytes;
    QList<LogLine> lines;
    qsizetype from = 0;
    for (qsizetype end = m_rest.indexOf('\n'); end >= 0; end = m_rest.indexOf('\n', from)) {
        if (const auto line = read(m_rest.mid(from, end - from)))
            lines.append(*line);
        from = end + 1;
    }
    m_rest.remove(0, from);
    if (m_rest.size() > kLongestLine)
        lines += rest();
    return lines;
}

QList<LogLine> LogLines::rest()
{
    const QByteArray last = std::exchange(m_rest, QByteArray());
    const auto line = last.isEmpty() ? std::nullopt : read(last);
    return line ? QList<LogLine>{*line} : QList<LogLine>();
}

} // namespace Slipway::Heroku
