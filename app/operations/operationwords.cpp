// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/operations/operationwords.h"

#include "models/domain/enumerated.h"

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
        sentences.append(OperationWords::tr("Nothing has changed."));
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
        return environment ? OperationWords::tr("what %1 runs").arg(environment->name) : OperationWords::tr("it");
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

/// How an operation is told: as what is asked, as what was done, as what could not be done.
enum class Tense { Asked, Done, Failed };

const auto kTold = u"told"_s; ///< in Operation::intent: the name of what moves, as it was when it was asked for
const auto kToProduction = u"toProduction"_s;

/// The name of what moves: known before it starts only, for a dev environment is gone once it was promoted.
struct Moved
{
    const BoardReader &reader;

    QString operator()(const CloneIntent &i) const { return i.code.isEmpty() ? QString() : name(i.code, i.pipeline); }
    QString operator()(const DeployIntent &i) const { return name(i.code, i.pipeline); }
    QString operator()(const PromoteIntent &i) const
    {
        return nameOf(reader.cache().environment(i.pipeline + u'/' + i.from));
    }
    QString operator()(const SendBackIntent &i) const
    {
        return nameOf(reader.cache().environment(i.pipeline + u'/' + i.from));
    }
    template<typename Other> QString operator()(const Other &) const { return {}; }

    QString name(const CodeChoice &code, const QString &pipeline) const { return codeName(code, reader, pipeline); }
};

struct Sentences
{
    Tense tense;
    QString what;
    bool toProduction = false;

    QString pick(const QString &asked, const QString &done, const QString &failed) const
    {
        return tense == Tense::Asked ? asked : tense == Tense::Done ? done : failed;
    }

    QString operator()(const CloneIntent &i) const
    {
        if (what.isEmpty()) {
            return pick(OperationWords::tr("Clone %1 to %2"), OperationWords::tr("Cloned %1 to %2"),
                        OperationWords::tr("Could not clone %1 to %2"))
                .arg(i.from, i.name);
        }
        return pick(OperationWords::tr("Clone %1 to %2 with %3"), OperationWords::tr("Cloned %1 to %2 with %3"),
                    OperationWords::tr("Could not clone %1 to %2 with %3"))
            .arg(i.from, i.name, what);
    }
    QString operator()(const DeployIntent &i) const { return deploy(i.environment); }
    QString operator()(const PromoteIntent &i) const
    {
        if (!toProduction && i.alsoTo.isEmpty())
            return deploy(i.to);
        return pick(OperationWords::tr("Promote %1 to %2"), OperationWords::tr("Promoted %1 to %2"),
                    OperationWords::tr("Could not promote %1 to %2"))
            .arg(what, enumerated(QStringList(i.to) + i.alsoTo));
    }
    QString operator()(const RollBackIntent &i) const
    {
        if (i.release == 0) {
            return pick(OperationWords::tr("Roll %1 back"), OperationWords::tr("Rolled %1 back"),
                        OperationWords::tr("Could not roll %1 back"))
                .arg(i.environment);
        }
        return pick(OperationWords::tr("Roll %1 back to v%2"), OperationWords::tr("Rolled %1 back to v%2"),
                    OperationWords::tr("Could not roll %1 back to v%2"))
            .arg(i.environment)
            .arg(i.release);
    }
    QString operator()(const LifecycleIntent &i) const
    {
        switch (i.action) {
        case LifecycleAction::Suspend:
            return pick(OperationWords::tr("Suspend %1"), OperationWords::tr("Suspended %1"),
                        OperationWords::tr("Could not suspend %1"))
                .arg(i.environment);
        case LifecycleAction::Resume:
            return pick(OperationWords::tr("Resume %1"), OperationWords::tr("Resumed %1"),
                        OperationWords::tr("Could not resume %1"))
                .arg(i.environment);
        case LifecycleAction::Restart:
            return pick(OperationWords::tr("Restart %1"), OperationWords::tr("Restarted %1"),
                        OperationWords::tr("Could not restart %1"))
                .arg(i.environment);
        case LifecycleAction::ShutDown:
            break;
        }
        return pick(OperationWords::tr("Shut %1 down"), OperationWords::tr("Shut %1 down"),
                    OperationWords::tr("Could not shut %1 down"))
            .arg(i.environment);
    }
    QString operator()(const ConfigIntent &i) const
    {
        const QString keys = (i.set.keys() + i.unset).join(u", "_s);
        return pick(OperationWords::tr("Change %1 in the config of %2"),
                    OperationWords::tr("Changed %1 in the config of %2"),
                    OperationWords::tr("Could not change %1 in the config of %2"))
            .arg(keys, i.environment);
    }
    QString operator()(const ReviewIntent &i) const
    {
        return pick(OperationWords::tr("Make a review app for %1"), OperationWords::tr("Made a review app for %1"),
                    OperationWords::tr("Could not make a review app for %1"))
            .arg(i.change);
    }
    QString operator()(const ScaleIntent &i) const
    {
        QStringList parts;
        for (auto one = i.quantities.cbegin(); one != i.quantities.cend(); ++one)
            parts.append(u"%1=%2"_s.arg(one.key()).arg(one.value()));
        return pick(OperationWords::tr("Scale %1 to %2"), OperationWords::tr("Scaled %1 to %2"),
                    OperationWords::tr("Could not scale %1 to %2"))
            .arg(i.environment, parts.join(u' '));
    }
    QString operator()(const SetUpIntent &i) const
    {
        return pick(OperationWords::tr("Set up %1"), OperationWords::tr("Set %1 up"),
                    OperationWords::tr("Could not set %1 up"))
            .arg(i.pipeline);
    }
    QString operator()(const RemovePipelineIntent &i) const
    {
        return pick(OperationWords::tr("Remove %1"), OperationWords::tr("Removed %1"),
                    OperationWords::tr("Could not remove %1"))
            .arg(i.pipeline);
    }

