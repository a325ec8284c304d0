// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/circleci/actions.h"

#include "providers/circleci/fields.h"
#include "providers/circleci/phrases.h"
#include "providers/circleci/words.h"

#include <algorithm>

namespace Slipway::CircleCi {

using namespace Qt::StringLiterals;
using Kind = Error::Kind;

namespace {

constexpr int kMostLooks = 8; ///< at an approval that was accepted
constexpr int kLagLooks = 3; ///< at a list that may lag behind (source: circleci.md, "Jobs")

bool wasLate(const Error &error)
{
    return error.kind() == Kind::Invalid || error.kind() == Kind::Conflict || error.kind() == Kind::NotFound;
}

/// Where something failed what passed need not run again.
bool fromFailed(const QString &status)
{
    return status == u"failed" || status == u"canceled" || status == u"unauthorized";
}

Error notWaiting(const JobRecord &job)
{
    return Error(Kind::Conflict,
                 Phrases::tr("“%1” does not wait for approval: %2.").arg(job.name, jobWords(job.status)),
                 Phrases::tr("Look at it again; it may have changed meanwhile."));
}

} // namespace

Actions::Actions(CircleCiApi &api, Workflows &workflows)
    : m_api(api)
    , m_workflows(workflows)
{ }

Task<void> Actions::post(QString path, QString what, QJsonObject body, bool repeatable)
{
    Call call;
    call.method = "POST";
    call.path = path;
    call.what = what;
    call.body = body;
    call.repeatable = repeatable;
    const auto answer = co_await m_api.send(call);
    if (!answer)
        co_return Result<void>(tl::unexpect, answer.error());
    co_return Result<void>();
}

Task<bool> Actions::hasNewerTry(WorkflowRecord workflow)
{
    if (workflow.pipeline.isEmpty() || !workflow.createdAt.isValid())
        co_return Result<bool>(false);
    const auto all = co_await m_workflows.of(workflow.pipeline, true);
    if (!all)
        co_return Result<bool>(tl::unexpect, all.error());
    co_return Result<bool>(std::any_of(all->cbegin(), all->cend(), [&workflow](const WorkflowRecord &other) {
        return other.name == workflow.name && other.createdAt > workflow.createdAt;
    }));
}

Task<void> Actions::rerun(QString workflow)
{
    const auto asked = co_await m_workflows.one(workflow);
    if (!asked)
        co_return Result<void>(tl::unexpect, asked.error());
    const Phase phase = workflowPhase(asked->status);
    if (phase == Phase::Going || phase == Phase::Held)
        co_return Result<void>();
    if (phase == Phase::Unknown) {
        const Error odd(Kind::Conflict,
                        Phrases::tr("CircleCI says “%1” of “%2”, which Slipway does not know.")
                            .arg(oneLine(asked->status), asked->name),
                        Phrases::tr("Start it again at CircleCI."));
        co_return Result<void>(tl::unexpect, odd);
    }
    const QString path = u"/workflow/"_s + segment(workflow) + u"/rerun"_s;
    const QString what = Phrases::tr("start “%1” again").arg(asked->name);
    QJsonObject body;
    body.insert(u"from_failed"_s, fromFailed(asked->status));
    for (bool again = false;; again = true) {
        const auto newer = co_await hasNewerTry(*asked);
        if (!newer)
            co_return Result<void>(tl::unexpect, newer.error());
        if (*newer) // an earlier answer was lost, or somebody else was faster
            co_return Result<void>();
        const auto sent = co_await post(path, what, body, false);
        m_workflows.forgetPipeline(asked->pipeline);
        if (sent || again || sent.error().kind() == Kind::Cancelled || !mayHaveHappened(sent.error()))
            co_return sent;
        const auto waited = co_await m_api.pause(); // it may be about to appear
        if (!waited)
            co_return waited;
    }
}

Task<void> Actions::cancel(QString workflow)
{
    const auto before = co_await m_workflows.one(workflow);
    if (!before)
        co_return Result<void>(tl::unexpect, before.error());
    if (isOver(workflowPhase(before->status)))
        co_return Result<void>();
    const QString path = u"/workflow/"_s + segment(workflow) + u"/cancel"_s;
    const QString what = Phrases::tr("cancel “%1”").arg(before->name);
    const QJsonObject nothing;
    const auto sent = co_await post(path, what, nothing, true);
    if (sent || !wasLate(sent.error()))
        co_return sent;
    const auto after = co_await m_workflows.one(workflow);
    if (after && isOver(workflowPhase(after->status)))
        co_return Result<void>();
    co_return sent;
}

Task<JobRecord> Actions::approval(QString workflow, QString request)
{
    const auto jobs = co_await m_workflows.jobsNow(workflow);
    if (!jobs)
        co_return Result<JobRecord>(tl::unexpect, jobs.error());
    const auto found = std::find_if(jobs->cbegin(), jobs->cend(), [&request](const JobRecord &job) {
        return job.approval && (job.approvalRequest == request || job.id == request);
    });
    if (found == jobs->cend()) {
        const Error missing(Kind::NotFound, Phrases::tr("This workflow has no such approval."),
                            Phrases::tr("Look at it again; it may have been started anew."));
        co_return Result<JobRecord>(tl::unexpect, missing);
    }
    co_return Result<JobRecord>(*found);
}

/// Accepted is not approved: looks until it is. Sent again after a lost answer it is refused, and approved.
Task<void> Actions::approve(QString workflow, QString request)
{
    std::optional<Result<void>> sent;
    QString name;
    for (int look = 1;; ++look) {
        const auto job = co_await approval(workflow, request);
        const bool lags =
            !sent && look < kLagLooks && (job ? job->status == u"blocked" : job.error().kind() == Kind::NotFound);
        if (!job && !lags)
            co_return Result<void>(tl::unexpect, job.error());
        if (job && job->status == u"success")
            co_return Result<void>();
        if (job && job->status != u"on_hold" && !lags)
            co_return Result<void>(tl::unexpect, notWaiting(*job));
        if (sent && !*sent)
            co_return *sent;
        if (look >= kMostLooks)
            break;
        if (!lags && !sent) {
            name = job->name;
            const QString path = u"/workflow/"_s + segment(workflow) + u"/approve/"_s + segment(request);
            const QString what = Phrases::tr("approve “%1”").arg(name);
            const QJsonObject nothing;
            const auto answered = co_await post(path, what, nothing, true);
            m_workflows.forgetJobs(workflow);
            if (!answered && !wasLate(answered.error()))
                co_return answered;
            sent = answered;
        }
        const auto waited = co_await m_api.pause();
        if (!waited)
            co_return waited;
    }
    const Error slow(Kind::Server,
                     Phrases::tr("CircleCI took the approval of “%1”, and still shows it waiting.").arg(name),
                     Phrases::tr("Look again in a minute; to approve it again does no harm."));
    co_return Result<void>(tl::unexpect, slow);
}

} // namespace Slipway::CircleCi
