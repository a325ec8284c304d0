// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/documents/documents.h"
#include "app/cli/freshstatus.h"
#include "app/cli/lookup.h"
#include "app/cli/words.h"

using namespace Qt::StringLiterals;

namespace Slipway::Cli {

namespace {

int tellQueue(Context &context, const QString &pipeline)
{
    const QList<QueuedChange> queue = context.reader().gauge(pipeline).queue;
    if (context.json()) {
        context.document({{u"pipeline"_s, pipeline},
                          {u"starts"_s, context.reader().policy(pipeline).queueStarts() ? u"auto"_s : u"manual"_s},
                          {u"queue"_s, queueDocument(queue)}});
        return Done;
    }
    if (queue.isEmpty())
        context.terminal().say(u"Nothing waits for staging of %1."_s.arg(pipeline));
    QList<QList<Cell>> rows;
    for (qsizetype i = 0; i < queue.size(); ++i) {
        const QueuedChange &queued = queue.at(i);
        rows.append({{QString::number(i + 1), Tone::Dim},
                     {queued.entry.environment, Tone::Strong},
                     {queued.title},
                     {queued.entry.by},
                     {age(queued.entry.since), Tone::Dim},
                     {queued.ready ? u"it can go now"_s : queued.waitsFor, queued.ready ? Tone::Good : Tone::Plain}});
    }
    context.terminal().table(rows);
    return Done;
}

Result<int> listQueue(Context &context, const Invocation &invocation)
{
    const auto pipeline = findPipeline(context, invocation.arguments.first());
    if (!pipeline)
        return tl::unexpected(pipeline.error());
    if (const auto fresh = refreshForStatus(context, *pipeline, false); !fresh && context.wasInterrupted())
        return tl::unexpected(fresh.error());
    return tellQueue(context, pipeline->name);
}

Result<int> decideAndTell(Context &context, const QString &pipeline, const Decision &decision)
{
    const auto done = context.wait<void>([&](auto answer) { context.session().decide(decision, std::move(answer)); });
    if (!done)
        return tl::unexpected(done.error());
    return tellQueue(context, pipeline);
}

Result<int> joinQueue(Context &context, const Invocation &invocation)
{
    const auto place = invocation.number(u"place"_s, 1, 1000, 0);
    if (!place)
        return tl::unexpected(place.error());
    const auto card = findEnvironment(context, invocation.arguments.first(), Freshness::Now);
    if (!card)
        return tl::unexpected(card.error());
    QueueIntent intent;
    intent.pipeline = card->environment.pipeline;
    intent.environment = card->environment.name;
    intent.place = *place;
    intent.reason = invocation.value(u"reason"_s).trimmed();
    return decideAndTell(context, intent.pipeline, intent);
}

Result<int> leaveQueue(Context &context, const Invocation &invocation)
{
    const QString address = invocation.arguments.first();
    const EnvironmentRef ref = EnvironmentRef::parse(address);
    if (!ref.isValid()) {
        return fail(Error::Kind::Invalid, u"“%1” is not the address of an environment."_s.arg(address),
                    u"Write PIPELINE/ENVIRONMENT, such as shop/dev1."_s);
    }
    if (const auto pipeline = findPipeline(context, ref.pipeline); !pipeline)
        return tl::unexpected(pipeline.error());
    // What waits may be gone by now: the queue knows it all the same.
    return decideAndTell(context, ref.pipeline, LeaveQueueIntent{ref.pipeline, ref.name});
}

} // namespace

QList<Command> queueCommands()
{
    return {
        {.name = u"queue"_s,
         .usage = u"PIPELINE"_s,
         .least = 1,
         .most = 1,
         .summary = u"What waits for staging, in order, and for what."_s,
         .details = u"The first goes by itself once staging is clean, while the window or `slipwayctl agent` runs and\n"
                    "`slipwayctl pipeline policy NAME set queue=auto` was said; else somebody promotes it."_s,
         .run = listQueue},
        {.name = u"queue add"_s,
         .usage = u"ENV [--place N] [--reason TEXT]"_s,
         .least = 1,
         .most = 1,
         .summary = u"Let an accepted dev environment wait for staging."_s,
         .details = u"At the end, or at a place; one that waits already is moved. Nobody loses a place but by being\n"
                    "moved behind."_s,
         .options = {{{u"place"_s}, u"N"_s, u"1 goes first."_s},
                     {{u"reason"_s}, u"TEXT"_s, u"Why it goes although a check will warn."_s}},
         .run = joinQueue},
        {.name = u"queue remove"_s,
         .usage = u"ENV"_s,
         .least = 1,
         .most = 1,
         .summary = u"Take a dev environment out of the queue."_s,
         .run = leaveQueue}};
}

} // namespace Slipway::Cli
