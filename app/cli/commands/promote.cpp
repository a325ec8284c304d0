// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/documents/documents.h"
#include "app/cli/lookup.h"
#include "app/cli/operations.h"
#include "app/cli/words.h"
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

/// The stage that --to names: by its word, or by the name of an environment.
Result<Stage> targetStage(const Context &context, const Card &from, const Invocation &invocation)
{
    const auto next = nextStage(from.environment.stage);
    if (!invocation.has(u"to"_s)) {
        if (!next) {
            return fail(Error::Kind::Invalid, u"%1 is in production, there is no stage after it."_s.arg(from.id()),
                        u"Promote a dev environment or staging."_s);
        }
        return *next;
    }
    const QString given = invocation.value(u"to"_s);
    if (const auto stage = stageFromString(given))
        return *stage;
    const auto name = nameWithin(from.environment.pipeline, given);
    if (name) {
        if (const auto card = context.reader().card(from.environment.pipeline + u'/' + *name))
            return card->environment.stage;
    }
    return fail(Error::Kind::Invalid, u"“%1” is not a stage."_s.arg(given), u"--to takes staging or production."_s);
}

/// What the move would be, from the freshest facts there are.
Result<PromoteIntent> planMove(Context &context, const Invocation &invocation)
{
    const auto from = findEnvironment(context, invocation.arguments.first(), Freshness::Now);
    if (!from)
        return tl::unexpected(from.error());
    const auto stage = targetStage(context, *from, invocation);
    if (!stage)
        return tl::unexpected(stage.error());
    if (*stage == from->environment.stage) {
        return fail(Error::Kind::Invalid, u"%1 is in %2 already."_s.arg(from->id(), toString(*stage)),
                    u"Promote it to another stage."_s);
    }
    const auto target = context.reader().environmentAt(from->environment.pipeline, *stage);
    if (nextStage(from->environment.stage) != *stage || !target) {
        const DropAnswer answer = dropAnswer(context.reader(), from->id(), *stage);
        return fail(Error::Kind::Blocked, u"%1 cannot go to %2: %3."_s.arg(from->id(), toString(*stage), answer.text),
                    u"A change goes from a dev environment to staging, and from there to production."_s);
    }
    PromoteIntent move;
    move.pipeline = from->environment.pipeline;
    move.from = from->environment.name;
    move.to = target->name;
    move.shutDownAfter = from->environment.stage == Stage::Development && !invocation.has(u"keep"_s);
    move.reason = invocation.value(u"reason"_s).trimmed();
    return move;
}

QString checkLines(const Preflight &preflight, CheckResult result)
{
    QStringList lines;
    for (const Check &check : preflight.checks) {
        if (check.result == result)
            lines << u"%1 %2: %3"_s.arg(toString(result), check.id, check.text)
                    + (check.detail.isEmpty() ? QString() : u" ("_s + check.detail + u')');
    }
    return lines.join(u'\n');
}

/// Why the move is refused, naming the checks; Blocked.
Error refusal(const Preflight &preflight, const PromoteIntent &move)
{
    const QString what = u"%1 may not go to %2"_s.arg(move.pipeline + u'/' + move.from, move.to);
    const QString warnings = checkLines(preflight, CheckResult::Warn);
    if (preflight.allowed()) {
        return Error(Error::Kind::Blocked, what + u" without a reason: a check warns."_s,
                     u"Say with --reason TEXT why it goes all the same."_s, warnings);
    }
    const QString blocks = checkLines(preflight, CheckResult::Block);
    return Error(Error::Kind::Blocked, what + u": a check blocks."_s, u"Put it right first; nothing was changed."_s,
                 warnings.isEmpty() ? blocks : blocks + u'\n' + warnings);
}

void tellPreflight(Terminal &terminal, const Preflight &preflight)
{
    terminal.say(preflight.title, Tone::Strong);
    QList<QList<Cell>> rows;
    for (const Check &check : preflight.checks) {
        Tone tone = Tone::Dim;
        if (check.result == CheckResult::Block)
            tone = Tone::Bad;
        else if (check.result == CheckResult::Warn)
            tone = Tone::Warning;
        else if (check.result == CheckResult::Pass)
            tone = Tone::Good;
        const QString text = check.detail.isEmpty() ? check.text : check.text + u" · "_s + check.detail;
        rows.append({{toString(check.result), tone}, {check.id}, {text}});
    }
    terminal.table(rows);
    for (const QString &change : preflight.changes)
        terminal.say(u"Goes: "_s + change);
    for (const QString &left : preflight.notIncluded)
        terminal.say(u"Stays: "_s + left);
    if (!preflight.wayBack.isEmpty())
        terminal.say(preflight.wayBack);
}

Result<int> check(Context &context, const Invocation &invocation)
{
    const auto move = planMove(context, invocation);
    if (!move)
        return tl::unexpected(move.error());
    const auto preflight = context.session().preflight(*move);
    if (!preflight)
        return tl::unexpected(preflight.error());
    if (context.json())
        context.document(preflightDocument(*preflight));
    else
        tellPreflight(context.terminal(), *preflight);
    if (!preflight->allowed())
        return context.report(refusal(*preflight, *move));
    return Done;
}

Result<int> promote(Context &context, const Invocation &invocation)
{
    auto move = planMove(context, invocation);
    if (!move)
        return tl::unexpected(move.error());
    const auto preflight = context.session().preflight(*move);
    if (!preflight)
        return tl::unexpected(preflight.error());
    if (!preflight->allowed() || (preflight->needsReason() && move->reason.isEmpty())) {
        context.addToFailure(preflightDocument(*preflight));
        return tl::unexpected(refusal(*preflight, *move));
    }
    move->fingerprint = preflight->fingerprint;
    return runOperation(context, *move);
}

} // namespace

QList<Command> promoteCommands()
{
    const OptionSpec to{{u"to"_s}, u"STAGE"_s, u"staging or production; otherwise one stage on."_s};
    return {{.name = u"check"_s,
             .usage = u"ENV [--to STAGE]"_s,
             .least = 1,
             .most = 1,
             .summary = u"What a promotion would move, and what the checks say."_s,
             .details = u"Exit code 0 when it may go (a warning asks for a reason), 3 when a check blocks."_s,
             .options = {to},
             .run = check},
            {.name = u"promote"_s,
             .usage = u"ENV [--to STAGE] [--reason TEXT] [--keep]"_s,
             .least = 1,
             .most = 1,
             .summary = u"Release the identical artifact in the next stage."_s,
             .details = u"A dev environment is shut down once staging runs its version, unless --keep is given.\n"
                        "A warning needs --reason; a block cannot be passed. Both end with exit code 3."_s,
             .options = {to,
                         {{u"reason"_s}, u"TEXT"_s, u"Why it goes although a check warns."_s},
                         {{u"keep"_s}, {}, u"Leave the dev environment running."_s}},
             .run = promote}};
}

} // namespace Slipway::Cli
