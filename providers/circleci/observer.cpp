// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/circleci/observer.h"

#include <QMap>

#include <algorithm>

namespace Slipway::CircleCi {

using namespace Qt::StringLiterals;

namespace {

using States = QHash<QString, CiStatus>;

constexpr int kPipelinesOfCommit = 5; ///< of one commit: it is pushed once, and started by hand a few times at most

QMap<QString, QStringList> byBranch(const QList<CiCommit> &commits)
{
    QMap<QString, QStringList> all;
    for (const CiCommit &commit : commits) {
        QStringList &versions = all[commit.branch];
        if (!versions.contains(commit.version))
            versions.append(commit.version);
    }
    return all;
}

/// Whether the next question would not fare better.
bool endsTheRound(const Error &error)
{
    return error.kind() != Error::Kind::BadPayload && error.kind() != Error::Kind::NotFound;
}

/// What could be told before something went wrong is told; the rest is for the next time.
Result<States> soFar(const States &states, const std::optional<Error> &error)
{
    if (!error)
        return states;
    const bool final = error->kind() == Error::Kind::Cancelled || error->kind() == Error::Kind::Unauthorized;
    if (final || states.isEmpty())
        return tl::unexpected(*error);
    return states;
}

/// The same commit may be asked about on several branches: what is known of it counts.
void add(States &states, const QString &version, const CiStatus &status)
{
    if (!states.contains(version) || states.value(version).state == CiState::None)
        states.insert(version, status);
}

} // namespace

Observer::Observer(Pipelines &pipelines, Workflows &workflows, const WebAddress &web)
    : m_pipelines(pipelines)
    , m_workflows(workflows)
    , m_web(web)
{ }

Task<Checks> Observer::look(QList<PipelineRecord> pipelines, bool fresh)
{
    Checks checks;
    pipelines.resize(std::min<qsizetype>(pipelines.size(), kPipelinesOfCommit));
    for (const PipelineRecord &pipeline : std::as_const(pipelines)) {
        const auto workflows = co_await m_workflows.of(pipeline.id, fresh);
        if (!workflows)
            co_return Result<Checks>(tl::unexpect, workflows.error());
        addPipeline(checks, pipeline, *workflows);
    }
    co_return Result<Checks>(checks);
}

Task<CiStatus> Observer::status(QList<PipelineRecord> pipelines)
{
    const auto looked = co_await look(pipelines, false);
    if (!looked)
        co_return Result<CiStatus>(tl::unexpect, looked.error());
    Checks checks = *looked;
    if (!wantsJobs(checks))
        co_return Result<CiStatus>(statusOf(checks, m_web));
    const QList<WorkflowRecord> runs = checks.runs;
    for (const WorkflowRecord &run : runs) {
        const auto jobs = co_await m_workflows.jobs(run, false);
        if (jobs) // without them the state is known all the same, and what is counted stays open
            checks.jobs.insert(run.id, *jobs);
        else if (jobs.error().kind() == Error::Kind::Cancelled)
            co_return Result<CiStatus>(tl::unexpect, jobs.error());
    }
    co_return Result<CiStatus>(statusOf(checks, m_web));
}

Task<States> Observer::states(QString project, QList<CiCommit> commits)
{
    States states;
    std::optional<Error> trouble;
    const QMap<QString, QStringList> branches = byBranch(commits);
    for (auto branch = branches.cbegin(); branch != branches.cend(); ++branch) {
        const auto found = co_await m_pipelines.find(project, branch.key(), branch.value());
        if (!found)
            co_return soFar(states, found.error());
        for (const QString &version : branch.value()) {
            const QList<PipelineRecord> pipelines = found->value(version);
            const auto one = co_await status(pipelines);
            if (one) {
                add(states, version, *one);
                continue;
            }
            if (!trouble)
                trouble = one.error();
            if (endsTheRound(one.error()))
                co_return soFar(states, one.error());
        }
    }
    co_return soFar(states, trouble);
}

} // namespace Slipway::CircleCi
