// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/operations/environmentsteps.h"
#include "app/operations/observation.h"
#include "app/operations/plans.h"
#include "models/domain/json.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

/// Which release to go back to: the one asked for, else the one before the current one. Fact: "number".
Task<QJsonObject> chooseRelease(StepContext c, RollBackIntent intent)
{
    const QStringList one{intent.environment};
    const auto snapshot = co_await observeEnvironments(c, one, false);
    if (!snapshot)
        co_return Result<QJsonObject>(tl::unexpect, snapshot.error());
    const QString id = intent.pipeline + u'/' + intent.environment;
    const QList<Release> releases = c.cache->releases(id); // a snapshot need not hold those that did not change
    if (intent.release == 0 && releases.size() < 2) {
        const Error error(Error::Kind::Invalid, PlanTr::tr("“%1” has no earlier release to go back to.").arg(id));
        co_return Result<QJsonObject>(tl::unexpect, error);
    }
    const int wanted = intent.release == 0 ? releases.at(1).number : intent.release;
    for (const Release &release : releases) {
        if (release.number == wanted)
            co_return Result<QJsonObject>(QJsonObject{{u"number"_s, wanted}});
    }
    QStringList known;
    for (const Release &release : releases.mid(0, 10))
        known.append(u"v%1"_s.arg(release.number));
    const Error error(Error::Kind::NotFound, PlanTr::tr("“%1” has no release v%2.").arg(id).arg(wanted),
                      PlanTr::tr("Its newest releases are: %1.").arg(known.join(u", "_s)));
    co_return Result<QJsonObject>(tl::unexpect, error);
}

Task<QJsonObject> rollBackTo(StepContext c, QString environment, bool config)
{
    const int number = c.facts.value(u"number"_s).toInt();
    const std::function<Task<Release>(DeployProvider &)> work =
        [id = c.pipeline.deploysId, environment, number, config, ticket = c.ticket, progress = c.progress](
            DeployProvider &deploys) { return deploys.rollBack(ticket, id, environment, number, config, progress); };
    const auto release = co_await onDeploys<Release>(c, work);
    if (!release)
        co_return Result<QJsonObject>(tl::unexpect, release.error());
    co_return Result<QJsonObject>(QJsonObject{{u"release"_s, toJson(*release)}});
}

Task<QJsonObject> patchConfig(StepContext c, ConfigIntent intent)
{
    for (auto value = intent.set.cbegin(); value != intent.set.cend(); ++value) {
        if (!value.value().isNull())
            continue;
        const QString keys = intent.set.keys().join(u", "_s);
        const Error error(
            Error::Kind::Failed, PlanTr::tr("The values of %1 were held in memory only and are gone.").arg(keys),
            PlanTr::tr("Look at the config of “%1” and set what is missing again.").arg(intent.environment));
        co_return Result<QJsonObject>(tl::unexpect, error);
    }
    const ConfigPatch patch{intent.set, intent.unset};
    const std::function<Task<void>(DeployProvider &)> work = [id = c.pipeline.deploysId, patch, ticket = c.ticket,
                                                              name = intent.environment](DeployProvider &deploys) {
        return deploys.patchConfig(ticket, id, name, patch);
    };
    const auto done = co_await onDeploys<void>(c, work);
    if (!done)
        co_return Result<QJsonObject>(tl::unexpect, done.error());
    co_return Result<QJsonObject>(QJsonObject());
}

Task<QJsonObject> scale(StepContext c, ScaleIntent intent)
{
    const std::function<Task<void>(DeployProvider &)> work = [id = c.pipeline.deploysId, intent,
                                                              ticket = c.ticket](DeployProvider &deploys) {
        return deploys.scale(ticket, id, intent.environment, intent.quantities);
    };
    const auto done = co_await onDeploys<void>(c, work);
    if (!done)
        co_return Result<QJsonObject>(tl::unexpect, done.error());
    co_return Result<QJsonObject>(QJsonObject());
}

QString lifecycleName(LifecycleAction action, const QString &environment)
{
    switch (action) {
    case LifecycleAction::Suspend:
        return PlanTr::tr("Suspend %1").arg(environment);
    case LifecycleAction::Resume:
        return PlanTr::tr("Resume %1").arg(environment);
    case LifecycleAction::Restart:
        return PlanTr::tr("Restart %1").arg(environment);
    case LifecycleAction::ShutDown:
        break;
    }
    return PlanTr::tr("Shut %1 down").arg(environment);
}

Plan singleStep(const QString &pipeline, const QString &environment, const Step &step)
{
    Plan plan;
    plan.leases = {pipeline + u'/' + environment};
    plan.steps = {step};
    return plan;
}

} // namespace

Plan planRollBack(const RollBackIntent &intent)
{
    Step choose;
    choose.name = PlanTr::tr("Choose the release");
    choose.run = [intent](StepContext c) { return chooseRelease(c, intent); };

    Step back;
    back.name = intent.release > 0 ? PlanTr::tr("Roll %1 back to v%2").arg(intent.environment).arg(intent.release)
                                   : PlanTr::tr("Roll %1 back").arg(intent.environment);
    back.run = [intent](StepContext c) { return rollBackTo(c, intent.environment, intent.config); };
    back.otherwise = PlanTr::tr("%1 goes on with the release it had.").arg(intent.environment);

    Plan plan;
    plan.leases = {intent.pipeline + u'/' + intent.environment};
    plan.steps = {choose, back};
    if (intent.holds) {
        back.done = PlanTr::tr("%1 was rolled back.").arg(intent.environment);
        plan.steps[1] = back;
        Step hold;
        hold.name = PlanTr::tr("Hold staging until this is resolved");
        const QString why = intent.reason.isEmpty()
            ? PlanTr::tr("%1 was rolled back").arg(intent.environment)
            : PlanTr::tr("%1 was rolled back: %2").arg(intent.environment, intent.reason);
        hold.run = [why](StepContext c) { return holdStaging(c, why); };
        hold.otherwise = PlanTr::tr("Staging is not held.");
        plan.steps.append(hold);
    }
    return plan;
}

Plan planLifecycle(const LifecycleIntent &intent)
{
    Step step;
    step.name = lifecycleName(intent.action, intent.environment);
    if (intent.action == LifecycleAction::ShutDown)
        step.run = [intent](StepContext c) { return shutDownEnvironment(c, intent.environment); };
    else
        step.run = [intent](StepContext c) { return changeLifecycle(c, intent); };

    return singleStep(intent.pipeline, intent.environment, step);
}

Plan planConfig(const ConfigIntent &intent)
{
    Step step;
    step.name = PlanTr::tr("Change the config of %1").arg(intent.environment);
    step.run = [intent](StepContext c) { return patchConfig(c, intent); };
    step.otherwise = PlanTr::tr("%1 may go on with the config it had.").arg(intent.environment);

    return singleStep(intent.pipeline, intent.environment, step);
}

Plan planScale(const ScaleIntent &intent)
{
    Step step;
    step.name = PlanTr::tr("Scale %1").arg(intent.environment);
    step.run = [intent](StepContext c) { return scale(c, intent); };
    step.otherwise = PlanTr::tr("%1 may go on with as many processes as it had.").arg(intent.environment);

    return singleStep(intent.pipeline, intent.environment, step);
}

} // namespace Slipway
