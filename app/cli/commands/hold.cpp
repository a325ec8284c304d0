// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/documents/documents.h"
#include "app/cli/lookup.h"
#include "app/cli/moment.h"
#include "app/cli/words.h"

using namespace Qt::StringLiterals;

namespace Slipway::Cli {

namespace {

Result<void> decided(Context &context, const Decision &decision)
{
    return context.wait<void>([&](auto done) { context.session().decide(decision, std::move(done)); });
}

std::optional<Hold> holdNow(const Context &context, const QString &pipeline)
{
    return context.reader().hold(pipeline, QDateTime::currentDateTimeUtc());
}

int tellHold(Context &context, const QString &pipeline)
{
    const std::optional<Hold> hold = holdNow(context, pipeline);
    if (context.json())
        context.document({{u"pipeline"_s, pipeline}, {u"hold"_s, holdDocument(hold)}});
    else
        context.terminal().say(hold ? holdText(*hold) + u'.' : u"Nobody holds staging of %1."_s.arg(pipeline));
    return Done;
}

Result<int> hold(Context &context, const Invocation &invocation)
{
    const auto pipeline = findPipeline(context, invocation.arguments.first());
    if (!pipeline)
        return tl::unexpected(pipeline.error());
    HoldIntent intent;
    intent.pipeline = pipeline->name;
    intent.reason = invocation.value(u"reason"_s).trimmed();
    intent.takeOver = invocation.has(u"take-over"_s);
    if (invocation.has(u"until"_s)) {
        const auto until = momentFrom(invocation.value(u"until"_s), QDateTime::currentDateTimeUtc());
        if (!until)
            return tl::unexpected(until.error());
        intent.until = *until;
    }
    const auto done = decided(context, intent);
    if (!done && done.error().kind() == Error::Kind::Conflict && holdNow(context, pipeline->name)) {
        // Somebody's hold is what the check of that name is about.
        return fail(Error::Kind::Blocked, done.error().message(),
                    u"Ask for it, or take it over with --take-over --reason TEXT: the holder is told."_s);
    }
    if (!done)
        return tl::unexpected(done.error());
    return tellHold(context, pipeline->name);
}

Result<int> releaseHold(Context &context, const Invocation &invocation)
{
    const auto pipeline = findPipeline(context, invocation.arguments.first());
    if (!pipeline)
        return tl::unexpected(pipeline.error());
    const auto done = decided(context, ReleaseHoldIntent{pipeline->name, invocation.value(u"reason"_s).trimmed()});
    if (!done && done.error().kind() == Error::Kind::Blocked)
        return fail(Error::Kind::Blocked, done.error().message(),
                    u"Say with --reason TEXT why you release it: the holder is told."_s);
    if (!done)
        return tl::unexpected(done.error());
    return tellHold(context, pipeline->name);
}

} // namespace

QList<Command> holdCommands()
{
    return {{.name = u"hold"_s,
             .usage = u"PIPELINE [--reason TEXT] [--until TIME] [--take-over]"_s,
             .least = 1,
             .most = 1,
             .summary = u"Take staging: nobody else's change goes there meanwhile."_s,
             .details =
                 u"Who holds it may go on deploying to it, and renews the hold by holding again. TIME is +2h, 18:00,\n"
                 "tomorrow, \"tomorrow 09:30\" or ISO 8601; without one it lasts until release-hold.\n"
                 "Staging that somebody else holds is exit code 3; --take-over needs a reason and tells them."_s,
             .options = {{{u"reason"_s}, u"TEXT"_s, u"What for."_s},
                         {{u"until"_s}, u"TIME"_s, u"When it ends by itself."_s},
                         {{u"take-over"_s}, {}, u"Although somebody else holds it."_s}},
             .run = hold},
            {.name = u"release-hold"_s,
             .usage = u"PIPELINE [--reason TEXT]"_s,
             .least = 1,
             .most = 1,
             .summary = u"Give staging back; after a roll back: it is resolved."_s,
             .details = u"Somebody else's hold asks a reason (exit code 3 without), and they are told."_s,
             .options = {{{u"reason"_s}, u"TEXT"_s, u"Why somebody else's hold ends."_s}},
             .run = releaseHold}};
}

} // namespace Slipway::Cli
