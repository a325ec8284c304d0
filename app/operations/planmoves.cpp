// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The moves that are no promotion: update from staging, reset staging to production, send back.
#include "app/operations/code.h"
#include "app/operations/environmentsteps.h"
#include "app/operations/movecheck.h"
#include "app/operations/observation.h"
#include "app/operations/plans.h"
#include "models/domain/json.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

/// Facts: "branch", "head" (of the branch as the environment runs it) and "staging", the version to merge.
Task<QJsonObject> lookAtBranch(StepContext c, UpdateIntent intent)
{
    const auto snapshot = co_await observePipeline(c, true);
    if (!snapshot)
        co_return Result<QJsonObject>(tl::unexpect, snapshot.error());
    const BoardReader reader(*c.cache, *c.store);
    const auto staging = reader.environmentAt(c.pipeline.name, Stage::Staging);
    const Environment *carrier = snapshot->environment(intent.environment);
    const QString branch = carrier && carrier->release ? carrier->release->change.branch : QString();
    if (branch.isEmpty() || carrier->release->uncommitted) {
        const Error error(Error::Kind::Invalid,
                          PlanTr::tr("“%1” does not run a branch that could be updated.").arg(intent.environment),
                          PlanTr::tr("Commit the work to a branch and deploy that."));
        co_return Result<QJsonObject>(tl::unexpect, error);
    }
    if (!staging || !staging->release || staging->release->version.isEmpty()) {
        const Error error(Error::Kind::NotFound, PlanTr::tr("Staging of “%1” has no release.").arg(c.pipeline.name));
        co_return Result<QJsonObject>(tl::unexpect, error);
    }
    QString head = carrier->release->version;
    const QList<Change> open = reader.cache().changes(c.pipeline.name);
    for (const Change &change : open) {
        if (change.branch == branch)
            head = change.head; // the branch may have moved on since it was deployed
    }
    co_return Result<QJsonObject>(QJsonObject{{u"branch"_s, branch},
                                              {u"head"_s, head},
                                              {u"staging"_s, staging->release->version},
                                              {u"change"_s, toJson(carrier->release->change)}});
}

/// Facts: "code", the merge commit.
Task<QJsonObject> mergeStaging(StepContext c)
{
    BranchUpdate update;
    update.pipeline = sourceOf(c.pipeline).id;
    update.branch = c.facts.value(u"branch"_s).toString();
    update.head = c.facts.value(u"head"_s).toString();
    update.version = c.facts.value(u"staging"_s).toString();
    update.message = u"Merge what staging runs into %1"_s.arg(update.branch);
    const std::function<Task<QString>(SourceProvider &)> work = [update](SourceProvider &source) {
        return source.updateBranch(update);
    };
    const auto merged = co_await onSource<QString>(c, work);
    if (!merged)
        co_return Result<QJsonObject>(tl::unexpect, merged.error());
    Change change = changeFromJson(c.facts.value(u"change"_s).toObject());
    change.head = *merged;
    const QJsonObject code{{u"version"_s, *merged}, {u"change"_s, toJson(change)}};
    co_return Result<QJsonObject>(QJsonObject{{u"code"_s, code}});
}

Step checkStep(const Intent &intent, const QString &source, const QString &target)
{
    Step check;
    check.name = PlanTr::tr("Check that nothing moved");
    check.run = [intent, source, target](StepContext c) { return checkMove(c, intent, source, {target}); };
    check.again = true;
    return check;
}

/// Production's artifact in staging, and a look whether it is there.
QList<Step> backToProduction(const QString &staging, const QString &production)
{
    Step release;
    release.name = PlanTr::tr("Release what %1 runs in %2").arg(production, staging);
    release.run = [staging, production](StepContext c) {
        return releaseArtifactOf(c, production, staging, PlanTr::tr("Reset to %1").arg(production));
    };
    release.done = PlanTr::tr("%1 runs the release of %2.").arg(staging, production);
    release.otherwise = PlanTr::tr("%1 goes on with the release it had.").arg(staging);

    Step compare;
    compare.name = PlanTr::tr("See that both run the identical artifact");
    compare.run = [staging, production](StepContext c) { return assertSameAs(c, production, staging); };
    compare.again = true;
    return {release, compare};
}

} // namespace

