// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/circleci/reporter.h"

#include "providers/circleci/fields.h"
#include "providers/circleci/phrases.h"

#include <algorithm>

namespace Slipway::CircleCi {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMostTested = 10; ///< failed jobs whose tests are read
constexpr int kRerunDays = 90; ///< older ones cannot be run again (source: circleci.md, "Workflows")

/// "Passed" of a workflow is all of it: one that waits for approval goes on.
CiState stateOf(Phase phase, const QString &status)
{
    switch (phase) {
    case Phase::Going:
        return failing(status) ? CiState::Failed : CiState::Running;
    case Phase::Held:
        return CiState::Running;
    case Phase::Passed:
        return CiState::Passed;
    case Phase::Failed:
        return CiState::Failed;
    case Phase::Cancelled:
    case Phase::Nothing:
        return CiState::None;
    case Phase::Unknown:
        break;
    }
    return CiState::Unknown;
}

bool mayRerun(const WorkflowRecord &workflow, Phase phase)
{
    if (phase != Phase::Failed && phase != Phase::Cancelled)
        return false;
    return !workflow.createdAt.isValid() || workflow.createdAt.daysTo(QDateTime::currentDateTimeUtc()) < kRerunDays;
}

void remark(QStringList &notes, const QString &note)
{
    if (!note.isEmpty() && !notes.contains(note))
        notes.append(note);
}

/// What neither a state nor a job says.
void remarkStates(QStringList &notes, const Checks &checks)
{
    if (checks.errored) {
        const QString why = checks.errored->errors.join(u"; "_s);
        remark(notes,
               why.isEmpty() ? Phrases::tr("CircleCI could not start the workflows.")
                             : Phrases::tr("CircleCI could not start the workflows: %1").arg(why));
    }
    for (const WorkflowRecord &run : checks.runs) {
        if (run.status == u"error")
            remark(notes, Phrases::tr("“%1” ended with an error of its setup or of CircleCI.").arg(run.name));
        else if (run.status == u"canceled")
            remark(notes, Phrases::tr("“%1” was cancelled.").arg(run.name));
        else if (workflowPhase(run.status) == Phase::Unknown)
            remark(notes,
                   Phrases::tr("CircleCI says “%1” of “%2”, which Slipway does not know.")
                       .arg(oneLine(run.status), run.name));
    }
}

QList<int> failedJobs(const Checks &checks)
{
    QList<int> numbers;
    for (const WorkflowRecord &run : checks.runs) {
        const QList<JobRecord> jobs = checks.jobs.value(run.id);
        for (const JobRecord &job : jobs) {
            const bool tested = !job.approval && job.number && jobState(job.status) == CiState::Failed;
            if (tested && !numbers.contains(*job.number))
                numbers.append(*job.number);
        }
    }
    return numbers;
}

} // namespace

Reporter::Reporter(Pipelines &pipelines, Workflows &workflows, Observer &observer, TestResults &tests,
                   const WebAddress &web)
    : m_pipelines(pipelines)
    , m_workflows(workflows)
    , m_observer(observer)
    , m_tests(tests)
    , m_web(web)
{ }

Task<Checks> Reporter::withJobs(Checks checks, std::shared_ptr<QStringList> notes)
{
    const QList<WorkflowRecord> runs = checks.runs;
    for (const WorkflowRecord &run : runs) {
        const auto jobs = co_await m_workflows.jobs(run, true);
        if (jobs) {
            checks.jobs.insert(run.id, *jobs);
            continue;
        }
        if (jobs.error().kind() == Error::Kind::Cancelled)
            co_return Result<Checks>(tl::unexpect, jobs.error());
        remark(*notes, Phrases::tr("The jobs of “%1” are not known: %2").arg(run.name, jobs.error().message()));
    }
    co_return Result<Checks>(checks);
}

