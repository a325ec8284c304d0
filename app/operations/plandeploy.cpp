// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/operations/code.h"
#include "app/operations/environmentsteps.h"
#include "app/operations/mergesteps.h"
#include "app/operations/observation.h"
#include "app/operations/plans.h"
#include "app/operations/movecheck.h"

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

QString wording(const CodeChoice &code, const QString &source)
{
    if (!code.change.isEmpty())
        return code.change;
    if (!code.version.isEmpty())
        return code.version.size() == 40 ? code.version.left(7) : code.version;
    if (!code.directory.isEmpty())
        return code.directory;
    return PlanTr::tr("what %1 runs").arg(source);
}

Step findStep(const CodeChoice &code, const QString &source)
{
    Step step;
    step.name = PlanTr::tr("Look up %1").arg(wording(code, source));
    step.run = [code, source](StepContext c) { return findCode(c, code, source); };
    step.again = true;
    return step;
}

Step deployStep(const CodeChoice &code, const QString &source, const QString &environment, const QString &note)
{
    Step step;
    step.name = PlanTr::tr("Deploy %1 to %2").arg(wording(code, source), environment);
    step.run = [environment, note](StepContext c) { return deployFound(c, environment, note); };
    step.done = PlanTr::tr("%1 runs the new release.").arg(environment);
    return step;
}

/// The identical artifact in one target, and a look whether it is.
QList<Step> promotionTo(const QString &target, const QString &source)
{
    Step deploy;
    deploy.name = PlanTr::tr("Release what %1 runs in %2").arg(source, target);
    deploy.run = [target, source](StepContext c) {
        return deployFound(c, target, PlanTr::tr("Promoted from %1").arg(source));
    };
    deploy.done = PlanTr::tr("%1 runs the release of %2.").arg(target, source);
    deploy.otherwise = PlanTr::tr("%1 goes on with the release it had.").arg(target);

    Step compare;
    compare.name = PlanTr::tr("See that %1 runs the identical artifact").arg(target);
    compare.run = [target](StepContext c) { return assertIdentical(c, target); };
    compare.again = true;
    return {deploy, compare};
}

/// A merge that is there already was permitted when this began: its pull request is not open any more, and its dev
/// environment may be gone.
Task<QJsonObject> checkPromotion(StepContext c, PromoteIntent intent, QStringList targets)
{
    const QJsonObject code = c.facts.value(u"code"_s).toObject();
    if (intent.merge && !code.isEmpty() && !code.contains(u"from"_s))
        co_return Result<QJsonObject>(QJsonObject()); // merged by this operation: no look changes that
    if (intent.merge) {
        const PullRequestMerge merge = *intent.merge;
        const auto merged = co_await checkMerge(c, merge);
        if (!merged)
            co_return Result<QJsonObject>(tl::unexpect, merged.error());
        if (*merged)
            c.facts.insert(u"merged"_s, true);
    }
    Result<QJsonObject> looked = co_await checkMove(c, intent, intent.from, targets);
    co_return looked;
}

Step checkStep(const PromoteIntent &intent, const QStringList &targets)
{
    Step check;
    check.name = PlanTr::tr("Check that nothing moved");
    check.run = [intent, targets](StepContext c) { return checkPromotion(c, intent, targets); };
    check.again = true;
    return check;
}

/// The merge of its pull request, built in the target.
QList<Step> mergeTo(const QString &target, const PullRequestMerge &pull)
{
    Step merge;
    merge.name = PlanTr::tr("Merge #%1").arg(pull.number);
    merge.run = [pull](StepContext c) { return mergePullRequest(c, pull); };
    merge.done = PlanTr::tr("#%1 is merged.").arg(pull.number);
    merge.otherwise = PlanTr::tr("#%1 is not merged.").arg(pull.number);

    Step deploy;
    deploy.name = PlanTr::tr("Deploy the merge to %1").arg(target);
    deploy.run = [target, pull](StepContext c) {
        return deployFound(c, target, PlanTr::tr("Merged #%1").arg(pull.number));
    };
    deploy.done = PlanTr::tr("%1 runs the merge.").arg(target);
    deploy.otherwise = PlanTr::tr("%1 goes on with the release it had.").arg(target);
    return {merge, deploy};
}

