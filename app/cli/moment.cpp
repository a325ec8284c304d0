// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/moment.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Slipway::Cli {

namespace {

constexpr qint64 kMostSeconds = qint64(366) * 86400;

/// "+90min", "+2h", "+3d"; invalid when it is none of them.
QDateTime afterNow(const QString &text, const QDateTime &now)
{
    static const QRegularExpression shape(u"^\\+\\s*([0-9]{1,6})\\s*(m|min|h|d|w)$"_s);
    const auto match = shape.match(text);
    if (!match.hasMatch())
        return {};
    const QString unit = match.captured(2);
    const qint64 seconds = unit == u"w" ? 7 * 86400 : unit == u"d" ? 86400 : unit == u"h" ? 3600 : 60;
    const qint64 span = match.captured(1).toLongLong() * seconds;
    return span <= kMostSeconds ? now.addSecs(span) : QDateTime();
}

QTime timeOfDay(const QString &text)
{
    static const QRegularExpression shape(u"^[0-9]{1,2}:[0-9]{2}$"_s);
    return shape.match(text).hasMatch() ? QTime::fromString(text, u"H:mm"_s) : QTime();
}

/// At its beginning; a local time that a change of the clocks leaves out is the next one there is.
QDateTime onDay(const QDate &day, const QTime &time)
{
    return time.isValid() ? QDateTime(day, time) : day.startOfDay();
}

QDateTime read(const QString &text, const QDateTime &now)
{
    const QDate today = now.toLocalTime().date();
    if (text.startsWith(u'+'))
        return afterNow(text, now);
    if (text == u"tomorrow")
        return onDay(today.addDays(1), {});
    if (text.startsWith(u"tomorrow ")) {
        const QTime time = timeOfDay(text.section(u' ', 1).trimmed());
        return time.isValid() ? onDay(today.addDays(1), time) : QDateTime();
    }
    if (const QTime time = timeOfDay(text); time.isValid())
        return onDay(today, time);
    QString iso = text.toUpper();
    if (const QDate day = QDate::fromString(iso, Qt::ISODate); day.isValid() && iso.size() == 10)
        return onDay(day, {});
    return iso.size() > 10 ? QDateTime::fromString(iso.replace(10, 1, u'T'), Qt::ISODate) : QDateTime();
}

} // namespace

Result<QDateTime> momentFrom(const QString &given, const QDateTime &now)
{
    const auto right = u"Write +2h, 18:00, tomorrow, \"tomorrow 09:30\" or %1."_s.arg(
        now.toLocalTime().addDays(2).toString(u"yyyy-MM-ddTHH:00"_s));
    const QDateTime at = read(given.trimmed().toLower(), now);
    if (!at.isValid())
        return fail(Error::Kind::Invalid, u"“%1” is not a time."_s.arg(given), right);
    if (at <= now) {
        return fail(Error::Kind::Invalid,
                    u"“%1” is over already: it is %2."_s.arg(given, now.toLocalTime().toString(u"yyyy-MM-dd HH:mm"_s)),
                    right);
    }
    return at.toUTC();
}

} // namespace Slipway::Cli
