// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/operations.h"

#include "app/cli/commands.h"
#include "app/cli/documents/documents.h"
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

Result<int> list(Context &context, const Invocation &invocation)
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

Result<int> resumeOperation(Context &context, const Invocation &invocation)
{
    const auto operation = findOperation(context, invocation.arguments.first());
    if (!operation)
        return tl::unexpected(operation.error());
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

Result<int> undo(Context &context, const Invocation &invocation)
{
    const auto operation = findOperation(context, invocation.arguments.first());
    if (!operation)
        return tl::unexpected(operation.error());
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
    return {{.name = u"operations"_s,
             .usage = u"[PIPELINE] [-n N]"_s,
             .most = 1,
             .summary = u"What runs, failed, was interrupted or was done last."_s,
             .options = {{{u"n"_s, u"lines"_s}, u"N"_s, u"At most N of them (20)."_s}},
             .run = list},
            one(u"operations resume"_s, u"Carry a failed or interrupted operation on."_s, resumeOperation),
            one(u"operations abandon"_s, u"Give an operation up; what it has changed stays."_s, abandon),
            one(u"operations undo"_s, u"Take back what a failed operation did, where that can be."_s, undo)};
}

} // namespace Slipway::Cli
