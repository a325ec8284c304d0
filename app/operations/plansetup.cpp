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

const auto kProduction = u"production"_s;
const auto kStaging = u"staging"_s;
const auto kSampleEnvironment = u"dev1"_s;
const auto kSampleChange = u"faster-checkout"_s; ///< the good one of resources/sample

/// The account that has what a repository was cloned from, and what it calls it; no account: none of them has it.
Task<RemoteProject> clonedFrom(StepContext c, QString origin)
{
    if (origin.isEmpty())
        co_return Result<RemoteProject>(RemoteProject());
    const std::function<Task<QString>(Provider &)> find = [origin](Provider &provider) {
        SourceProvider *source = provider.source();
        return source ? source->projectAt(origin) : ended(Result<QString>(QString()));
    };
    const QList<Account> accounts = c.store->accounts();
    for (const Account &account : accounts) {
        AccountHost *const host = hostOf(c, account.name);
        if (!host)
            continue;
        const auto project = co_await onOther<QString>(c, host, find);
        if (project && !project->isEmpty())
            co_return Result<RemoteProject>(RemoteProject{account.name, *project});
    }
    co_return Result<RemoteProject>(RemoteProject());
}

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
    RemoteProject source = intent.source;
    if (source.account.isEmpty()) { // its changes are made elsewhere, where they are reviewed and checked
        const auto found = co_await clonedFrom(c, remote->origin);
        source = found.value_or(RemoteProject());
    }
    Pipeline pipeline;
    pipeline.name = intent.pipeline;
    pipeline.deploysAccount = c.host->account().name;
    pipeline.deploysId = remote->id;
    pipeline.repository = repository;
    pipeline.mainBranch = remote->mainBranch;
    pipeline.sample = intent.sample;
    pipeline.source = source;
    pipeline.ci = intent.ci;
    const auto saved = c.store->savePipeline(pipeline);
    if (!saved)
        co_return Result<QJsonObject>(tl::unexpect, saved.error());
    c.wrote(*saved);
    co_return Result<QJsonObject>(QJsonObject{{u"deploysId"_s, remote->id}});
}

/// The one pipeline of the account that is meant: by id, else by name.
Result<RemotePipeline> meant(const QList<RemotePipeline> &all, const QString &wanted, const QString &account)
{
    QList<RemotePipeline> hits;
    QStringList names;
    for (const RemotePipeline &one : all) {
        if (one.id == wanted)
            return one;
        if (one.name == wanted)
            hits.append(one);
        names.append(one.name);
    }
    if (hits.size() == 1)
        return hits.constFirst();
    if (hits.size() > 1) {
        return fail(Error::Kind::Conflict, PlanTr::tr("“%1” has several pipelines “%2”.").arg(account, wanted),
                    PlanTr::tr("Name the one that is meant by its id."));
    }
    return fail(Error::Kind::NotFound, PlanTr::tr("“%1” has no pipeline “%2”.").arg(account, wanted),
                names.isEmpty() ? PlanTr::tr("It shows no pipeline to this token.")
                                : PlanTr::tr("There are: %1.").arg(names.join(u", "_s)));
}

/// On the board, as it is at the account. Facts: "deploysId".
Task<QJsonObject> adopt(StepContext c, SetUpIntent intent)
{
    const std::function<Task<QList<RemotePipeline>>(DeployProvider &)> list = [](DeployProvider &deploys) {
        return deploys.pipelines();
    };
    const auto all = co_await onDeploys<QList<RemotePipeline>>(c, list);
    if (!all)
        co_return Result<QJsonObject>(tl::unexpect, all.error());
    const QString account = c.host->account().name;
    const auto remote = meant(*all, intent.adopt, account);
    if (!remote)
        co_return Result<QJsonObject>(tl::unexpect, remote.error());
    const QList<Pipeline> known = c.store->pipelines();
    for (const Pipeline &one : known) {
        if (one.deploysAccount == account && one.deploysId == remote->id && one.name != intent.pipeline) {
            const Error taken(Error::Kind::Conflict,
                              PlanTr::tr("“%1” is on the board already, as “%2”.").arg(remote->name, one.name));
            co_return Result<QJsonObject>(tl::unexpect, taken);
        }
    }
    Pipeline pipeline;
    pipeline.name = intent.pipeline;
    pipeline.deploysAccount = account;
    pipeline.deploysId = remote->id;
    pipeline.repository = intent.repository.isEmpty() ? remote->repository : intent.repository;
    pipeline.mainBranch = remote->mainBranch;
    pipeline.adopted = true;
    pipeline.source = intent.source;
    pipeline.ci = intent.ci;
    const auto saved = c.store->savePipeline(pipeline);
    if (!saved)
        co_return Result<QJsonObject>(tl::unexpect, saved.error());
    c.wrote(*saved);
    co_return Result<QJsonObject>(QJsonObject{{u"deploysId"_s, remote->id}});
}

