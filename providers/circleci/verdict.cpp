// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/circleci/verdict.h"

#include <algorithm>
#include <array>

namespace Slipway::CircleCi {

using namespace Qt::StringLiterals;

namespace {

bool isWaited(const PipelineRecord &pipeline)
{
    return pipeline.state == u"pending" || pipeline.state == u"setup-pending" || pipeline.state == u"setup";
}

CiState stateOf(const WorkflowRecord &run, const Checks &checks)
{
    switch (workflowPhase(run.status)) {
    case Phase::Going:
        return failing(run.status) ? CiState::Failed : CiState::Running;
    case Phase::Held:
        return heldState(checks.jobs.value(run.id));
    case Phase::Passed:
        return CiState::Passed;
    case Phase::Failed:
        return CiState::Failed;
    case Phase::Nothing:
        return CiState::None;
    case Phase::Cancelled: // what it would have said is not known
    case Phase::Unknown:
        break;
    }
    return CiState::Unknown;
}

void countJobs(CiStatus &status, const Checks &checks)
{
    int passed = 0;
    int failed = 0;
    for (const WorkflowRecord &run : checks.runs) {
        const auto jobs = checks.jobs.constFind(run.id);
        if (jobs == checks.jobs.cend())
            return;
        for (const JobRecord &job : *jobs) {
            const CiState state = job.approval ? CiState::None : jobState(job.status);
            passed += state == CiState::Passed ? 1 : 0;
            failed += state == CiState::Failed ? 1 : 0;
        }
    }
    const bool explains = status.state != CiState::Failed || failed > 0; // an error of the workflow itself has no job
    if (!explains || passed + failed == 0)
        return;
    status.passed = passed;
    status.failed = failed;
}

} // namespace

void addPipeline(Checks &checks, const PipelineRecord &pipeline, const QList<WorkflowRecord> &workflows)
{
    const auto real = [](const WorkflowRecord &one) { return !one.setup; };
    const bool onlySetup = std::none_of(workflows.cbegin(), workflows.cend(), real);
    const bool newest = checks.runs.isEmpty() && !checks.errored && !checks.starting;
    if (onlySetup && pipeline.state == u"errored") {
        if (newest)
            checks.errored = pipeline;
        return;
    }
    if (onlySetup && isWaited(pipeline) && !checks.starting)
        checks.starting = pipeline;
    QList<WorkflowRecord> tries;
    for (const WorkflowRecord &one : workflows) {
        if (one.setup != onlySetup)
            continue;
        const auto same = [&one](const WorkflowRecord &other) { return other.name == one.name; };
        const auto other = std::find_if(tries.begin(), tries.end(), same);
        if (other == tries.end())
            tries.append(one);
        else if (one.createdAt > other->createdAt)
            *other = one;
    }
    for (const WorkflowRecord &one : std::as_const(tries)) {
        const auto same = [&one](const WorkflowRecord &other) { return other.name == one.name; };
        if (std::none_of(checks.runs.cbegin(), checks.runs.cend(), same))
            checks.runs.append(one);
    }
}

CiState heldState(const QList<JobRecord> &jobs)
{
    bool passed = false;
    bool failed = false;
    for (const JobRecord &job : jobs) {
        const CiState state = job.approval ? CiState::None : jobState(job.status);
        if (state == CiState::Running)
            return CiState::Running;
        failed = failed || state == CiState::Failed;
        passed = passed || state == CiState::Passed;
    }
    if (failed)
        return CiState::Failed;
    return passed ? CiState::Passed : CiState::Running;
}

CiStatus statusOf(const Checks &checks, const WebAddress &web)
{
    CiStatus status;
    if (checks.errored) {
        status.state = CiState::Failed;
        status.url = web.of(*checks.errored);
        return status;
    }
    constexpr std::array order{CiState::Failed, CiState::Running, CiState::Unknown, CiState::Passed};
    auto best = order.size();
    for (const WorkflowRecord &run : checks.runs) {
        const auto place = std::find(order.cbegin(), order.cend(), stateOf(run, checks)) - order.cbegin();
        if (std::size_t(place) < best || status.url.isEmpty())
            status.url = web.of(run);
        best = std::min(best, std::size_t(place));
    }
    status.state = best < order.size() ? order.at(best) : CiState::None;
    if (checks.starting && status.state != CiState::Failed) {
        status.state = CiState::Running;
        status.url = web.of(*checks.starting);
    } else if (wantsJobs(checks)) {
        countJobs(status, checks);
    }
    return status;
}

bool wantsJobs(const Checks &checks)
{
    if (checks.errored || checks.starting || checks.runs.isEmpty())
        return false;
    return std::all_of(checks.runs.cbegin(), checks.runs.cend(), [](const WorkflowRecord &run) {
        const Phase phase = workflowPhase(run.status);
        return isOver(phase) || phase == Phase::Held;
    });
}

} // namespace Slipway::CircleCi
