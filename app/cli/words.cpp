// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/words.h"

#include <array>

using namespace Qt::StringLiterals;

namespace Slipway::Cli {

QString shortVersion(const QString &version)
{
    return version.left(7);
}

QString age(const QDateTime &since)
{
    if (!since.isValid())
        return {};
    struct Unit
    {
        qint64 seconds;
        QLatin1StringView name;
    };
    static constexpr std::array units{Unit{86400, "d"_L1}, Unit{3600, "h"_L1}, Unit{60, "min"_L1}};
    const qint64 seconds = std::max<qint64>(since.secsTo(QDateTime::currentDateTimeUtc()), 0);
    for (const Unit &unit : units) {
        if (seconds >= unit.seconds)
            return u"%1 %2"_s.arg(seconds / unit.seconds).arg(unit.name);
    }
    return u"%1 s"_s.arg(seconds);
}

QString timeText(const QDateTime &at)
{
    return at.toLocalTime().toString(u"yyyy-MM-dd HH:mm"_s);
}

QString spanText(qint64 ms)
{
    const qint64 seconds = ms / 1000;
    if (seconds >= 86400)
        return u"%1 d %2 h"_s.arg(seconds / 86400).arg(seconds % 86400 / 3600);
    if (seconds >= 3600)
        return u"%1 h %2 min"_s.arg(seconds / 3600).arg(seconds % 3600 / 60);
    return seconds >= 60 ? u"%1 min"_s.arg(seconds / 60) : u"%1 s"_s.arg(seconds);
}

QString holdText(const Hold &hold)
{
    QString text = u"%1 holds staging since %2"_s.arg(hold.by, timeText(hold.since));
    if (hold.until.isValid())
        text += u", until %1"_s.arg(timeText(hold.until));
    if (!hold.reason.isEmpty())
        text += u": "_s + hold.reason;
    return text;
}

QString queueText(const QueuedChange &queued)
{
    return u"%1, %2: %3"_s.arg(queued.entry.environment, queued.title,
                               queued.ready ? u"it can go now"_s : queued.waitsFor);
}

QString changeText(const Release &release)
{
    QString text = release.change.title;
    if (release.change.number)
        text += u" (#%1)"_s.arg(*release.change.number);
    if (release.uncommitted)
        text += u" (uncommitted work)"_s;
    return text;
}

QString countOf(int number, QLatin1StringView one, QLatin1StringView many)
{
    return u"%1 %2"_s.arg(number).arg(number == 1 ? one : many);
}

Cell stateCell(const Environment &environment)
{
    Tone tone = Tone::Plain;
    switch (environment.state) {
    case EnvironmentState::Running:
        tone = Tone::Good;
        break;
    case EnvironmentState::Deploying:
        tone = Tone::Busy;
        break;
    case EnvironmentState::Crashed:
        tone = Tone::Bad;
        break;
    case EnvironmentState::Suspended:
    case EnvironmentState::Stopped:
    case EnvironmentState::Unknown:
        tone = Tone::Dim;
        break;
    }
    return {toString(environment.state), tone};
}

QString remark(const Card &card)
{
    QStringList parts;
    if (card.operation && card.operation->isActive()) {
        parts << u"%1: step %2 of %3"_s.arg(card.operation->title)
                     .arg(card.operation->step + 1)
                     .arg(card.operation->steps.size());
    } else if (card.operation && card.operation->state == OperationState::Failed) {
        parts << u"failed: %1"_s.arg(card.operation->title);
    }
    if (card.verdict.state == VerdictState::Accepted)
        parts << u"accepted by %1"_s.arg(card.verdict.by);
    else if (card.verdict.state == VerdictState::ChangesRequested)
        parts << u"changes requested: %1"_s.arg(card.verdict.note);
    else if (card.verdictVoid())
        parts << u"changed since it was accepted"_s;
    if (card.queuePlace > 0)
        parts << u"waits for staging at place %1"_s.arg(card.queuePlace);
    if (card.lifetime && card.lifetime->shutDownAt.isValid())
        parts << u"is shut down at %1"_s.arg(timeText(card.lifetime->shutDownAt));
    else if (card.lifetime)
        parts << u"lives until %1"_s.arg(timeText(card.lifetime->ends));
    const auto against = card.environment.stage == Stage::Staging ? u"production"_s : u"staging"_s;
    if (card.environment.stage != Stage::Production) {
        if (card.environment.live)
            parts << u"live in production"_s;
        if (card.environment.behind.value_or(0) > 0)
            parts << u"%1 behind %2"_s.arg(countOf(*card.environment.behind, "commit"_L1, "commits"_L1), against);
        if (card.environment.ahead.value_or(0) > 0)
            parts << u"%1 ahead of %2"_s.arg(countOf(*card.environment.ahead, "commit"_L1, "commits"_L1), against);
    }
    return parts.join(u" · "_s);
}

} // namespace Slipway::Cli
