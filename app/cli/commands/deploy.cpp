// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/lookup.h"
#include "app/cli/operations.h"

using namespace Qt::StringLiterals;

namespace Slipway::Cli {

namespace {

Result<DataChoice> dataChoice(const Invocation &invocation)
{
    if (!invocation.has(u"data"_s))
        return DataChoice::Copy;
    const QString given = invocation.value(u"data"_s);
    for (const DataChoice choice : {DataChoice::None, DataChoice::Seed, DataChoice::Copy}) {
        if (toString(choice) == given)
            return choice;
    }
    return fail(Error::Kind::Invalid, u"“%1” is not a choice of data."_s.arg(given),
                u"--data takes none, seed or copy."_s);
}

Result<int> clone(Context &context, const Invocation &invocation)
{
    CloneIntent intent;
    const auto pipeline = findPipeline(context, invocation.arguments.first());
    if (!pipeline)
        return tl::unexpected(pipeline.error());
    intent.pipeline = pipeline->name;
    const auto code = codeChoice(invocation);
    const auto data = dataChoice(invocation);
    const auto from = nameWithin(pipeline->name, invocation.value(u"from"_s));
    if (!code)
        return tl::unexpected(code.error());
    if (!data)
        return tl::unexpected(data.error());
    if (!from)
        return tl::unexpected(from.error());
    intent.code = *code;
    intent.data = *data;
    intent.from = *from;
    if (invocation.has(u"name"_s)) {
        intent.name = invocation.value(u"name"_s);
        if (const QString problem = nameProblem(intent.name); !problem.isEmpty())
            return fail(Error::Kind::Invalid, u"An environment cannot be called “%1”."_s.arg(intent.name), problem);
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
    return {{.name = u"clone"_s,
             .usage = u"PIPELINE [--name N] [--from ENV] [--change C | --version REF | --dir DIR] [--data D]"_s,
             .least = 1,
             .most = 1,
             .summary = u"A new dev environment from staging, with a change on it."_s,
             .details =
                 u"Without a name it is called by the next free one (dev1, dev2 …). Without code it runs what the\n"
                 "environment it is cloned from runs."_s,
             .options =
                 QList<OptionSpec>{
                     {{u"name"_s}, u"N"_s, u"Name of the new environment."_s},
                     {{u"from"_s}, u"ENV"_s, u"Clone this one instead of staging."_s},
                     {{u"data"_s}, u"D"_s, u"none, seed or copy (default)."_s},
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
