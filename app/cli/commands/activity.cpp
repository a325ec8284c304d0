// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/documents/documents.h"
#include "app/cli/lookup.h"
#include "app/cli/words.h"
#include "models/activity/activityexport.h"

using namespace Qt::StringLiterals;

namespace Slipway::Cli {

namespace {

constexpr int kMost = 100'000;

/// The whole record, whatever the pipeline: the chain is one.
Result<int> verify(Context &context)
{
    const SlipwayStore &store = context.reader().store();
    if (const auto whole = store.verifyActivity(); !whole) {
        context.addToFailure({{u"whole"_s, false}});
        return tl::unexpected(whole.error());
    }
    const QList<ActivityEntry> newest = store.activity({}, {}, 1);
    const int lines = newest.isEmpty() ? 0 : static_cast<int>(newest.first().id);
    if (context.json())
        context.document({{u"whole"_s, true}, {u"lines"_s, lines}});
    else
        context.terminal().say(u"The record is whole: %1, none changed after it was written."_s.arg(
            countOf(lines, "line"_L1, "lines"_L1)));
    return Done;
}

void tellEntries(Terminal &terminal, const QList<ActivityEntry> &entries)
{
    if (entries.isEmpty())
        terminal.say(u"Nothing has happened yet."_s);
    QList<QList<Cell>> rows;
    for (const ActivityEntry &entry : entries) {
        QString text = entry.text;
        if (!entry.reason.isEmpty())
            text += u" (reason: %1)"_s.arg(entry.reason);
        if (!entry.overridden.isEmpty())
            text += u" · in spite of: "_s + entry.overridden.join(u"; "_s);
        if (!entry.result.isEmpty() && entry.result != u"live")
            text += u" · "_s + entry.result;
        const QString where = entry.environment.isEmpty() ? entry.pipeline : entry.pipeline + u'/' + entry.environment;
        rows.append({{entry.at.toLocalTime().toString(u"yyyy-MM-dd HH:mm"_s), Tone::Dim}, {where}, {entry.by}, {text}});
    }
    terminal.table(rows);
}

Result<int> activity(Context &context, const Invocation &invocation)
{
    const bool csv = invocation.has(u"csv"_s);
    const auto limit = invocation.number(u"lines"_s, 1, kMost, csv ? kMost : 50);
    if (!limit)
        return tl::unexpected(limit.error());
    if (csv && context.json())
        return fail(Error::Kind::Invalid, u"--csv and --json exclude each other."_s, u"Give one of them."_s);
    if (invocation.has(u"verify"_s))
        return verify(context);
    // A pipeline that was removed keeps its record: its name need not be known any more.
    const QString scope = invocation.arguments.value(0);
    const EnvironmentRef ref = EnvironmentRef::parse(scope);
    const QString pipeline = ref.isValid() ? ref.pipeline : scope;
    const QList<ActivityEntry> entries = context.reader().store().activity(pipeline, ref.name, *limit);
    if (entries.isEmpty() && !pipeline.isEmpty()) {
        if (const auto known = findPipeline(context, pipeline); !known)
            return tl::unexpected(known.error());
    }
    if (csv) {
        context.terminal().write(activityAsCsv(entries));
    } else if (context.json()) {
        QJsonArray array;
        for (const ActivityEntry &entry : entries)
            array.append(activityDocument(entry));
        context.document({{u"activity"_s, array}});
    } else {
        tellEntries(context.terminal(), entries);
    }
    return Done;
}

} // namespace

QList<Command> activityCommands()
{
    return {{.name = u"activity"_s,
             .usage = u"[PIPELINE | ENV] [-n N] [--csv | --verify]"_s,
             .most = 1,
             .summary = u"Who did what, newest first."_s,
             .details =
                 u"The record is kept when the cache is deleted and when a pipeline is removed. Each line carries the\n"
                 "hash of the one before: --verify names the first that was changed or removed."_s,
             .options = {{{u"n"_s, u"lines"_s}, u"N"_s, u"At most N entries (50; --csv: all)."_s},
                         {{u"csv"_s}, {}, u"As a table for a spreadsheet."_s},
                         {{u"verify"_s}, {}, u"See that nobody changed the record."_s}},
             .run = activity}};
}

} // namespace Slipway::Cli
