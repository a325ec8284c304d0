// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The moves that are no promotion.
#include "app/cli/commands.h"
#include "app/cli/guarded.h"
#include "app/cli/lookup.h"

using namespace Qt::StringLiterals;

namespace Slipway::Cli {

namespace {

Result<int> update(Context &context, const Invocation &invocation)
{
    const auto card = findEnvironment(context, invocation.arguments.first(), Freshness::Now);
    if (!card)
        return tl::unexpected(card.error());
    if (card->environment.stage != Stage::Development) {
        return fail(Error::Kind::Invalid, u"%1 is not a dev environment."_s.arg(card->id()),
                    u"What is updated from staging is the branch that a dev environment runs."_s);
    }
    return runGuarded(context, UpdateIntent{card->environment.pipeline, card->environment.name});
}

Result<int> sendBack(Context &context, const Invocation &invocation)
{
    const auto data = dataChoice(invocation, DataChoice::Copy);
    if (!data)
        return tl::unexpected(data.error());
    SendBackIntent intent;
    intent.name = invocation.value(u"name"_s);
    if (const QString problem = nameProblem(intent.name); invocation.has(u"name"_s) && !problem.isEmpty())
        return fail(Error::Kind::Invalid, u"An environment cannot be called “%1”."_s.arg(intent.name), problem);
    const auto staging = findStaging(context, invocation.arguments.first());
    if (!staging)
        return tl::unexpected(staging.error());
    intent.pipeline = staging->environment.pipeline;
    intent.from = staging->environment.name;
    intent.data = *data;
    intent.reason = invocation.value(u"reason"_s).trimmed();
    return runGuarded(context, intent);
}

Result<int> reset(Context &context, const Invocation &invocation)
{
    const auto data = dataChoice(invocation, DataChoice::None);
    if (!data)
        return tl::unexpected(data.error());
    const auto staging = findStaging(context, invocation.arguments.first());
    if (!staging)
        return tl::unexpected(staging.error());
    ResetIntent intent;
    intent.pipeline = staging->environment.pipeline;
    intent.environment = staging->environment.name;
    intent.config = invocation.has(u"config"_s);
    intent.data = *data;
    intent.reason = invocation.value(u"reason"_s).trimmed();
    return invocation.has(u"preview"_s) ? showPreflight(context, intent) : runGuarded(context, intent);
}

} // namespace

QList<Command> moveCommands()
{
    const OptionSpec reason{{u"reason"_s}, u"TEXT"_s, u"Why, where a check warns."_s};
    return {
        {.name = u"update"_s,
         .usage = u"ENV"_s,
         .least = 1,
         .most = 1,
         .summary = u"Merge what staging runs into a dev environment's branch."_s,
         .details =
             u"The merge is a commit on the branch in your repository, and is deployed to the environment. Where\n"
             "the two touch the same lines nothing is changed: the files are named, and the merge is yours."_s,
         .run = update},
        {.name = u"send-back"_s,
         .usage = u"PIPELINE|ENV [--name N] [--data D] [--reason TEXT]"_s,
         .least = 1,
         .most = 1,
         .summary = u"Take what is on staging back to a dev environment."_s,
         .details =
             u"The change goes on in a dev environment of its own, and staging runs production's release again."_s,
         .options = {{{u"name"_s}, u"N"_s, u"Name of the new dev environment."_s},
                     {{u"data"_s}, u"D"_s, u"Its data: none, seed or copy (default)."_s},
                     reason},
         .run = sendBack},
        {.name = u"reset"_s,
         .usage = u"PIPELINE|ENV [--config] [--data D] [--reason TEXT] [--preview]"_s,
         .least = 1,
         .most = 1,
         .summary = u"Make staging what production is again."_s,
         .details =
             u"Production's artifact always; its config with --config; --data copy puts production's data in place\n"
             "of staging's, seed fresh data, none (default) leaves it. --preview shows it and does nothing."_s,
         .options = {{{u"config"_s}, {}, u"Set and unset config keys until they are production's."_s},
                     {{u"data"_s}, u"D"_s, u"none (default), seed or copy."_s},
                     reason,
                     {{u"preview"_s}, {}, u"Show what goes away and what the checks say."_s}},
         .run = reset}};
}

} // namespace Slipway::Cli
