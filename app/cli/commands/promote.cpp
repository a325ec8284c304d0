// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/guarded.h"
#include "app/cli/lookup.h"
#include "models/board/moverules.h"

using namespace Qt::StringLiterals;

namespace Slipway::Cli {

namespace {

/// The stage after this one; from production there is none.
std::optional<Stage> nextStage(Stage stage)
{
    switch (stage) {
    case Stage::Development:
        return Stage::Staging;
    case Stage::Staging:
        return Stage::Production;
    case Stage::Production:
        break;
    }
    return std::nullopt;
}

/// What --to names: a stage with all its environments, or one environment.
struct Destination
{
    Stage stage = Stage::Staging;
    QStringList names; ///< in the order they are released in
};

Result<Destination> destination(const Context &context, const Card &from, const Invocation &invocation)
{
    const BoardReader &reader = context.reader();
    const QString &pipeline = from.environment.pipeline;
    const auto allOf = [&](Stage stage) {
        return Destination{stage, reader.cache().environmentNames(pipeline, stage)};
    };
    if (!invocation.has(u"to"_s)) {
        const auto next = nextStage(from.environment.stage);
        if (!next) {
            return fail(Error::Kind::Invalid, u"%1 is in production, there is no stage after it."_s.arg(from.id()),
                        u"Promote a dev environment or staging."_s);
        }
        return allOf(*next);
    }
    const QString given = invocation.value(u"to"_s);
    // "production" is the stage; its environment of that name alone is written with its pipeline.
    if (const auto stage = stageFromString(given))
        return allOf(*stage);
    if (const auto name = nameWithin(pipeline, given)) {
        if (const auto card = reader.card(pipeline + u'/' + *name))
            return Destination{card->environment.stage, {*name}};
    }
    return fail(Error::Kind::Invalid, u"“%1” is neither a stage nor an environment."_s.arg(given),
                u"--to takes staging, production, or the name of one environment there."_s);
}

/// What the move would be, from the freshest facts there are.
Result<PromoteIntent> planMove(Context &context, const Invocation &invocation)
{
    const auto from = findEnvironment(context, invocation.arguments.first(), Freshness::Now);
    if (!from)
        return tl::unexpected(from.error());
    const auto to = destination(context, *from, invocation);
    if (!to)
        return tl::unexpected(to.error());
    const Stage stage = from->environment.stage;
    if (to->stage == stage) {
        return fail(Error::Kind::Invalid, u"%1 is in %2 already."_s.arg(from->id(), toString(stage)),
                    u"Promote it to another stage."_s);
    }
    if (nextStage(stage) != to->stage || to->names.isEmpty()) {
        const DropAnswer answer = dropAnswer(context.reader(), from->id(), to->stage);
        const QString why = answer.legal ? u"it goes back by send-back or reset"_s : answer.text;
        return fail(Error::Kind::Blocked, u"%1 cannot go to %2: %3."_s.arg(from->id(), toString(to->stage), why),
                    u"A change goes from a dev environment to staging, and from there to production."_s);
    }
    PromoteIntent move;
    move.pipeline = from->environment.pipeline;
    move.from = from->environment.name;
    move.to = to->names.first();
    if (to->stage == Stage::Production)
        move.alsoTo = to->names.mid(1);
    move.shutDownAfter = stage == Stage::Development && !invocation.has(u"keep"_s);
    move.reason = invocation.value(u"reason"_s).trimmed();
    move.artifactOnly = invocation.has(u"artifact"_s);
    move.deleteBranch = invocation.has(u"delete-branch"_s);
    return move;
}

Result<int> check(Context &context, const Invocation &invocation)
{
    const auto move = planMove(context, invocation);
    if (!move)
        return tl::unexpected(move.error());
    return showPreflight(context, *move);
}

Result<int> promote(Context &context, const Invocation &invocation)
{
    const auto move = planMove(context, invocation);
    if (!move)
        return tl::unexpected(move.error());
    return runGuarded(context, *move);
}

} // namespace

QList<Command> promoteCommands()
{
    const OptionSpec to{{u"to"_s}, u"TO"_s, u"staging, production or one environment there; otherwise one stage on."_s};
    return {{.name = u"check"_s,
             .usage = u"ENV [--to TO]"_s,
             .least = 1,
             .most = 1,
             .summary = u"What a promotion would move, and what the checks say."_s,
             .details = u"Exit code 0 when it may go (a warning asks for a reason), 3 when a check blocks."_s,
             .options = {to},
             .run = check},
            {.name = u"promote"_s,
             .usage = u"ENV [--to TO] [--reason TEXT] [--keep] [--artifact]"_s,
             .least = 1,
             .most = 1,
             .summary = u"Release the identical artifact in the next stage."_s,
             .details =
                 u"Several production environments get it one after the other; the first failure stops the rest.\n"
                 "A pull request is merged first, and the merge is built on staging (policy key merge).\n"
                 "A dev environment is shut down once staging runs its version, unless --keep is given.\n"
                 "A warning needs --reason; a block cannot be passed. Both end with exit code 3."_s,
             .options = {to,
                         {{u"reason"_s}, u"TEXT"_s, u"Why it goes although a check warns."_s},
                         {{u"keep"_s}, {}, u"Leave the dev environment running."_s},
                         {{u"artifact"_s}, {}, u"Release its artifact; do not merge its pull request."_s},
                         {{u"delete-branch"_s}, {}, u"Delete the branch of the merged pull request."_s}},
             .run = promote}};
}

} // namespace Slipway::Cli
