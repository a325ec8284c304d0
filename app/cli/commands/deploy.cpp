// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/lookup.h"
#include "app/cli/operations.h"

using namespace Qt::StringLiterals;

namespace Slipway::Cli {

namespace {

/// Where --stage puts it: among the dev environments, or beside production.
Result<Stage> stageChoice(const Invocation &invocation)
{
    if (!invocation.has(u"stage"_s))
        return Stage::Development;
    const auto stage = stageFromString(invocation.value(u"stage"_s));
    if (stage == Stage::Development || stage == Stage::Production)
        return *stage;
    return fail(Error::Kind::Invalid, u"“%1” is not a stage to clone to."_s.arg(invocation.value(u"stage"_s)),
                u"--stage takes development or production; a pipeline has one staging."_s);
}

Result<int> clone(Context &context, const Invocation &invocation)
{
    CloneIntent intent;
    const auto pipeline = findPipeline(context, invocation.arguments.first());
    if (!pipeline)
        return tl::unexpected(pipeline.error());
    intent.pipeline = pipeline->name;
    const auto code = codeChoice(invocation);
    const auto data = dataChoice(invocation, DataChoice::Copy);
    const auto stage = stageChoice(invocation);
    const auto from = nameWithin(pipeline->name, invocation.value(u"from"_s));
    if (!code)
        return tl::unexpected(code.error());
    if (!data)
        return tl::unexpected(data.error());
    if (!stage)
        return tl::unexpected(stage.error());
    if (!from)
        return tl::unexpected(from.error());
    intent.code = *code;
    intent.data = *data;
    intent.from = *from;
    intent.stage = *stage;
    if (invocation.has(u"name"_s)) {
        intent.name = invocation.value(u"name"_s);
        if (const QString problem = nameProblem(intent.name); !problem.isEmpty())
            return fail(Error::Kind::Invalid, u"An environment cannot be called “%1”."_s.arg(intent.name), problem);
    }
    if (intent.stage == Stage::Production && intent.name.isEmpty()) {
        return fail(Error::Kind::Invalid, u"A production environment needs a name."_s,
                    u"Say with --name N how it is called, such as production-eu."_s);
    }
    if (const auto fresh = context.refresh(pipeline->name); !fresh)
        return tl::unexpected(fresh.error());
    if (intent.name.isEmpty())
        intent.name = context.reader().nextFreeName(pipeline->name);
    if (!intent.from.isEmpty()) {
        if (const auto source = findEnvironment(context, pipeline->name + u'/' + intent.from); !source)
            return tl::unexpected(source.error());
    }
    return runOperation(context, intent);
}

Result<int> deploy(Context &context, const Invocation &invocation)
{
    const auto code = codeChoice(invocation);
    if (!code)
        return tl::unexpected(code.error());
    if (code->isEmpty()) {
        return fail(Error::Kind::Invalid, u"“deploy” needs to know which code."_s,
                    u"Give --version REF, --change BRANCH or --dir FOLDER."_s);
    }
    const auto card = findEnvironment(context, invocation.arguments.first());
    if (!card)
        return tl::unexpected(card.error());
    return runOperation(
        context,
        DeployIntent{.pipeline = card->environment.pipeline, .environment = card->environment.name, .code = *code});
}

} // namespace

QList<Command> deployCommands()
{
    return {
        {.name = u"clone"_s,
         .usage = u"PIPELINE [--name N] [--from ENV] [--change C | --version REF | --dir DIR] [--data D]\n"
                  "       [--stage S]"_s,
         .least = 1,
         .most = 1,
         .summary = u"A new dev environment from staging, with a change on it."_s,
         .details =
             u"Without a name it is called by the next free one (dev1, dev2 …). Without code it runs what the\n"
             "environment it is cloned from runs. --stage production makes one more place that staging is promoted\n"
             "to; it is cloned from production and runs what that runs."_s,
         .options =
             QList<OptionSpec>{
                 {{u"name"_s}, u"N"_s, u"Name of the new environment."_s},
                 {{u"from"_s}, u"ENV"_s, u"Clone this one instead of staging."_s},
                 {{u"data"_s}, u"D"_s, u"none, seed or copy (default)."_s},
                 {{u"stage"_s}, u"S"_s, u"development (default) or production."_s},
             }
             + codeOptions(),
         .run = clone},
        {.name = u"deploy"_s,
         .usage = u"ENV (--version REF | --change C | --dir DIR)"_s,
         .least = 1,
         .most = 1,
         .summary = u"Build a version and release it in one environment."_s,
         .options = codeOptions(),
         .run = deploy}};
}

} // namespace Slipway::Cli
