// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/operations/code.h"
#include "app/operations/environmentsteps.h"
#include "app/operations/observation.h"
#include "app/operations/plans.h"
#include "app/operations/samplerepository.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Slipway::Plan)
};

const auto kProduction = u"production"_s;
const auto kStaging = u"staging"_s;
const auto kSampleEnvironment = u"dev1"_s;
const auto kSampleChange = u"faster-checkout"_s; ///< the good one of resources/sample

/// At the provider, and then on the board. Facts: "deploysId".
Task<QJsonObject> setUp(StepContext c, SetUpIntent intent)
{
    const QString made = c.facts.value(u"repository"_s).toString();
    const QString repository = made.isEmpty() ? intent.repository : made;
    const std::function<Task<RemotePipeline>(DeployProvider &)> work = [intent, repository,
                                                                        ticket = c.ticket](DeployProvider &deploys) {
        return deploys.setUpPipeline(ticket, intent.pipeline, repository);
    };
    const auto remote = co_await onDeploys<RemotePipeline>(c, work);
    if (!remote)
        co_return Result<QJsonObject>(tl::unexpect, remote.error());
    Pipeline pipeline;
    pipeline.name = intent.pipeline;
    pipeline.deploysAccount = c.host->account().name;
    pipeline.deploysId = remote->id;
    pipeline.repository = repository;
    pipeline.mainBranch = remote->mainBranch;
    pipeline.sample = intent.sample;
    const auto saved = c.store->savePipeline(pipeline);
    if (!saved)
        co_return Result<QJsonObject>(tl::unexpect, saved.error());
    c.wrote(*saved);
    co_return Result<QJsonObject>(QJsonObject{{u"deploysId"_s, remote->id}});
}

/// Each environment with a ticket of its own; Facts: "sample".
Task<QJsonObject> shutAllDown(StepContext c)
{
    const Ticket ticket = c.ticket;
    const auto snapshot = co_await observePipeline(c, false);
    const bool known = snapshot || snapshot.error().kind() != Error::Kind::NotFound;
    if (!snapshot && known)
        co_return Result<QJsonObject>(tl::unexpect, snapshot.error());
    const QList<Environment> environments = snapshot ? snapshot->environments : QList<Environment>();
    for (const Environment &environment : environments) {
        c.ticket.id = ticket.id + u'.' + environment.name;
        const auto gone = co_await shutDownEnvironment(c, environment.name);
        if (!gone && gone.error().kind() != Error::Kind::NotFound)
            co_return Result<QJsonObject>(tl::unexpect, gone.error());
    }
    co_return Result<QJsonObject>(QJsonObject{{u"sample"_s, c.pipeline.sample}});
}

Task<QJsonObject> removeAtProvider(StepContext c)
{
    const std::function<Task<void>(DeployProvider &)> work = [id = c.pipeline.deploysId,
                                                              ticket = c.ticket](DeployProvider &deploys) {
        return deploys.removePipeline(ticket, id);
    };
    const auto gone = co_await onDeploys<void>(c, work);
    if (!gone && gone.error().kind() != Error::Kind::NotFound)
        co_return Result<QJsonObject>(tl::unexpect, gone.error());
    co_return Result<QJsonObject>(QJsonObject());
}

Result<QJsonObject> forget(const StepContext &c, bool sample)
{
    if (sample) {
        if (const auto removed = removeSampleRepository(c.home, c.pipeline.name); !removed)
            return tl::unexpected(removed.error());
    }
    const auto dropped = c.cache->drop(c.pipeline.name);
    if (!dropped)
        return tl::unexpected(dropped.error());
    c.wrote(*dropped);
    const auto removed = c.store->removePipeline(c.pipeline.name);
    if (!removed)
        return tl::unexpected(removed.error());
    c.wrote(*removed);
    return QJsonObject();
}

Task<void> takeBack(StepContext c, bool sample)
{
    const auto stopped = co_await shutAllDown(c);
    if (!stopped)
        co_return Result<void>(tl::unexpect, stopped.error());
    const auto gone = co_await removeAtProvider(c);
    if (!gone)
        co_return Result<void>(tl::unexpect, gone.error());
    const auto forgotten = forget(c, sample);
    if (!forgotten)
        co_return Result<void>(tl::unexpect, forgotten.error());
    co_return Result<void>();
}

