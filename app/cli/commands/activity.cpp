// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/documents/documents.h"
#include "app/cli/lookup.h"

using namespace Qt::StringLiterals;

namespace Slipway::Cli {

namespace {

QJsonObject entryDocument(const ActivityEntry &entry)
{
    return {{u"id"_s, entry.id},
            {u"at"_s, orNull(entry.at)},
            {u"by"_s, orNull(entry.by)},
            {u"pipeline"_s, orNull(entry.pipeline)},
            {u"environment"_s, orNull(entry.environment)},
            {u"kind"_s, entry.kind},
            {u"text"_s, entry.text},
            {u"version"_s, orNull(entry.version)},
            {u"reason"_s, orNull(entry.reason)},
            {u"result"_s, orNull(entry.result)},
            {u"operation"_s, orNull(entry.operation)}};
}

Result<int> activity(Context &context, const Invocation &invocation)
{
    const auto limit = invocation.number(u"lines"_s, 1, 100000, 50);
    if (!limit)
        return tl::unexpected(limit.error());
    // A pipeline that was removed keeps its record: its name need not be known any more.
    const QString scope = invocation.arguments.value(0);
    const EnvironmentRef ref = EnvironmentRef::parse(scope);
    const QString pipeline = ref.isValid() ? ref.pipeline : scope;
    const QList<ActivityEntry> entries = context.reader().store().activity(pipeline, ref.name, *limit);
    if (entries.isEmpty() && !pipeline.isEmpty()) {
        if (const auto known = findPipeline(context, pipeline); !known)
            return tl::unexpected(known.error());
    }
    if (context.json()) {
        QJsonArray array;
        for (const ActivityEntry &entry : entries)
            array.append(entryDocument(entry));
        context.document({{u"activity"_s, array}});
        return Done;
    }
    if (entries.isEmpty())
        context.terminal().say(u"Nothing has happened yet."_s);
    QList<QList<Cell>> rows;
    for (const ActivityEntry &entry : entries) {
        QString text = entry.text;
        if (!entry.reason.isEmpty())
            text += u" (reason: %1)"_s.arg(entry.reason);
        if (!entry.result.isEmpty() && entry.result != u"live")
            text += u" · "_s + entry.result;
        const QString where = entry.environment.isEmpty() ? entry.pipeline : entry.pipeline + u'/' + entry.environment;
        rows.append({{entry.at.toLocalTime().toString(u"yyyy-MM-dd HH:mm"_s), Tone::Dim}, {where}, {entry.by}, {text}});
    }
    context.terminal().table(rows);
    return Done;
}

} // namespace

QList<Command> activityCommands()
{
    return {{.name = u"activity"_s,
             .usage = u"[PIPELINE | ENV] [-n N]"_s,
             .most = 1,
             .summary = u"Who did what, newest first."_s,
             .options = {{{u"n"_s, u"lines"_s}, u"N"_s, u"At most N entries (50)."_s}},
             .run = activity}};
}

} // namespace Slipway::Cli
