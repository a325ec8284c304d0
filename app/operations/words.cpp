// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/operations/words.h"

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
            return pick(Words::tr("Clone %1 to %2"), Words::tr("Cloned %1 to %2"),
                        Words::tr("Could not clone %1 to %2"))
                .arg(i.from, i.name);
        }
        return pick(Words::tr("Clone %1 to %2 with %3"), Words::tr("Cloned %1 to %2 with %3"),
                    Words::tr("Could not clone %1 to %2 with %3"))
            .arg(i.from, i.name, what);
    }
    QString operator()(const DeployIntent &i) const { return deploy(i.environment); }
    QString operator()(const PromoteIntent &i) const
    {
        if (!toProduction && i.alsoTo.isEmpty())
            return deploy(i.to);
        return pick(Words::tr("Promote %1 to %2"), Words::tr("Promoted %1 to %2"),
                    Words::tr("Could not promote %1 to %2"))
            .arg(what, enumerated(QStringList(i.to) + i.alsoTo));
    }
    QString operator()(const RollBackIntent &i) const
    {
        if (i.release == 0) {
            return pick(Words::tr("Roll %1 back"), Words::tr("Rolled %1 back"), Words::tr("Could not roll %1 back"))
                .arg(i.environment);
        }
        return pick(Words::tr("Roll %1 back to v%2"), Words::tr("Rolled %1 back to v%2"),
                    Words::tr("Could not roll %1 back to v%2"))
            .arg(i.environment)
            .arg(i.release);
    }
    QString operator()(const LifecycleIntent &i) const
    {
        switch (i.action) {
        case LifecycleAction::Suspend:
            return pick(Words::tr("Suspend %1"), Words::tr("Suspended %1"), Words::tr("Could not suspend %1"))
                .arg(i.environment);
        case LifecycleAction::Resume:
            return pick(Words::tr("Resume %1"), Words::tr("Resumed %1"), Words::tr("Could not resume %1"))
                .arg(i.environment);
        case LifecycleAction::Restart:
            return pick(Words::tr("Restart %1"), Words::tr("Restarted %1"), Words::tr("Could not restart %1"))
                .arg(i.environment);
        case LifecycleAction::ShutDown:
            break;
        }
        return pick(Words::tr("Shut %1 down"), Words::tr("Shut %1 down"), Words::tr("Could not shut %1 down"))
            .arg(i.environment);
    }
    QString operator()(const ConfigIntent &i) const
    {
        const QString keys = (i.set.keys() + i.unset).join(u", "_s);
        return pick(Words::tr("Change %1 in the config of %2"), Words::tr("Changed %1 in the config of %2"),
                    Words::tr("Could not change %1 in the config of %2"))
            .arg(keys, i.environment);
    }
    QString operator()(const ReviewIntent &i) const
    {
        return pick(Words::tr("Make a review app for %1"), Words::tr("Made a review app for %1"),
                    Words::tr("Could not make a review app for %1"))
            .arg(i.change);
    }
    QString operator()(const ScaleIntent &i) const
    {
        QStringList parts;
        for (auto one = i.quantities.cbegin(); one != i.quantities.cend(); ++one)
            parts.append(u"%1=%2"_s.arg(one.key()).arg(one.value()));
        return pick(Words::tr("Scale %1 to %2"), Words::tr("Scaled %1 to %2"), Words::tr("Could not scale %1 to %2"))
            .arg(i.environment, parts.join(u' '));
    }
    QString operator()(const SetUpIntent &i) const
    {
        return pick(Words::tr("Set up %1"), Words::tr("Set %1 up"), Words::tr("Could not set %1 up")).arg(i.pipeline);
    }
    QString operator()(const RemovePipelineIntent &i) const
    {
        return pick(Words::tr("Remove %1"), Words::tr("Removed %1"), Words::tr("Could not remove %1")).arg(i.pipeline);
    }

    QString deploy(const QString &target) const
    {
        return pick(Words::tr("Deploy %1 to %2"), Words::tr("Deployed %1 to %2"),
                    Words::tr("Could not deploy %1 to %2"))
            .arg(what, target);
    }
    QString operator()(const UpdateIntent &i) const
    {
        return pick(Words::tr("Update %1 from staging"), Words::tr("Updated %1 from staging"),
                    Words::tr("Could not update %1 from staging"))
            .arg(i.environment);
    }
    QString operator()(const ResetIntent &i) const
    {
        return pick(Words::tr("Reset %1 to %2"), Words::tr("Reset %1 to %2"), Words::tr("Could not reset %1 to %2"))
            .arg(i.environment, i.from);
    }
    QString operator()(const SendBackIntent &i) const
    {
        return pick(Words::tr("Send %1 back to %2"), Words::tr("Sent %1 back to %2"),
                    Words::tr("Could not send %1 back to %2"))
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
        return Words::tr("Cancelled: %1").arg(operation.title);
    const QJsonObject told = operation.intent.value(kTold).toObject();
    const bool failed = operation.state == OperationState::Failed;
    const Sentences sentences{failed ? Tense::Failed : Tense::Done, told.value(u"what"_s).toString(),
                              told.value(kToProduction).toBool()};
    const QString sentence = std::visit(sentences, *intent);
    for (const OperationStep &step : operation.steps) {
        if (failed && step.state == StepState::Failed && !step.text.isEmpty())
            return Words::tr("%1: %2").arg(sentence, step.text);
    }
    return sentence;
}

} // namespace

void Words::name(Operation &operation, const Intent &intent, const BoardReader &reader)
{
    const auto *move = std::get_if<PromoteIntent>(&intent);
    const auto target = move ? reader.cache().environment(move->pipeline + u'/' + move->to) : std::nullopt;
    const Sentences sentences{Tense::Asked, std::visit(Moved{reader}, intent),
                              target && target->stage == Stage::Production};
    operation.title = std::visit(sentences, intent);
    operation.intent.insert(kTold, QJsonObject{{u"what"_s, sentences.what}, {kToProduction, sentences.toProduction}});
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