Task<void> removeRepository(StepContext c)
{
    co_return removeSampleRepository(c.home, c.pipeline.name);
}

Task<QJsonObject> deployCode(StepContext c, CodeChoice code, QString environment)
{
    const auto found = co_await findCode(c, code, environment);
    if (!found)
        co_return Result<QJsonObject>(tl::unexpect, found.error());
    c.facts = *found;
    Result<QJsonObject> deployed = co_await deployFound(c, environment, QString());
    co_return deployed;
}

Task<QJsonObject> deployMain(StepContext c)
{
    CodeChoice code;
    code.version = c.pipeline.mainBranch.isEmpty() ? u"HEAD"_s : c.pipeline.mainBranch;
    return deployCode(c, code, kProduction);
}

Task<QJsonObject> deploySampleChange(StepContext c)
{
    CodeChoice code;
    code.change = kSampleChange;
    return deployCode(c, code, kSampleEnvironment);
}

QList<Step> sampleSteps()
{
    CloneIntent copy;
    copy.from = kStaging;
    copy.name = kSampleEnvironment;
    Step clone;
    clone.name = Words::tr("Clone %1 to %2").arg(kStaging, kSampleEnvironment);
    clone.run = [copy](StepContext c) { return cloneEnvironment(c, copy); };
    Step deploy;
    deploy.name = Words::tr("Deploy %1 to %2").arg(kSampleChange, kSampleEnvironment);
    deploy.run = [](StepContext c) { return deploySampleChange(c); };
    return {clone, deploy};
}

} // namespace

Plan planSetUp(const SetUpIntent &intent)
{
    Plan plan;
    plan.account = intent.account;
    plan.undoAtOnce = true;
    plan.leases = {intent.pipeline + u'/' + kProduction, intent.pipeline + u'/' + kStaging};
    if (intent.sample) {
        plan.leases.append(intent.pipeline + u'/' + kSampleEnvironment);
        Step repository;
        repository.name = Words::tr("Make the sample's repository");
        repository.run = [](StepContext c) { return makeSampleRepository(c); };
        repository.undo = [](StepContext c) { return removeRepository(c); };
        plan.steps.append(repository);
    }
    Step pipeline;
    pipeline.name = Words::tr("Set up %1").arg(intent.pipeline);
    pipeline.run = [intent](StepContext c) { return setUp(c, intent); };
    pipeline.undo = [intent](StepContext c) { return takeBack(c, intent.sample); };

    Step production;
    production.name = Words::tr("Deploy to %1").arg(kProduction);
    production.run = [](StepContext c) { return deployMain(c); };

    Step staging;
    staging.name = Words::tr("Release the same in %1").arg(kStaging);
    staging.run = [](StepContext c) {
        return releaseArtifactOf(c, kProduction, kStaging, Words::tr("Same as %1").arg(kProduction));
    };
    plan.steps += {pipeline, production, staging};
    if (intent.sample)
        plan.steps += sampleSteps();
    return plan;
}

Plan planRemove(const RemovePipelineIntent &intent, const BoardReader &reader)
{
    Plan plan;
    const QList<Environment> environments = reader.cache().environments(intent.pipeline);
    for (const Environment &environment : environments)
        plan.leases.append(environment.id());
    if (plan.leases.isEmpty())
        plan.leases.append(intent.pipeline + u'/' + kProduction);

    Step down;
    down.name = Words::tr("Shut its environments down");
    down.run = [](StepContext c) { return shutAllDown(c); };
    down.done = Words::tr("Its environments are shut down.");

    Step remove;
    remove.name = Words::tr("Remove its releases");
    remove.run = [](StepContext c) { return removeAtProvider(c); };
    remove.otherwise = Words::tr("Its releases are still there.");

    Step end;
    end.name = Words::tr("Forget %1").arg(intent.pipeline);
    end.run = [](StepContext c) { return ended(forget(c, c.facts.value(u"sample"_s).toBool())); };
    end.otherwise = Words::tr("%1 is still on the board.").arg(intent.pipeline);
    plan.steps = {down, remove, end};
    return plan;
}

} // namespace Slipway
