// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/documents/documents.h"
#include "app/cli/freshstatus.h"
#include "app/cli/lookup.h"

using namespace Qt::StringLiterals;

namespace Slipway::Cli {

namespace {

QString sourceWord(PolicySource source)
{
    switch (source) {
    case PolicySource::Team:
        return u"slipway.json"_s;
    case PolicySource::Desktop:
        return u"set here"_s;
    case PolicySource::Default:
        break;
    }
    return u"default"_s;
}

void tellPolicy(Terminal &terminal, const Policy &policy)
{
    QList<QList<Cell>> rows;
    for (const PolicyKey &key : Policy::keys()) {
        const PolicySource source = policy.source(key.name);
        rows.append({{key.name},
                     {Policy::shown(key.name, policy.value(key.name)), Tone::Strong},
                     {sourceWord(source), source == PolicySource::Default ? Tone::Dim : Tone::Good},
                     {key.meaning, Tone::Dim}});
    }
    terminal.table(rows);
}

/// The settings that the arguments after `set` and `unset` name; Invalid names the first that is none.
Result<PolicyIntent> readIntent(const QString &pipeline, const QStringList &arguments)
{
    PolicyIntent intent;
    intent.pipeline = pipeline;
    const QString verb = arguments.value(0);
    if ((verb != u"set" && verb != u"unset") || arguments.size() < 2) {
        return fail(Error::Kind::Invalid, u"“%1” does not say what to change."_s.arg(arguments.join(u' ')),
                    u"Write set KEY=VALUE… or unset KEY…; without either the settings are shown."_s);
    }
    for (const QString &argument : arguments.mid(1)) {
        const QString key = argument.section(u'=', 0, 0);
        if (verb == u"set" && !argument.contains(u'=')) {
            return fail(Error::Kind::Invalid, u"“%1” sets nothing."_s.arg(argument),
                        u"Write KEY=VALUE, such as checks.verdict=warn."_s);
        }
        if (verb == u"unset") {
            if (!Policy::key(key))
                return tl::unexpected(Policy::parse(key, {}).error());
            intent.unset.append(key);
            continue;
        }
        const auto value = Policy::parse(key, argument.section(u'=', 1));
        if (!value)
            return tl::unexpected(value.error());
        intent.set.insert(key, *value);
    }
    return intent;
}

Result<int> policy(Context &context, const Invocation &invocation)
{
    const auto pipeline = findPipeline(context, invocation.arguments.first());
    if (!pipeline)
        return tl::unexpected(pipeline.error());
    if (const auto fresh = refreshForStatus(context, *pipeline, false); !fresh && context.wasInterrupted())
        return tl::unexpected(fresh.error());
    QStringList words = invocation.arguments.mid(1);
    if (invocation.has(u"limit"_s) && !words.isEmpty())
        return fail(Error::Kind::Invalid, u"--limit stands alone."_s, u"Write limit=N among the others after set."_s);
    if (invocation.has(u"limit"_s))
        words = QStringList{u"set"_s, u"limit="_s + invocation.value(u"limit"_s)};
    if (!words.isEmpty()) {
        const auto intent = readIntent(pipeline->name, words);
        if (!intent)
            return tl::unexpected(intent.error());
        const auto set = context.wait<void>([&](auto done) { context.session().decide(*intent, std::move(done)); });
        if (!set)
            return tl::unexpected(set.error());
    }
    const Policy inForce = context.reader().policy(pipeline->name);
    if (context.json())
        context.document(
            {{u"pipeline"_s, pipeline->name},
             {u"policy"_s, policyDocument(inForce)},
             {u"problem"_s, inForce.problem() ? QJsonValue(errorDocument(*inForce.problem())) : QJsonValue()}});
    else
        tellPolicy(context.terminal(), inForce);
    if (inForce.problem())
        context.terminal().warn(u"slipwayctl: "_s + inForce.problem()->text());
    return Done;
}

} // namespace

QList<Command> policyCommands()
{
    return {{.name = u"pipeline policy"_s,
             .usage = u"NAME [set KEY=VALUE… | unset KEY…]"_s,
             .least = 1,
             .most = -1,
             .summary = u"Show or change checks, staging's limit, queue and rules."_s,
             .details =
                 u"Settings come from slipway.json at the head of the main branch; what is set here wins on this "
                 "desktop\nuntil it is unset. A check takes block, warn or off; a rule takes on or off."_s,
             .options = {{{u"limit"_s}, u"N"_s, u"The same as set limit=N."_s}},
             .run = policy}};
}

} // namespace Slipway::Cli
