// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/operations.h"

#include "app/cli/documents/documents.h"
#include "app/cli/words.h"

using namespace Qt::StringLiterals;

namespace Slipway::Cli {

namespace {

/// Tells each step once, when it starts.
class StepTeller
{
public:
    explicit StepTeller(Terminal &terminal)
        : m_terminal(terminal)
    { }

    void tell(const Operation &operation)
    {
        if (operation.state == OperationState::Waiting && operation.waitingFor != m_waitingFor) {
            m_waitingFor = operation.waitingFor;
            m_terminal.warn(m_waitingFor);
        }
        for (qsizetype i = m_next; i < operation.steps.size(); ++i) {
            const OperationStep &step = operation.steps.at(i);
            if (step.state == StepState::Pending)
                break;
            if (step.state != StepState::Skipped)
                m_terminal.warn(u"[%1/%2] %3"_s.arg(i + 1).arg(operation.steps.size()).arg(step.name));
            m_next = i + 1;
        }
    }

private:
    Terminal &m_terminal;
    QString m_waitingFor;
    qsizetype m_next = 0; ///< first step that was not told yet
};

Error stillJournaled(const Error &reason, const Operation &operation)
{
    const QString message =
        u"%1 “%2” stopped at step %3 of %4 and is in the journal."_s.arg(reason.message(), operation.title)
            .arg(std::min<qsizetype>(operation.step + 1, std::max<qsizetype>(operation.steps.size(), 1)))
            .arg(operation.steps.size());
    return Error(
        reason.kind(), message,
        u"`slipwayctl operations resume %1` carries it on, `slipwayctl operations abandon %1` gives it up."_s.arg(
            operation.id));
}

/// Why an operation that has ended is not live, with what can be done about it.
Error whyNotLive(const Operation &operation)
{
    if (operation.state == OperationState::Cancelled)
        return Error(Error::Kind::Cancelled, u"“%1” was cancelled before anything changed."_s.arg(operation.title));
    const Error error = operation.error.value_or(Error(Error::Kind::Failed, u"“%1” failed."_s.arg(operation.title)));
    QString remedy = error.remedy();
    if (!remedy.isEmpty())
        remedy += u' ';
    remedy += error.kind() == Error::Kind::SecondFactor
        ? u"`slipwayctl operations resume %1 --code CODE` goes on with it"_s.arg(operation.id)
        : u"Then `slipwayctl operations resume %1` tries again from there"_s.arg(operation.id);
    remedy += operation.undoable ? u"; `slipwayctl operations undo %1` takes back what was done."_s.arg(operation.id)
                                 : u"."_s;
    return Error(error.kind(), error.message(), remedy, error.detail());
}

/// What is true of one environment now, in a line for people.
QString outcomeOf(const BoardReader &reader, const QString &name)
{
    const auto card = reader.card(name);
    if (!card)
        return u"%1 is gone."_s.arg(name);
    const Environment &environment = card->environment;
    if (environment.state != EnvironmentState::Running || !environment.release)
        return u"%1 is %2."_s.arg(name, toString(environment.state));
    return u"%1 runs %2 of %3: %4"_s.arg(name, u'v' + QString::number(environment.release->number),
                                         changeText(*environment.release),
                                         environment.address.toString(QUrl::FullyEncoded));
}

QStringList outcome(const BoardReader &reader, const Operation &operation)
{
    if (operation.kind == u"setup")
        return {u"%1 is set up. `slipwayctl status %1` shows its environments."_s.arg(operation.pipeline)};
    if (operation.targets.isEmpty() && !reader.card(operation.environmentId()))
        return {operation.title + u": done."_s};
    QStringList lines;
    for (const QString &name : operation.targets)
        lines << outcomeOf(reader, operation.pipeline + u'/' + name);
    return lines.isEmpty() ? QStringList{outcomeOf(reader, operation.environmentId())} : lines;
}

/// Each environment that changes, with what it runs now: where several do, the first failure stops the rest.
QJsonArray outcomeDocuments(const BoardReader &reader, const Operation &operation)
{
    const QStringList names = operation.targets.isEmpty() ? QStringList{operation.environment} : operation.targets;
    const auto source = reader.card(operation.pipeline + u'/' + operation.from);
    QJsonArray array;
    for (const QString &name : names) {
        const auto card = reader.card(operation.pipeline + u'/' + name);
        if (!card)
            continue;
        const Release release = card->environment.release.value_or(Release());
        QJsonObject document{
            {u"environment"_s, name},
            {u"state"_s, toString(card->environment.state)},
            {u"release"_s, card->environment.release ? QJsonValue(releaseName(release.number)) : QJsonValue()},
            {u"artifact"_s, orNull(release.artifact)},
            {u"address"_s, orNull(card->environment.address)}};
        if (source && operation.kind == u"promote")
            document.insert(u"identical"_s, !card->version().isEmpty() && card->version() == source->version());
        array.append(document);
    }
    return array;
}

QJsonObject endDocument(const BoardReader &reader, const Operation &operation)
{
    QJsonObject document = operationDocument(operation);
    document.insert(u"outcomes"_s, outcomeDocuments(reader, operation));
    return document;
}

} // namespace

Result<int> followOperation(Context &context, const QString &id)
{
    const SlipwayStore &store = context.reader().store();
    StepTeller teller(context.terminal());
    std::optional<Operation> operation;
    bool said = false; // that it ended: the team was told by then, or could not be
    const auto listening = QObject::connect(&context.session(), &Session::operationEnded,
                                            [&said, &id](const QString &one) { said = said || one == id; });
    const auto ended = [&] {
        operation = store.operation(id);
        if (operation)
            teller.tell(*operation);
        if (operation && operation->isActive())
            return false;
        return !operation || said || store.teamNotes(operation->pipeline).isEmpty();
    };
    const auto waited = context.waitUntil(ended);
    QObject::disconnect(listening);
    if (!waited) {
        if (!operation)
            return tl::unexpected(waited.error());
        context.addToFailure({{u"operation"_s, operationDocument(*operation)}});
        return tl::unexpected(stillJournaled(waited.error(), *operation));
    }
    if (!operation)
        return fail(Error::Kind::NotFound, u"The operation %1 has left the journal."_s.arg(id));
    if (context.json())
        context.document(endDocument(context.reader(), *operation));
    if (operation->state != OperationState::Live) {
        const int code = context.report(whyNotLive(*operation));
        return code == Usage ? Failed : code; // the input was well-formed: it is the operation that failed
    }
    if (context.json())
        return Done;
    for (const QString &line : outcome(context.reader(), *operation))
        context.terminal().say(line);
    return Done;
}

Result<int> runOperation(Context &context, const Intent &intent)
{
    const auto id =
        context.wait<QString>([&](auto done) { context.session().startOperation(intent, std::move(done)); });
    if (!id)
        return tl::unexpected(id.error());
    return followOperation(context, *id);
}

} // namespace Slipway::Cli