Plan planUpdate(const UpdateIntent &intent)
{
    Step look;
    look.name = PlanTr::tr("Look at the branch and at staging");
    look.run = [intent](StepContext c) { return lookAtBranch(c, intent); };
    look.again = true;

    Step merge;
    merge.name = PlanTr::tr("Merge what staging runs into the branch");
    merge.run = [](StepContext c) { return mergeStaging(c); };
    merge.done = PlanTr::tr("The branch contains what staging runs.");
    merge.otherwise = PlanTr::tr("The branch is as it was.");
    merge.again = true; // merges nothing twice, and a branch that moved on is merged anew

    Step deploy;
    deploy.name = PlanTr::tr("Deploy the merge to %1").arg(intent.environment);
    deploy.run = [intent](StepContext c) {
        return deployFound(c, intent.environment, PlanTr::tr("Updated from staging"));
    };
    deploy.done = PlanTr::tr("%1 runs the merge.").arg(intent.environment);
    deploy.otherwise = PlanTr::tr("%1 goes on with the release it had.").arg(intent.environment);

    Plan plan;
    plan.leases = {intent.pipeline + u'/' + intent.environment};
    plan.steps = {look, merge, deploy};
    return plan;
}

Plan planReset(const ResetIntent &intent)
{
    Plan plan;
    plan.leases = {intent.pipeline + u'/' + intent.environment, intent.pipeline + u'/' + intent.from};
    plan.steps = {checkStep(intent, intent.from, intent.environment)};
    plan.steps += backToProduction(intent.environment, intent.from);
    plan.undoWindow = true;
    if (intent.config) {
        Step config;
        config.name = PlanTr::tr("Give %1 the config of %2").arg(intent.environment, intent.from);
        config.run = [intent](StepContext c) { return copyConfig(c, intent.from, intent.environment); };
        config.done = PlanTr::tr("%1 has the config of %2.").arg(intent.environment, intent.from);
        config.otherwise = PlanTr::tr("The config of %1 is as it was.").arg(intent.environment);
        plan.steps.append(config);
    }
    if (intent.data != DataChoice::None) {
        Step data;
        data.name = PlanTr::tr("Replace the data of %1").arg(intent.environment);
        data.run = [intent](StepContext c) { return replaceData(c, intent.from, intent.environment, intent.data); };
        data.done = PlanTr::tr("The data of %1 was replaced.").arg(intent.environment);
        data.otherwise = PlanTr::tr("The data of %1 is as it was.").arg(intent.environment);
        plan.steps.append(data);
    }
    return plan;
}

Plan planSendBack(const SendBackIntent &intent)
{
    CloneIntent copy;
    copy.pipeline = intent.pipeline;
    copy.from = intent.from;
    copy.name = intent.name;
    copy.data = intent.data;
    Step clone;
    clone.name = PlanTr::tr("Clone %1 to %2").arg(intent.from, intent.name);
    clone.run = [copy](StepContext c) { return cloneEnvironment(c, copy); };
    clone.undo = [copy](StepContext c) { return removeClone(c, copy.name); };
    clone.otherwise = PlanTr::tr("%1 was not made.").arg(intent.name);

    Step deploy;
    deploy.name = PlanTr::tr("Release what %1 runs in %2").arg(intent.from, intent.name);
    deploy.run = [intent](StepContext c) {
        return deployFound(c, intent.name, PlanTr::tr("Sent back from %1").arg(intent.from));
    };
    deploy.done = PlanTr::tr("%1 runs what %2 ran.").arg(intent.name, intent.from);

    Plan plan;
    plan.leases = {intent.pipeline + u'/' + intent.from, intent.pipeline + u'/' + intent.name,
                   intent.pipeline + u'/' + intent.production};
    plan.steps = {checkStep(intent, intent.from, intent.production), clone, deploy};
    plan.steps += backToProduction(intent.from, intent.production);
    plan.undoWindow = true;
    return plan;
}

} // namespace Slipway