Task<Reporter::Tests> Reporter::testsOf(QString project, Checks checks, std::shared_ptr<QStringList> notes)
{
    Tests all;
    QList<int> jobs = failedJobs(checks);
    if (jobs.size() > kMostTested) {
        remark(*notes, Phrases::tr("Of the failed jobs the tests of the first %1 are shown.").arg(kMostTested));
        jobs.resize(kMostTested);
    }
    for (const int job : std::as_const(jobs)) {
        const auto tests = co_await m_tests.failed(project, job);
        if (tests) {
            all.insert(job, *tests);
            if (!tests->whole)
                remark(*notes, Phrases::tr("More tests failed in job %1 than are shown.").arg(job));
            continue;
        }
        const Error::Kind kind = tests.error().kind();
        if (kind == Error::Kind::Cancelled)
            co_return Result<Tests>(tl::unexpect, tests.error());
        if (kind == Error::Kind::NotFound) // it kept none
            continue;
        remark(*notes, Phrases::tr("Which tests failed is not known: %1").arg(tests.error().message()));
        if (kind != Error::Kind::BadPayload)
            break; // the next question would not fare better
    }
    co_return Result<Tests>(all);
}

CiJob Reporter::job(const WorkflowRecord &workflow, const JobRecord &record, const Tests &tests) const
{
    CiJob job;
    job.name = record.name;
    job.state = jobState(record.status);
    job.stateText = jobWords(record.status);
    job.url = m_web.of(workflow, record);
    job.startedAt = record.startedAt;
    job.endedAt = record.stoppedAt;
    if (record.approval) {
        job.id = record.approvalRequest.isEmpty() ? record.id : record.approvalRequest;
        job.waits = record.status == u"on_hold";
        if (record.status == u"success")
            job.stateText = Phrases::tr("approved");
        return job;
    }
    job.id = record.number ? QString::number(*record.number) : record.id;
    job.hasLog = record.number && record.startedAt.isValid();
    const FailedTests failed = record.number ? tests.value(*record.number) : FailedTests();
    job.failing = failed.names;
    job.flaky = failed.flaky;
    return job;
}

CiRun Reporter::run(const WorkflowRecord &workflow, const Checks &checks, const Tests &tests) const
{
    const Phase phase = workflowPhase(workflow.status);
    CiRun run;
    run.id = workflow.id;
    run.name = workflow.name;
    run.state = stateOf(phase, workflow.status);
    run.mayRerun = mayRerun(workflow, phase);
    run.mayCancel = phase == Phase::Going || phase == Phase::Held;
    const QList<JobRecord> jobs = checks.jobs.value(workflow.id);
    for (const JobRecord &record : jobs)
        run.jobs.append(job(workflow, record, tests));
    return run;
}

Task<CiReport> Reporter::report(QString project, CiCommit commit)
{
    const QStringList versions(commit.version);
    const auto found = co_await m_pipelines.find(project, commit.branch, versions);
    if (!found)
        co_return Result<CiReport>(tl::unexpect, found.error());
    const QList<PipelineRecord> pipelines = found->value(commit.version);
    const auto looked = co_await m_observer.look(pipelines, true);
    if (!looked)
        co_return Result<CiReport>(tl::unexpect, looked.error());
    const auto notes = std::make_shared<QStringList>();
    const auto checks = co_await withJobs(*looked, notes);
    if (!checks)
        co_return Result<CiReport>(tl::unexpect, checks.error());
    const auto tests = co_await testsOf(project, *checks, notes);
    if (!tests)
        co_return Result<CiReport>(tl::unexpect, tests.error());
    CiReport report;
    report.version = commit.version;
    report.status = statusOf(*checks, m_web);
    for (const WorkflowRecord &workflow : checks->runs)
        report.runs.append(run(workflow, *checks, *tests));
    std::stable_sort(report.runs.begin(), report.runs.end(),
                     [](const CiRun &one, const CiRun &other) { return one.name < other.name; });
    remarkStates(*notes, *checks);
    report.note = notes->join(u' ');
    co_return Result<CiReport>(report);
}

} // namespace Slipway::CircleCi