Task<QJsonObject> readEnvironments(StepContext c)
{
    const auto snapshot = co_await observePipeline(c, true);
    if (!snapshot)
        co_return Result<QJsonObject>(tl::unexpect, snapshot.error());
    if (sourceOf(c.pipeline).account
        != c.pipeline
               .deploysAccount) { // a repository was named: whether it is one is said now, not when it is first needed
        const std::function<Task<QList<Change>>(SourceProvider &)> list =
            [id = sourceOf(c.pipeline).id](SourceProvider &source) { return source.changes(id, {}); };
        const auto changes = co_await onSource<QList<Change>>(c, list);
        if (!changes)
            co_return Result<QJsonObject>(tl::unexpect, changes.error());
    }
    co_return Result<QJsonObject>(QJsonObject());
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

Task<void> takeOff(StepContext c)
{
    const auto forgotten = forget(c, false);
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
    clone.name = PlanTr::tr("Clone %1 to %2").arg(kStaging, kSampleEnvironment);
    clone.run = [copy](StepContext c) { return cloneEnvironment(c, copy); };
    Step deploy;
    deploy.name = PlanTr::tr("Deploy %1 to %2").arg(kSampleChange, kSampleEnvironment);
    deploy.run = [](StepContext c) { return deploySampleChange(c); };
    return {clone, deploy};
}

/// Nothing is made at the account, so nothing there is taken back.
Plan planAdopt(const SetUpIntent &intent)
{
    Plan plan;
    plan.account = intent.account;
    plan.undoAtOnce = true;
    plan.leases = {intent.pipeline + u'/' + kProduction};
    Step take;
    take.name = PlanTr::tr("Find %1").arg(intent.adopt);
    take.run = [intent](StepContext c) { return adopt(c, intent); };
    take.undo = [](StepContext c) { return takeOff(c); };
    Step read;
    read.name = PlanTr::tr("Read its environments");
    read.run = [](StepContext c) { return readEnvironments(c); };
    plan.steps = {take, read};
    return plan;
}

} // namespace

Plan planSetUp(const SetUpIntent &intent)
{
    if (!intent.adopt.isEmpty())
        return planAdopt(intent);
    Plan plan;
    plan.account = intent.account;
    plan.undoAtOnce = true;
    plan.leases = {intent.pipeline + u'/' + kProduction, intent.pipeline + u'/' + kStaging};
    if (intent.sample) {
        plan.leases.append(intent.pipeline + u'/' + kSampleEnvironment);
        Step repository;
        repository.name = PlanTr::tr("Make the sample's repository");
        repository.run = [](StepContext c) { return makeSampleRepository(c); };
        repository.undo = [](StepContext c) { return removeRepository(c); };
        plan.steps.append(repository);
    }
    Step pipeline;
    pipeline.name = PlanTr::tr("Set up %1").arg(intent.pipeline);
    pipeline.run = [intent](StepContext c) { return setUp(c, intent); };
    pipeline.undo = [intent](StepContext c) { return takeBack(c, intent.sample); };

    Step production;
    production.name = PlanTr::tr("Deploy to %1").arg(kProduction);
    production.run = [](StepContext c) { return deployMain(c); };

    Step staging;
    staging.name = PlanTr::tr("Release the same in %1").arg(kStaging);
    staging.run = [](StepContext c) {
        return releaseArtifactOf(c, kProduction, kStaging, PlanTr::tr("Same as %1").arg(kProduction));
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
    down.name = PlanTr::tr("Shut its environments down");
    down.run = [](StepContext c) { return shutAllDown(c); };
    down.done = PlanTr::tr("Its environments are shut down.");

    Step remove;
    remove.name = PlanTr::tr("Remove its releases");
    remove.run = [](StepContext c) { return removeAtProvider(c); };
    remove.otherwise = PlanTr::tr("Its releases are still there.");

    Step end;
    end.name = PlanTr::tr("Forget %1").arg(intent.pipeline);
    end.run = [](StepContext c) { return ended(forget(c, c.facts.value(u"sample"_s).toBool())); };
    end.otherwise = PlanTr::tr("%1 is still on the board.").arg(intent.pipeline);
    plan.steps = intent.forgetOnly ? QList<Step>{end} : QList<Step>{down, remove, end};
    return plan;
}

} // namespace Slipway
