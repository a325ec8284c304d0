// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/circleci/workflows.h"

#include "providers/circleci/phrases.h"
#include "providers/circleci/words.h"

#include <algorithm>

namespace Slipway::CircleCi {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMostPages = 20; ///< of one list; nobody has more workflows in a pipeline, or jobs in a workflow
constexpr int kMostPipelines = 1000;
constexpr int kMostJobs = 20000;

/// A pipeline of which only the setup is there is about to get more.
bool allPassed(const QList<WorkflowRecord> &workflows)
{
    const auto setup = [](const WorkflowRecord &one) { return one.setup; };
    const auto passed = [](const WorkflowRecord &one) { return workflowPhase(one.status) == Phase::Passed; };
    return !std::all_of(workflows.cbegin(), workflows.cend(), setup)
        && std::all_of(workflows.cbegin(), workflows.cend(), passed);
}

/// The list can lag behind its workflow (source: circleci.md, "Jobs").
bool upToDate(const QList<JobRecord> &jobs, Phase phase)
{
    const auto is = [](const QString &status) {
        return [status](const JobRecord &job) { return job.status == status; };
    };
    const bool goes = std::any_of(jobs.cbegin(), jobs.cend(), is(u"running"_s))
        || std::any_of(jobs.cbegin(), jobs.cend(), is(u"queued"_s));
    const bool held = std::any_of(jobs.cbegin(), jobs.cend(), is(u"on_hold"_s));
    return !goes && held == (phase == Phase::Held);
}

} // namespace

Workflows::Workflows(CircleCiApi &api)
    : m_api(api)
    , m_passed(kMostPipelines)
    , m_jobs(kMostJobs)
{ }

Task<QList<WorkflowRecord>> Workflows::of(QString pipeline, bool fresh)
{
    using All = Result<QList<WorkflowRecord>>;
    const QList<WorkflowRecord> *kept = fresh ? nullptr : m_passed.object(pipeline);
    if (kept)
        co_return All(*kept);
    Call call;
    call.path = u"/pipeline/"_s + segment(pipeline) + u"/workflow"_s;
    call.what = Phrases::tr("list the workflows");
    const auto listed = co_await m_api.list(call, kMostPages);
    if (!listed)
        co_return All(tl::unexpect, listed.error());
    const All workflows = workflowsFrom(listed->items);
    if (workflows && allPassed(*workflows))
        m_passed.insert(pipeline, new QList<WorkflowRecord>(*workflows));
    else
        m_passed.remove(pipeline);
    co_return workflows;
}

Task<WorkflowRecord> Workflows::one(QString workflow)
{
    Call call;
    call.path = u"/workflow/"_s + segment(workflow);
    call.what = Phrases::tr("tell how the workflow is");
    const auto answer = co_await m_api.object(call);
    if (!answer)
        co_return Result<WorkflowRecord>(tl::unexpect, answer.error());
    co_return workflowFrom(*answer);
}

Task<QList<JobRecord>> Workflows::jobsNow(QString workflow)
{
    using All = Result<QList<JobRecord>>;
    Call call;
    call.path = u"/workflow/"_s + segment(workflow) + u"/job"_s;
    call.what = Phrases::tr("list the jobs of a workflow");
    const auto listed = co_await m_api.list(call, kMostPages);
    if (!listed)
        co_return All(tl::unexpect, listed.error());
    co_return jobsFrom(listed->items);
}

Task<QList<JobRecord>> Workflows::jobs(WorkflowRecord workflow, bool fresh)
{
    using All = Result<QList<JobRecord>>;
    const Phase phase = workflowPhase(workflow.status);
    const Jobs *kept = m_jobs.object(workflow.id);
    if (kept && kept->status == workflow.status && (!fresh || isOver(phase)))
        co_return All(kept->jobs);
    const All jobs = co_await jobsNow(workflow.id);
    if (jobs && (isOver(phase) || phase == Phase::Held) && upToDate(*jobs, phase))
        m_jobs.insert(workflow.id, new Jobs{workflow.status, *jobs}, std::max<qsizetype>(1, jobs->size()));
    co_return jobs;
}

void Workflows::forgetPipeline(const QString &pipeline)
{
    m_passed.remove(pipeline);
}

void Workflows::forgetJobs(const QString &workflow)
{
    m_jobs.remove(workflow);
}

} // namespace Slipway::CircleCi
