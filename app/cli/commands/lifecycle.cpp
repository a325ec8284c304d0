// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/confirm.h"
#include "app/cli/documents/documents.h"
#include "app/cli/lookup.h"
#include "app/cli/operations.h"
#include "app/cli/words.h"

using namespace Qt::StringLiterals;

namespace Slipway::Cli {

namespace {

Result<int> act(Context &context, const Invocation &invocation, LifecycleAction action)
{
    const auto card = findEnvironment(context, invocation.arguments.first());
    if (!card)
        return tl::unexpected(card.error());
    return runOperation(context,
                        LifecycleIntent{.pipeline = card->environment.pipeline,
                                        .environment = card->environment.name,
                                        .action = action,
                                        .maintenance = invocation.has(u"maintenance"_s)});
}

Result<int> suspend(Context &context, const Invocation &invocation)
{
    return act(context, invocation, LifecycleAction::Suspend);
}

Result<int> resume(Context &context, const Invocation &invocation)
{
    return act(context, invocation, LifecycleAction::Resume);
}

Result<int> restart(Context &context, const Invocation &invocation)
{
    return act(context, invocation, LifecycleAction::Restart);
}

Result<int> destroy(Context &context, const Invocation &invocation)
{
    const auto card = findEnvironment(context, invocation.arguments.first());
    if (!card)
        return tl::unexpected(card.error());
    if (card->environment.stage == Stage::Production && !invocation.has(u"yes"_s)) {
        const auto sure = confirmByName(context, card->environment.name,
                                        u"%1 is in production. It goes with its data and logs."_s.arg(card->id()));
        if (!sure)
            return tl::unexpected(sure.error());
    }
    return act(context, invocation, LifecycleAction::ShutDown);
}

/// "web=2 worker=0".
Result<QMap<QString, int>> quantities(const QStringList &words)
{
    QMap<QString, int> all;
    for (const QString &word : words) {
        bool ok = false;
        const QString type = word.section(u'=', 0, 0);
        const int count = word.section(u'=', 1).toInt(&ok);
        if (!ok || type.isEmpty()) {
            return fail(Error::Kind::Invalid, u"“%1” does not say how many of which process."_s.arg(word),
                        u"Write it like web=2."_s);
        }
        all.insert(type, count);
    }
    return all;
}

Result<int> scale(Context &context, const Invocation &invocation)
{
    const auto wanted = quantities(invocation.arguments.mid(1));
    if (!wanted)
        return tl::unexpected(wanted.error());
    const auto card = findEnvironment(context, invocation.arguments.first());
    if (!card)
        return tl::unexpected(card.error());
    return runOperation(context,
                        ScaleIntent{.pipeline = card->environment.pipeline,
                                    .environment = card->environment.name,
                                    .quantities = *wanted});
}

Result<int> keep(Context &context, const Invocation &invocation)
{
    const auto card = findEnvironment(context, invocation.arguments.first());
    if (!card)
        return tl::unexpected(card.error());
    const KeepIntent intent{card->environment.pipeline, card->environment.name};
    const auto kept = context.wait<void>([&](auto done) { context.session().decide(intent, std::move(done)); });
    if (!kept)
        return tl::unexpected(kept.error());
    const Lifetime lifetime = context.reader().store().lifetime(card->id()).value_or(Lifetime());
    if (context.json()) {
        context.document({{u"environment"_s, card->id()},
                          {u"ends_at"_s, orNull(lifetime.ends)},
                          {u"kept_by"_s, orNull(lifetime.keptBy)}});
    } else {
        context.terminal().say(u"%1 lives until %2."_s.arg(card->id(), timeText(lifetime.ends)));
    }
    return Done;
}

Command simple(const QString &name, const QString &summary, CommandFunction run)
{
    return {.name = name, .usage = u"ENV"_s, .least = 1, .most = 1, .summary = summary, .run = run};
}

} // namespace

QList<Command> lifecycleCommands()
{
    return {{.name = u"suspend"_s,
             .usage = u"ENV [--maintenance]"_s,
             .least = 1,
             .most = 1,
             .summary = u"Stop an environment's processes; data and address stay."_s,
             .options = {{{u"maintenance"_s}, {}, u"Show a page that says so meanwhile (Heroku)."_s}},
             .run = suspend},
            simple(u"resume"_s, u"Start a suspended environment again."_s, resume),
            simple(u"restart"_s, u"Stop and start an environment's processes."_s, restart),
            {.name = u"scale"_s,
             .usage = u"ENV TYPE=N..."_s,
             .least = 2,
             .most = 20,
             .summary = u"Run so many processes of a type (Heroku)."_s,
             .run = scale},
            simple(u"keep"_s, u"Give a dev environment as much time again from now."_s, keep),
            {.name = u"destroy"_s,
             .usage = u"ENV [--yes]"_s,
             .least = 1,
             .most = 1,
             .summary = u"Shut an environment down; its data and logs go too."_s,
             .details = u"For production its name must be typed, or --yes given."_s,
             .options = {{{u"yes"_s}, {}, u"Do not ask for the name."_s}},
             .run = destroy}};
}

} // namespace Slipway::Cli
