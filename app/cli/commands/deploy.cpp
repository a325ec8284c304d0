// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/ask.h"
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

/// "heroku-postgresql:standard-0=heroku-postgresql:essential-0,papertrail:choklad=none".
Result<QMap<QString, QString>> planChoices(const QString &text)
{
    QMap<QString, QString> plans;
    const QStringList parts = text.split(u',', Qt::SkipEmptyParts);
    for (const QString &part : parts) {
        const QString original = part.section(u'=', 0, 0);
        const QString wanted = part.section(u'=', 1);
        if (original.isEmpty() || wanted.isEmpty()) {
            return fail(Error::Kind::Invalid, u"“%1” does not say which plan to take instead of which."_s.arg(part),
                        u"Write it like heroku-postgresql:standard-0=heroku-postgresql:essential-0, or =none."_s);
        }
        plans.insert(original, wanted == u"none" ? QString() : wanted);
    }
    return plans;
}

QJsonObject offerDocument(const QString &from, const CloneOffer &offer)
{
    QJsonArray addons;
    for (const CloneOffer::Addon &addon : offer.addons)
        addons.append(QJsonObject{{u"plan"_s, addon.plan}, {u"price"_s, addon.price}, {u"shared"_s, addon.shared}});
    return {{u"from"_s, from},
            {u"addons"_s, addons},
            {u"config_left_out"_s, QJsonArray::fromStringList(offer.leftOut)},
            {u"config_rewritten"_s, QJsonArray::fromStringList(offer.rewritten)},
            {u"not_copied"_s, QJsonArray::fromStringList(offer.notCopied)}};
}

void tellOffer(Terminal &terminal, const QString &from, const CloneOffer &offer)
{
    if (offer.addons.isEmpty() && offer.notCopied.isEmpty()) {
        terminal.say(u"A clone of %1 costs nothing and gets all its config."_s.arg(from));
        return;
    }
    for (const CloneOffer::Addon &addon : offer.addons) {
        const QString price = addon.price.isEmpty() ? u"price not known"_s : addon.price;
        terminal.say(addon.shared ? u"Not given to the clone, for it is another one's: %1"_s.arg(addon.plan)
                                  : u"Add-on %1: %2"_s.arg(addon.plan, price));
    }
    for (const QString &key : offer.leftOut)
        terminal.say(u"Config %1 is left out: it leads into %2's data."_s.arg(key, from));
    for (const QString &key : offer.rewritten)
        terminal.say(u"Config %1 gets the clone's own address."_s.arg(key));
    for (const QString &sentence : offer.notCopied)
        terminal.say(u"Not copied: %1"_s.arg(sentence));
}

/// What it would bring along and cost; nothing is made.
Result<int> showOffer(Context &context, const CloneIntent &intent)
{
    QString from = intent.from;
    if (from.isEmpty()) {
        const auto staging = context.reader().environmentAt(intent.pipeline, Stage::Staging);
        from = staging ? staging->name : QString();
    }
    const auto offer =
        askDeploys<CloneOffer>(context, intent.pipeline, [from](DeployProvider &provider, const QString &id) {
            return provider.cloneOffer(id, from);
        });
    if (!offer)
        return tl::unexpected(offer.error());
    if (context.json())
        context.document(offerDocument(from, *offer));
    else
        tellOffer(context.terminal(), from, *offer);
    return Done;
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
    const auto plans = planChoices(invocation.value(u"plans"_s));
    const auto from = nameWithin(pipeline->name, invocation.value(u"from"_s));
    if (!code)
        return tl::unexpected(code.error());
    if (!data)
        return tl::unexpected(data.error());
    if (!stage)
        return tl::unexpected(stage.error());
    if (!from)
        return tl::unexpected(from.error());
    if (!plans)
        return tl::unexpected(plans.error());
    intent.plans = *plans;
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
    if (invocation.has(u"offer"_s))
        return showOffer(context, intent);
    if (intent.name.isEmpty())
        intent.name = context.reader().nextFreeName(pipeline->name);
    if (!intent.from.isEmpty()) {
        if (const auto source = findEnvironment(context, pipeline->name + u'/' + intent.from); !source)
            return tl::unexpected(source.error());
    }
    return runOperation(context, intent);
}

Result<int> review(Context &context, const Invocation &invocation)
{
    const auto pipeline = findPipeline(context, invocation.arguments.first());
    if (!pipeline)
        return tl::unexpected(pipeline.error());
    if (!invocation.has(u"change"_s)) {
        return fail(Error::Kind::Invalid, u"“review” needs to know for which change."_s,
                    u"Give --change BRANCH or --change '#NUMBER'."_s);
    }
    return runOperation(context, ReviewIntent{.pipeline = pipeline->name, .change = invocation.value(u"change"_s)});
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
                  "       [--stage S] [--plans OLD=NEW,...] [--offer]"_s,
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
                 {{u"plans"_s}, u"P"_s, u"Add-ons: other plans than the original's, or none."_s},
                 {{u"offer"_s}, {}, u"Only say what it would bring along and cost."_s},
             }
             + codeOptions(),
         .run = clone},
        {.name = u"review"_s,
         .usage = u"PIPELINE --change C"_s,
         .least = 1,
         .most = 1,
         .summary = u"A review app of a change (Heroku)."_s,
         .options = {{{u"change"_s}, u"C"_s, u"A branch, or #NUMBER of a pull request."_s}},
         .run = review},
        {.name = u"deploy"_s,
         .usage = u"ENV (--version REF | --change C | --dir DIR)"_s,
         .least = 1,
         .most = 1,
         .summary = u"Build a version and release it in one environment."_s,
         .options = codeOptions(),
         .run = deploy}};
}

} // namespace Slipway::Cli
