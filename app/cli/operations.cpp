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
    remedy += u"Then `slipwayctl operations resume %1` tries again from there"_s.arg(operation.id);
    remedy += operation.undoable ? u"; `slipwayctl operations undo %1` takes back what was done."_s.arg(operation.id)
                                 : u"."_s;
    return Error(error.kind(), error.message(), remedy, error.detail());
}

/// One line for people: what is true now.
QString outcome(const BoardReader &reader, const Operation &operation)
{
    const auto card = reader.card(operation.environmentId());
    const QString name = operation.environmentId();
    if (operation.kind == u"setup")
        return u"%1 is set up. `slipwayctl status %1` shows its environments."_s.arg(operation.pipeline);
    if (!card)
        return operation.title + u": done."_s;
    const Environment &environment = card->environment;
    if (environment.state != EnvironmentState::Running || !environment.release)
        return u"%1 is %2."_s.arg(name, toString(environment.state));
    return u"%1 runs %2 of %3: %4"_s.arg(name, u'v' + QString::number(environment.release->number),
                                         changeText(*environment.release),
                                         environment.address.toString(QUrl::FullyEncoded));
}

} // namespace

Result<int> followOperation(Context &context, const QString &id)
{
    const SlipwayStore &store = context.reader().store();
    StepTeller teller(context.terminal());
    std::optional<Operation> operation;
    const auto ended = [&] {
        operation = store.operation(id);
        if (operation)
            teller.tell(*operation);
        return !operation || !operation->isActive();
    };
    if (const auto waited = context.waitUntil(ended); !waited) {
        if (!operation)
            return tl::unexpected(waited.error());
        context.addToFailure({{u"operation"_s, operationDocument(*operation)}});
        return tl::unexpected(stillJournaled(waited.error(), *operation));
    }
    if (!operation)
        return fail(Error::Kind::NotFound, u"The operation %1 has left the journal."_s.arg(id));
    if (context.json())
        context.document(operationDocument(*operation));
    if (operation->state != OperationState::Live) {
        const int code = context.report(whyNotLive(*operation));
        return code == Usage ? Failed : code; // the input was well-formed: it is the operation that failed
    }
    if (!context.json())
        context.terminal().say(outcome(context.reader(), *operation));
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
