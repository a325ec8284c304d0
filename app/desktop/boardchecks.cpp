// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The rest of BoardController: what CI says and does.
#include "app/desktop/boardcontroller.h"
#include "app/operations/detached.h"
#include "app/session/session.h"

namespace Slipway {

namespace {

/// `work` with the account's CI, or why there is none.
template<typename T>
std::function<Task<T>(Provider &, QString)> checking(std::function<Task<T>(CiProvider &, QString)> work)
{
    return [work = std::move(work)](Provider &provider, const QString &project) {
        if (CiProvider *ci = provider.ci())
            return work(*ci, project);
        return ended<T>(fail(Error::Kind::Unsupported,
                             BoardController::tr("The account that is named for it checks no commits."),
                             BoardController::tr("Name another one in the pipeline's menu: “Source and checks…”.")));
    };
}

QString actText(const CiAct &act)
{
    switch (act.kind) {
    case CiAct::Kind::Rerun:
        return BoardController::tr("Ran again what failed in %1").arg(act.name);
    case CiAct::Kind::Cancel:
        return BoardController::tr("Cancelled %1").arg(act.name);
    case CiAct::Kind::Approve:
        break;
    }
    return BoardController::tr("Approved %1").arg(act.name);
}

} // namespace

void BoardController::askCi(const CiRequest &request)
{
    if (const auto *report = std::get_if<AskReport>(&request))
        askReport(report->environment);
    else if (const auto *log = std::get_if<AskJobLog>(&request))
        askJobLog(*log);
    else if (const auto *act = std::get_if<CiAct>(&request))
        actOnCi(*act);
}

void BoardController::askReport(const QString &environmentId)
{
    const auto environment = m_session.reader().cache().environment(environmentId);
    if (!environment || !environment->release)
        return;
    // What staging and production run may be the merge of a branch: it was never pushed on that.
    const bool dev = environment->stage == Stage::Development;
    const CiCommit commit{environment->release->version, dev ? environment->release->change.branch : QString()};
    const auto work = [commit](CiProvider &ci, const QString &project) { return ci.report(project, commit); };
    m_session.withCi<CiReport>(environment->pipeline, checking<CiReport>(work),
                               [this, environmentId, version = commit.version](const Result<CiReport> &report) {
                                   m_window.showCiReport(environmentId, version, report);
                               });
}

void BoardController::askJobLog(const AskJobLog &request)
{
    const auto work = [job = request.job](CiProvider &ci, const QString &project) { return ci.log(project, job); };
    m_session.withCi<LogPage>(
        EnvironmentRef::parse(request.environment).pipeline, checking<LogPage>(work),
        [this, request](const Result<LogPage> &page) { m_window.showJobLog(request.environment, request.job, page); });
}

void BoardController::actOnCi(const CiAct &act)
{
    const auto ref = EnvironmentRef::parse(act.environment);
    const auto work = [act](CiProvider &ci, const QString &project) {
        switch (act.kind) {
        case CiAct::Kind::Rerun:
            return ci.rerun(project, act.run);
        case CiAct::Kind::Cancel:
            return ci.cancel(project, act.run);
        case CiAct::Kind::Approve:
            break;
        }
        return ci.approve(project, act.run, act.job);
    };
    m_session.withCi<void>(ref.pipeline, checking<void>(work), [this, act, ref](const Result<void> &done) {
        if (done) {
            ActivityEntry entry;
            entry.at = QDateTime::currentDateTimeUtc();
            entry.pipeline = ref.pipeline;
            entry.environment = ref.name;
            entry.kind = QStringLiteral("ci");
            entry.text = actText(act);
            m_session.record(entry);
        }
        m_window.showCiDone(act.environment, done);
    });
}

} // namespace Slipway
