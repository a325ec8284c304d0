// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/operations/words.h"

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

/// What is done and what is not, as the steps tell.
QString changes(const Operation &operation, const Plan &plan)
{
    if (plan.undoAtOnce)
        return {}; // what was made goes again, and that is what is said
    QStringList sentences;
    for (qsizetype i = 0; i < operation.steps.size(); ++i) {
        const QString &done = plan.steps.at(i).done;
        if (operation.steps.at(i).state == StepState::Done && !done.isEmpty())
            sentences.append(done);
    }
    if (sentences.isEmpty())
        sentences.append(Words::tr("Nothing has changed."));
    for (qsizetype i = 0; i < operation.steps.size(); ++i) {
        const QString &otherwise = plan.steps.at(i).otherwise;
        if (operation.steps.at(i).state != StepState::Done && !otherwise.isEmpty())
            sentences.append(otherwise);
    }
    return sentences.join(u' ');
}

QString nameOf(const std::optional<Environment> &environment)
{
    if (!environment || !environment->release || environment->release->change.title.isEmpty())
        return environment ? Words::tr("what %1 runs").arg(environment->name) : Words::tr("it");
    return environment->release->change.title;
}

QString codeName(const CodeChoice &code, const BoardReader &reader, const QString &pipeline)
{
    const QString ref = code.change.isEmpty() ? code.version : code.change;
    const QList<Change> changes = reader.cache().changes(pipeline);
    for (const Change &change : changes) {
        if (!ref.isEmpty() && (change.branch == ref || change.ref() == ref || change.head == ref))
            return change.title;
    }
    if (!ref.isEmpty())
        return ref.size() == 40 ? ref.left(7) : ref;
    return code.directory;
}

struct Titles
{
    const BoardReader &reader;

    QString operator()(const CloneIntent &i) const
    {
        if (i.code.isEmpty())
            return Words::tr("Clone %1 to %2").arg(i.from, i.name);
        return Words::tr("Clone %1 to %2 with %3").arg(i.from, i.name, codeName(i.code, reader, i.pipeline));
    }
    QString operator()(const DeployIntent &i) const
    {
        return Words::tr("Deploy %1 to %2").arg(codeName(i.code, reader, i.pipeline), i.environment);
    }
    QString operator()(const PromoteIntent &i) const
    {
        const QString name = nameOf(reader.cache().environment(i.pipeline + u'/' + i.from));
        const auto target = reader.cache().environment(i.pipeline + u'/' + i.to);
        const bool last = target && target->stage == Stage::Production;
        if (!i.alsoTo.isEmpty())
            return Words::tr("Promote %1 to %2 and %3").arg(name, i.to, i.alsoTo.join(Words::tr(" and ")));
        return last ? Words::tr("Promote %1 to %2").arg(name, i.to) : Words::tr("Deploy %1 to %2").arg(name, i.to);
    }
    QString operator()(const RollBackIntent &i) const
    {
        return i.release > 0 ? Words::tr("Roll %1 back to v%2").arg(i.environment).arg(i.release)
                             : Words::tr("Roll %1 back").arg(i.environment);
    }
    QString operator()(const LifecycleIntent &i) const
    {
        switch (i.action) {
        case LifecycleAction::Suspend:
            return Words::tr("Suspend %1").arg(i.environment);
        case LifecycleAction::Resume:
            return Words::tr("Resume %1").arg(i.environment);
        case LifecycleAction::Restart:
            return Words::tr("Restart %1").arg(i.environment);
        case LifecycleAction::ShutDown:
            break;
        }
        return Words::tr("Shut %1 down").arg(i.environment);
    }
    QString operator()(const ConfigIntent &i) const
    {
        const QStringList keys = i.set.keys() + i.unset;
        return Words::tr("Change %1 in the config of %2").arg(keys.join(u", "_s), i.environment);
    }
    QString operator()(const SetUpIntent &i) const { return Words::tr("Set up %1").arg(i.pipeline); }
    QString operator()(const RemovePipelineIntent &i) const { return Words::tr("Remove %1").arg(i.pipeline); }
    QString operator()(const UpdateIntent &i) const { return Words::tr("Update %1 from staging").arg(i.environment); }
    QString operator()(const ResetIntent &i) const { return Words::tr("Reset %1 to %2").arg(i.environment, i.from); }
    QString operator()(const SendBackIntent &i) const
    {
        const QString name = nameOf(reader.cache().environment(i.pipeline + u'/' + i.from));
        return Words::tr("Send %1 back to %2").arg(name, i.name);
    }
};

} // namespace

QString Words::title(const Intent &intent, const BoardReader &reader)
{
    return std::visit(Titles{reader}, intent);
}

QString Words::startsIn(int ms)
{
    return tr("Starts in %1 s").arg((ms + 999) / 1000);
}

QString Words::takingBack()
{
    return tr("Taking it back");
}

Error Words::failure(const Operation &operation, const Plan &plan, const Error &cause)
{
    const QString step = operation.steps.value(operation.step).name;
    const bool whole = operation.steps.size() == 1 && operation.title == step;
    const QString what = whole ? tr("“%1” failed: %2").arg(step, cause.message())
                               : tr("“%1” failed at “%2”: %3").arg(operation.title, step, cause.message());
    const QString message = (what + u' ' + changes(operation, plan)).trimmed();
    return Error(cause.kind(), message, cause.remedy(), cause.detail());
}

Error Words::tookBack(const Error &failure)
{
    return Error(failure.kind(),
                 tr("%1 What was made for it was removed again; nothing else has changed.").arg(failure.message()),
                 failure.remedy(), failure.detail());
}

Error Words::undoFailure(const Error &failure, const Error &cause)
{
    const QString before = failure.message().isEmpty() ? QString() : failure.message() + u' ';
    return Error(cause.kind(), tr("%1It could not be taken back whole: %2").arg(before, cause.message()),
                 cause.remedy(), failure.detail().isEmpty() ? cause.detail() : failure.detail());
}

Error Words::givenUp(const Operation &operation, const Plan &plan)
{
    const OperationStep step = operation.steps.value(operation.step);
    QString message = tr("“%1” was interrupted at “%2” and given up.").arg(operation.title, step.name);
    message += u' ' + changes(operation, plan);
    if (step.state == StepState::Running)
        message += u' ' + tr("Whether “%1” still happened is not known.").arg(step.name);
    return Error(Error::Kind::Cancelled, message, tr("Look at the board before you go on."));
}

ActivityEntry Words::activity(const Operation &operation)
{
    ActivityEntry entry;
    entry.at = operation.endedAt;
    entry.by = operation.by;
    entry.pipeline = operation.pipeline;
    entry.environment = operation.environment;
    entry.kind = operation.kind;
    entry.text = operation.title;
    if (!operation.from.isEmpty() && operation.kind == u"promote")
        entry.text = tr("%1 (from %2)").arg(operation.title, operation.from);
    entry.reason = operation.reason;
    entry.from = operation.from;
    entry.to = operation.targets.isEmpty() ? operation.environment : operation.targets.join(u", "_s);
    entry.overridden = operation.overridden;
    // A clock that was set back makes no negative times.
    entry.durationMs = std::max<qint64>(operation.requestedAt.msecsTo(operation.endedAt), 0);
    entry.result = toString(operation.state);
    if (operation.state == OperationState::Failed && operation.error)
        entry.result += u": "_s + operation.error->message();
    entry.operation = operation.id;
    return entry;
}

} // namespace Slipway
