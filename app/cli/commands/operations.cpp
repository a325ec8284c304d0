// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/operations.h"

#include "app/cli/commands.h"
#include "app/cli/documents/documents.h"
#include "app/cli/guarded.h"
#include "app/cli/lookup.h"
#include "app/cli/words.h"

using namespace Qt::StringLiterals;

namespace Slipway::Cli {

namespace {

/// By its id or the beginning of it.
Result<Operation> findOperation(const Context &context, const QString &id)
{
    if (const auto exact = context.reader().store().operation(id))
        return *exact;
    QList<Operation> matches;
    for (const Operation &operation : context.reader().store().operations()) {
        if (!id.isEmpty() && operation.id.startsWith(id))
            matches << operation;
    }
    if (matches.size() == 1)
        return matches.first();
    return fail(Error::Kind::NotFound,
                matches.isEmpty() ? u"There is no operation “%1”."_s.arg(id)
                                  : u"“%1” is the beginning of %2 operations."_s.arg(id).arg(matches.size()),
                u"`slipwayctl operations` lists them."_s);
}

Tone toneOf(OperationState state)
{
    switch (state) {
    case OperationState::Live:
        return Tone::Good;
    case OperationState::Failed:
        return Tone::Bad;
    case OperationState::Cancelled:
        return Tone::Dim;
    default:
        return Tone::Busy;
    }
}

Result<int> listOperations(Context &context, const Invocation &invocation)
{
    const auto limit = invocation.number(u"lines"_s, 1, 1000, 20);
    if (!limit)
        return tl::unexpected(limit.error());
    const QString pipeline = invocation.arguments.value(0);
    if (!pipeline.isEmpty()) {
        if (const auto known = findPipeline(context, pipeline); !known)
            return tl::unexpected(known.error());
    }
    const SlipwayStore &store = context.reader().store();
    const QList<Operation> operations = store.operations(pipeline, *limit);
    if (context.json()) {
        QJsonArray array;
        for (const Operation &operation : operations) {
            QJsonObject document = operationDocument(operation);
            document.insert(u"interrupted"_s, operation.isActive() && !store.isHeld(operation.id));
            array.append(document);
        }
        context.document({{u"operations"_s, array}});
        return Done;
    }
    if (operations.isEmpty())
        context.terminal().say(u"No operation is in the journal."_s);
    QList<QList<Cell>> rows;
    for (const Operation &operation : operations) {
        const bool interrupted = operation.isActive() && !store.isHeld(operation.id);
        rows.append({{operation.id.left(8), Tone::Strong},
                     {interrupted ? u"interrupted"_s : toString(operation.state),
                      interrupted ? Tone::Warning : toneOf(operation.state)},
                     {age(operation.requestedAt), Tone::Dim},
                     {operation.by},
                     {operation.title}});
    }
    context.terminal().table(rows);
    return Done;
}

/// For a service that asked for a second factor. The code lives in memory until it is used.
Result<void> giveCode(Context &context, const QString &pipeline, const QString &code)
{
    const std::function<Task<void>(Provider &, Pipeline)> give = [code](Provider &provider, const Pipeline &) {
        provider.setSecondFactor(code);
        return ended<void>(Result<void>());
    };
    return context.wait<void>(
        [&](auto done) { context.session().withPipeline<void>(pipeline, give, std::move(done)); });
}

Result<int> resumeOperation(Context &context, const Invocation &invocation)
{
    const auto operation = findOperation(context, invocation.arguments.first());
    if (!operation)
        return tl::unexpected(operation.error());
    if (invocation.has(u"code"_s)) {
        const auto given = giveCode(context, operation->pipeline, invocation.value(u"code"_s));
        if (!given)
            return tl::unexpected(given.error());
    }
    const auto carried =
        context.wait<void>([&](auto done) { context.session().retry(operation->id, std::move(done)); });
    if (!carried)
        return tl::unexpected(carried.error());
    return followOperation(context, operation->id);
}

/// Says what became of it: these two do not make it live, so its state is no measure.
Result<int> tellAgain(Context &context, const QString &id, const QString &sentence)
{
    const auto operation = context.reader().store().operation(id);
    if (context.json() && operation)
        context.document(operationDocument(*operation));
    else
        context.terminal().say(sentence);
    return Done;
}

Result<int> abandon(Context &context, const Invocation &invocation)
{
    const auto operation = findOperation(context, invocation.arguments.first());
    if (!operation)
        return tl::unexpected(operation.error());
    const auto done =
        context.wait<void>([&](auto answer) { context.session().dismiss(operation->id, std::move(answer)); });
    if (!done)
        return tl::unexpected(done.error());
    return tellAgain(context, operation->id, u"Gave up “%1”. What it had changed stays."_s.arg(operation->title));
}

void tellSteps(Terminal &terminal, const Operation &operation)
{
    QList<QList<Cell>> rows;
    for (const OperationStep &step : operation.steps) {
        const Tone tone = step.state == StepState::Failed ? Tone::Bad
            : step.state == StepState::Done               ? Tone::Good
                                                          : Tone::Dim;
        const bool timed = step.startedAt.isValid() && step.endedAt.isValid();
        rows.append(
            {{u"  "_s + toString(step.state), tone},
             {timed ? spanText(std::max<qint64>(step.startedAt.msecsTo(step.endedAt), 0)) : QString(), Tone::Dim},
             {step.text.isEmpty() ? step.name : step.name + u" · "_s + step.text}});
    }
    terminal.table(rows);
}

void tellOperation(Context &context, const Operation &operation)
{
    Terminal &terminal = context.terminal();
    const bool interrupted = operation.isActive() && !context.reader().store().isHeld(operation.id);
    terminal.say(operation.title, Tone::Strong);
    terminal.say(u"%1, asked for by %2 at %3"_s.arg(interrupted ? u"interrupted"_s : toString(operation.state),
                                                    operation.by, timeText(operation.requestedAt)),
                 interrupted ? Tone::Warning : toneOf(operation.state));
    tellSteps(terminal, operation);
    if (!operation.targets.isEmpty())
        terminal.say(u"Changes: "_s + operation.targets.join(u", "_s));
    if (!operation.reason.isEmpty())
        terminal.say(u"Reason: "_s + operation.reason);
    for (const QString &warning : operation.overridden)
        terminal.say(u"In spite of: "_s + warning);
    if (operation.error)
        terminal.say(operation.error->text(), Tone::Bad);
    if (interrupted || operation.state == OperationState::Failed)
        terminal.say(u"Go on: `slipwayctl operations resume %1`"_s.arg(operation.id));
    if (operation.undoable)
        terminal.say(u"Way back: `slipwayctl operations undo %1` takes back what was done"_s.arg(operation.id));
    else if (!operation.wayBackText.isEmpty())
        terminal.say(u"Way back: %1, by `slipwayctl operations undo %2`"_s.arg(operation.wayBackText, operation.id));
    else if (operation.state == OperationState::Live)
        terminal.say(u"Way back: none that is exact"_s);
}

Result<int> showOperation(Context &context, const Invocation &invocation)
{
    const auto operation = findOperation(context, invocation.arguments.first());
    if (!operation)
        return tl::unexpected(operation.error());
    if (context.json())
        context.document(operationDocument(*operation));
    else
        tellOperation(context, *operation);
    return Done;
}

/// What takes back an operation that ended well is a move of its own, with its own checks.
Result<int> goBack(Context &context, const Operation &operation, const QString &reason)
{
    QJsonObject back = operation.wayBack;
    if (!reason.isEmpty())
        back.insert(u"reason"_s, reason);
    const auto intent = intentFromJson(back);
    if (!intent) {
        return fail(Error::Kind::Unsupported, u"“%1” was written by another Slipway."_s.arg(operation.title),
                    u"Take it back with the Slipway that did it."_s);
    }
    if (const auto fresh = context.refresh(operation.pipeline); !fresh)
        return tl::unexpected(fresh.error());
    return runGuarded(context, *intent);
}

Result<int> undo(Context &context, const Invocation &invocation)
{
    const auto operation = findOperation(context, invocation.arguments.first());
    if (!operation)
        return tl::unexpected(operation.error());
    if (!operation->undoable && !operation->wayBack.isEmpty())
        return goBack(context, *operation, invocation.value(u"reason"_s).trimmed());
    // The journal shows a failed operation before and (should this fail) after: only its end tells that it is over.
    bool ended = false;
    const QString id = operation->id;
    const QObject scope;
    QObject::connect(&context.session(), &Session::operationEnded, &scope,
                     [&ended, id](const QString &which) { ended = ended || which == id; });
    const auto done = context.wait<void>([&](auto answer) { context.session().undo(id, std::move(answer)); });
    if (!done)
        return tl::unexpected(done.error());
    if (const auto waited = context.waitUntil([&ended] { return ended; }); !waited)
        return tl::unexpected(waited.error());
    const auto after = context.reader().store().operation(id);
    if (after && after->state == OperationState::Failed && after->error)
        return tl::unexpected(*after->error);
    return tellAgain(context, id, u"Took back “%1”."_s.arg(operation->title));
}

} // namespace

QList<Command> operationCommands()
{
    const auto one = [](const QString &name, const QString &summary, CommandFunction run) {
        return Command{.name = name, .usage = u"ID"_s, .least = 1, .most = 1, .summary = summary, .run = run};
    };
    return {
        {.name = u"operations"_s,
         .usage = u"[PIPELINE] [-n N]"_s,
         .most = 1,
         .summary = u"What runs, failed, was interrupted or was done last."_s,
         .options = {{{u"n"_s, u"lines"_s}, u"N"_s, u"At most N of them (20)."_s}},
         .run = listOperations},
        {.name = u"operations resume"_s,
         .usage = u"ID [--code CODE]"_s,
         .least = 1,
         .most = 1,
         .summary = u"Carry a failed or interrupted operation on."_s,
         .options = {{{u"code"_s}, u"CODE"_s, u"Of the second factor, where the service asked for it."_s}},
         .run = resumeOperation},
        one(u"operations abandon"_s, u"Give an operation up; what it has changed stays."_s, abandon),
        one(u"operations show"_s, u"Steps, reason and way back of one operation."_s, showOperation),
        {.name = u"operations undo"_s,
         .usage = u"ID [--reason TEXT]"_s,
         .least = 1,
         .most = 1,
         .summary = u"Take back what an operation did, where that can be."_s,
         .details =
             u"A failed one is taken back step by step. One that ended well has a way back, which `operations show`\n"
             "names: a move of its own, with its own checks."_s,
         .options = {{{u"reason"_s}, u"TEXT"_s, u"Why, where a check warns."_s}},
         .run = undo}};
}

} // namespace Slipway::Cli
