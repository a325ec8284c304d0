// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
// When a window of the policy is open.
#include "models/domain/policy.h"

#include <QTimeZone>

#include <array>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array<const char *, 7> kDays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

QTimeZone zoneOf(const FreezeWindow &window)
{
    const QTimeZone named(window.zone.toUtf8());
    return window.zone.isEmpty() || !named.isValid() ? QTimeZone::systemTimeZone() : named;
}

/// Minutes after midnight; "24:00" is the end of the day.
int minutesOf(const QString &time)
{
    return time.section(u':', 0, 0).toInt() * 60 + time.section(u':', 1, 1).toInt();
}

bool isOn(const FreezeWindow &window, const QDate &day)
{
    return window.days.isEmpty() || window.days.contains(QLatin1StringView(kDays.at(std::size_t(day.dayOfWeek() - 1))));
}

QDateTime momentOn(const QDate &day, int minutes, const QTimeZone &zone)
{
    return QDateTime(day.addDays(minutes / (24 * 60)), QTime(0, 0).addSecs(minutes % (24 * 60) * 60), zone);
}

QDateTime dated(const QString &text, const QTimeZone &zone, bool end)
{
    if (const QDate day = QDate::fromString(text, Qt::ISODate); day.isValid() && text.size() == 10)
        return QDateTime(end ? day.addDays(1) : day, QTime(0, 0), zone);
    const QDateTime moment = QDateTime::fromString(text, Qt::ISODate);
    return moment.timeSpec() == Qt::LocalTime ? QDateTime(moment.date(), moment.time(), zone) : moment;
}

} // namespace

QDateTime FreezeWindow::endAt(const QDateTime &at) const
{
    const QTimeZone there = zoneOf(*this);
    if (!from.contains(u':') || from.contains(u'T')) {
        const QDateTime last = dated(to, there, true);
        return dated(from, there, false) <= at && at < last ? last.toUTC() : QDateTime();
    }
    const int start = minutesOf(from);
    const int length = (minutesOf(to) - start + 24 * 60) % (24 * 60);
    const QDate today = at.toTimeZone(there).date();
    for (const QDate &day : {today.addDays(-1), today}) { // one that began yesterday may reach into today
        if (!isOn(*this, day))
            continue;
        const QDateTime end = momentOn(day, start + (length == 0 ? 24 * 60 : length), there);
        if (momentOn(day, start, there) <= at && at < end)
            return end.toUTC();
    }
    return {};
}

} // namespace Slipway