Step branchStep(const PullRequestMerge &pull)
{
    Step gone;
    gone.name = PlanTr::tr("Delete the branch %1").arg(pull.branch);
    gone.run = [pull](StepContext c) { return deleteMergedBranch(c, pull); };
    gone.done = PlanTr::tr("The branch %1 is deleted.").arg(pull.branch);
    gone.otherwise = PlanTr::tr("The branch %1 is still there.").arg(pull.branch);
    return gone;
}

} // namespace

Plan planClone(const CloneIntent &intent)
{
    Step clone;
    clone.name = PlanTr::tr("Clone %1 to %2").arg(intent.from, intent.name);
    clone.run = [intent](StepContext c) { return cloneEnvironment(c, intent); };
    clone.undo = [intent](StepContext c) { return removeClone(c, intent.name); };
    clone.done = PlanTr::tr("%1 was cloned from %2, but does not run its change.").arg(intent.name, intent.from);
    clone.otherwise = PlanTr::tr("%1 was not made.").arg(intent.name);

    const Step deploy =
        deployStep(intent.code, intent.from, intent.name, PlanTr::tr("Cloned from %1").arg(intent.from));

    Plan plan;
    plan.leases = {intent.pipeline + u'/' + intent.from, intent.pipeline + u'/' + intent.name};
    plan.steps = {findStep(intent.code, intent.from), clone, deploy};
    return plan;
}

Plan planReview(const ReviewIntent &intent)
{
    CodeChoice code;
    code.change = intent.change;
    Step make;
    make.name = PlanTr::tr("Make the review app");
    make.run = [](StepContext c) { return makeReview(c); };
    make.otherwise = PlanTr::tr("A review app that was begun is on the board.");

    Plan plan;
    plan.leases = {intent.pipeline + u'/' + intent.change}; // its name is not known before it is made
    plan.steps = {findStep(code, {}), make};
    return plan;
}

Plan planDeploy(const DeployIntent &intent)
{
    Step deploy = deployStep(intent.code, intent.environment, intent.environment, {});
    deploy.otherwise = PlanTr::tr("%1 goes on with the release it had.").arg(intent.environment);

    Plan plan;
    plan.leases = {intent.pipeline + u'/' + intent.environment};
    plan.steps = {findStep(intent.code, intent.environment), deploy};
    return plan;
}

Plan planPromote(const PromoteIntent &intent)
{
    const QStringList targets = QStringList{intent.to} + intent.alsoTo;
    Plan plan;
    plan.leases = {intent.pipeline + u'/' + intent.from};
    for (const QString &target : targets)
        plan.leases.append(intent.pipeline + u'/' + target);
    plan.steps = {checkStep(intent, targets)};
    plan.undoWindow = true;
    if (intent.merge) {
        plan.steps += mergeTo(intent.to, *intent.merge);
    } else {
        plan.looksLast = !intent.shutDownAfter;
        for (const QString &target : targets) // in order: the first failure stops the rest
            plan.steps += promotionTo(target, intent.from);
    }
    if (intent.shutDownAfter) {
        Step end;
        end.name = PlanTr::tr("Shut %1 down").arg(intent.from);
        end.run = [intent](StepContext c) { return shutDownEnvironment(c, intent.from); };
        end.done = PlanTr::tr("%1 is shut down.").arg(intent.from);
        end.otherwise = PlanTr::tr("%1 was not shut down.").arg(intent.from);
        plan.steps.append(end);
    }
    if (intent.merge && !intent.merge->branch.isEmpty())
        plan.steps.append(branchStep(*intent.merge));
    return plan;
}

} // namespace Slipway
