// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/activitylines.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

const auto kFailed = "failed: "_L1;

Badge resultBadge(const QString &result)
{
    if (result.startsWith("failed"_L1))
        return {Words::tr("Failed"), Tone::Bad};
    if (result == "live"_L1)
        return {Words::tr("Live"), Tone::Good};
    if (result == "cancelled"_L1)
        return {Words::tr("Cancelled"), Tone::Neutral};
    return {};
}

QString place(const ActivityEntry &entry)
{
    return entry.environment.isEmpty() ? entry.pipeline : u"%1/%2"_s.arg(entry.pipeline, entry.environment);
}

QString passed(const ActivityEntry &entry)
{
    const QString why = entry.reason.isEmpty() ? QString() : Words::tr("“%1”").arg(entry.reason);
    if (entry.overridden.isEmpty())
        return why;
    const QString what = Words::tr("in spite of: %1").arg(entry.overridden.join(u", "_s));
    return why.isEmpty() ? what : u"%1 %2"_s.arg(what, why);
}

} // namespace

TwoLines activityLines(const ActivityEntry &entry, bool everything)
{
    QStringList below;
    if (everything)
        below += place(entry);
    below += entry.by;
    if (!entry.from.isEmpty() && !entry.to.isEmpty())
        below += u"%1 → %2"_s.arg(entry.from, entry.to);
    below += Words::shortVersion(entry.version);
    below += passed(entry);
    if (entry.durationMs >= 0)
        below += Words::tr("took %1").arg(Words::duration(entry.durationMs));
    below.removeAll(QString());
    // What else has changed and what has not: there is no room for that in the row.
    const QString whole = entry.result.startsWith(kFailed) ? entry.result.mid(kFailed.size()) : QString();
    const QString tip = u"%1\n%2\n%3"_s.arg(entry.text, below.join(u" · "_s), whole).trimmed();
    return {entry.text, Words::when(entry.at), below.join(u" · "_s), resultBadge(entry.result), tip};
}

QString activityKind(const QString &kind)
{
    static const QHash<QString, QString> words{
        {u"clone"_s, Words::tr("Clone")},
        {u"deploy"_s, Words::tr("Deploy")},
        {u"promote"_s, Words::tr("Promotion")},
        {u"rollback"_s, Words::tr("Roll back")},
        {u"suspend"_s, Words::tr("Suspend")},
        {u"resume"_s, Words::tr("Resume")},
        {u"restart"_s, Words::tr("Restart")},
        {u"shutdown"_s, Words::tr("Shut down")},
        {u"setup"_s, Words::tr("New pipeline")},
        {u"remove"_s, Words::tr("Removed pipeline")},
        {u"update"_s, Words::tr("Update from staging")},
        {u"reset"_s, Words::tr("Reset")},
        {u"sendback"_s, Words::tr("Sent back")},
        {u"accepted"_s, Words::tr("Accepted")},
        {u"changes_requested"_s, Words::tr("Changes requested")},
        {u"hold"_s, Words::tr("Hold")},
        {u"takeover"_s, Words::tr("Taken over")},
        {u"release-hold"_s, Words::tr("Hold released")},
        {u"queue"_s, Words::tr("Queue")},
        {u"leave-queue"_s, Words::tr("Left the queue")},
        {u"keep"_s, Words::tr("Kept longer")},
        {u"policy"_s, Words::tr("Settings")},
        {u"config"_s, Words::tr("Config")},
        {u"scale"_s, Words::tr("Scaled")},
        {u"ci"_s, Words::tr("Checks")},
        {u"review"_s, Words::tr("Review app")},
    };
    const auto known = words.constFind(kind);
    return known == words.cend() ? kind : *known;
}

} // namespace Slipway