    QString deploy(const QString &target) const
    {
        return pick(OperationWords::tr("Deploy %1 to %2"), OperationWords::tr("Deployed %1 to %2"),
                    OperationWords::tr("Could not deploy %1 to %2"))
            .arg(what, target);
    }
    QString operator()(const UpdateIntent &i) const
    {
        return pick(OperationWords::tr("Update %1 from staging"), OperationWords::tr("Updated %1 from staging"),
                    OperationWords::tr("Could not update %1 from staging"))
            .arg(i.environment);
    }
    QString operator()(const ResetIntent &i) const
    {
        return pick(OperationWords::tr("Reset %1 to %2"), OperationWords::tr("Reset %1 to %2"),
                    OperationWords::tr("Could not reset %1 to %2"))
            .arg(i.environment, i.from);
    }
    QString operator()(const SendBackIntent &i) const
    {
        return pick(OperationWords::tr("Send %1 back to %2"), OperationWords::tr("Sent %1 back to %2"),
                    OperationWords::tr("Could not send %1 back to %2"))
            .arg(what, i.name);
    }
};

/// One sentence in the past tense about an operation that has ended.
QString ended(const Operation &operation)
{
    const auto intent = intentFromJson(operation.intent);
    if (!intent || !operation.intent.contains(kTold)) // written by another Slipway
        return operation.title;
    if (operation.state == OperationState::Cancelled)
        return OperationWords::tr("Cancelled: %1").arg(operation.title);
    const QJsonObject told = operation.intent.value(kTold).toObject();
    const bool failed = operation.state == OperationState::Failed;
    const Sentences sentences{failed ? Tense::Failed : Tense::Done, told.value(u"what"_s).toString(),
                              told.value(kToProduction).toBool()};
    const QString sentence = std::visit(sentences, *intent);
    for (const OperationStep &step : operation.steps) {
        if (failed && step.state == StepState::Failed && !step.text.isEmpty())
            return OperationWords::tr("%1: %2").arg(sentence, step.text);
    }
    return sentence;
}

} // namespace

void OperationWords::name(Operation &operation, const Intent &intent, const BoardReader &reader)
{
    const auto *move = std::get_if<PromoteIntent>(&intent);
    const auto target = move ? reader.cache().environment(move->pipeline + u'/' + move->to) : std::nullopt;
    const Sentences sentences{Tense::Asked, std::visit(Moved{reader}, intent),
                              target && target->stage == Stage::Production};
    operation.title = std::visit(sentences, intent);
    operation.intent.insert(kTold, QJsonObject{{u"what"_s, sentences.what}, {kToProduction, sentences.toProduction}});
}

QString OperationWords::startsIn(int ms)
{
    return tr("Starts in %1 s").arg((ms + 999) / 1000);
}

QString OperationWords::takingBack()
{
    return tr("Taking it back");
}

Error OperationWords::failure(const Operation &operation, const Plan &plan, const Error &cause)
{
    const QString step = operation.steps.value(operation.step).name;
    const bool whole = operation.steps.size() == 1 && operation.title == step;
    const QString what = whole ? tr("“%1” failed: %2").arg(step, cause.message())
                               : tr("“%1” failed at “%2”: %3").arg(operation.title, step, cause.message());
    const QString message = (what + u' ' + changes(operation, plan)).trimmed();
    return Error(cause.kind(), message, cause.remedy(), cause.detail());
}

Error OperationWords::tookBack(const Error &failure)
{
    return Error(failure.kind(),
                 tr("%1 What was made for it was removed again; nothing else has changed.").arg(failure.message()),
                 failure.remedy(), failure.detail());
}

Error OperationWords::undoFailure(const Error &failure, const Error &cause)
{
    const QString before = failure.message().isEmpty() ? QString() : failure.message() + u' ';
    return Error(cause.kind(), tr("%1It could not be taken back whole: %2").arg(before, cause.message()),
                 cause.remedy(), failure.detail().isEmpty() ? cause.detail() : failure.detail());
}

Error OperationWords::givenUp(const Operation &operation, const Plan &plan)
{
    const OperationStep step = operation.steps.value(operation.step);
    QString message = tr("“%1” was interrupted at “%2” and given up.").arg(operation.title, step.name);
    message += u' ' + changes(operation, plan);
    if (step.state == StepState::Running)
        message += u' ' + tr("Whether “%1” still happened is not known.").arg(step.name);
    return Error(Error::Kind::Cancelled, message, tr("Look at the board before you go on."));
}

ActivityEntry OperationWords::activity(const Operation &operation)
{
    ActivityEntry entry;
    entry.at = operation.endedAt;
    entry.by = operation.by;
    entry.pipeline = operation.pipeline;
    entry.environment = operation.environment;
    entry.kind = operation.kind;
    entry.text = ended(operation);
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
