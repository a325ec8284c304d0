// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/github/checks.h"

#include "providers/github/githuberrors.h"
#include "providers/github/phrases.h"
#include "providers/github/reading.h"

namespace Slipway::GitHub {

using namespace Qt::StringLiterals;

namespace {

using States = QHash<QString, CiStatus>;

constexpr qsizetype kPerQuestion = 50; ///< commits
constexpr int kMostSingly = 20; ///< commits that are asked about one by one
constexpr int kCheckPages = 3; ///< of a hundred

/// REST says so of a commit that was never pushed: 422, or 404 of an abbreviated one.
bool isNoCommit(const Error &error)
{
    return error.kind() == Error::Kind::Invalid || error.kind() == Error::Kind::NotFound;
}

} // namespace

/// The state of all checks together, which every token may read; never `contexts` of it, which not every one may.
Task<QHash<QString, Checks::Look>> Checks::looks(QString project, QStringList versions)
{
    using Looks = QHash<QString, Look>;
    Looks all;
    for (qsizetype begin = 0; begin < versions.size(); begin += kPerQuestion) {
        const QStringList some = versions.mid(begin, kPerQuestion);
        QString text;
        for (qsizetype at = 0; at < some.size(); ++at) {
            text +=
                u" c%1:object(oid:\"%2\"){... on Commit{url statusCheckRollup{state} status{contexts{context state}}}}"_s
                    .arg(at)
                    .arg(some.at(at));
        }
        const Question question{project, text, Phrases::tr("read the checks of %1").arg(project)};
        const auto told = co_await m_api.ask(question);
        if (!told)
            co_return Result<Looks>(tl::unexpect, told.error());
        for (qsizetype at = 0; at < some.size(); ++at) {
            const QString alias = u"c%1"_s.arg(at);
            all.insert(some.at(at), lookFrom(objectAt(told->repository, alias), told->refused(alias)));
        }
    }
    co_return Result<Looks>(all);
}

Checks::Look Checks::lookFrom(const QJsonObject &commit, bool refused)
{
    Look look;
    const QString rollup = textAt(commit, u"statusCheckRollup.state"_s);
    look.asked = !refused || !rollup.isEmpty();
    look.status.state = stateFromRollup(rollup);
    const QUrl page = webAddressAt(commit, u"url"_s);
    if (!rollup.isEmpty() && !page.isEmpty()) {
        look.status.url = page;
        look.status.url.setPath(page.path() + u"/checks"_s);
    }
    QString verdict;
    QList<Weight> others;
    const QJsonArray contexts = arrayAt(commit, u"status.contexts"_s);
    for (const auto &entry : contexts) {
        const QJsonObject context = entry.toObject();
        if (isAcceptance(textAt(context, u"context"_s)))
            verdict = textAt(context, u"state"_s);
        else
            others.append(weightOfStatus(textAt(context, u"state"_s)));
    }
    if (verdict.isEmpty())
        return look;
    // The verdict is a status too, and counted in. A good one hides only whether there is anything else.
    const Weight weight = weightOfStatus(verdict);
    const CiState rest = together(others);
    if (rest == CiState::Failed)
        look.status.state = CiState::Failed;
    else if (weight != Weight::Good || (look.status.state == CiState::Passed && others.isEmpty()))
        look.certain = false;
    return look;
}

Task<QHash<QString, CiStatus>> Checks::states(QString project, QList<CiCommit> commits)
{
    QStringList versions;
    for (const CiCommit &commit : commits) {
        if (isFullSha(commit.version) && !versions.contains(commit.version))
            versions.append(commit.version);
    }
    States states;
    const auto all = co_await looks(project, versions);
    if (!all && (all.error().kind() == Error::Kind::Cancelled || all.error().kind() == Error::Kind::NotFound))
        co_return Result<States>(tl::unexpect, all.error());
    QStringList singly;
    for (const QString &version : versions) {
        const Look look = all ? all->value(version) : Look{CiStatus(), false, true};
        if (!look.asked || !look.certain)
            singly.append(version);
        else
            states.insert(version, look.status);
    }
    const QStringList some = singly.mid(0, kMostSingly);
    for (const QString &version : some) {
        const auto full = co_await report(project, version);
        if (!full && (!isForbidden(full.error()) || all))
            co_return Result<States>(tl::unexpect, full.error());
        if (full && full->status.state != CiState::Unknown)
            states.insert(version, full->status);
    }
    co_return Result<States>(states);
}

/// A list that a token may be refused: nothing then, like an empty one, but for errors that are no refusal.
Task<QJsonArray> Checks::optional(Call call, QString key)
{
    Result<QJsonArray> listed = co_await m_api.list(call, key, kCheckPages);
    if (!listed && (isForbidden(listed.error()) || listed.error().kind() == Error::Kind::NotFound))
        co_return Result<QJsonArray>(QJsonArray());
    co_return listed;
}

Task<Checks::Evidence> Checks::evidence(QString project, QString version)
{
    Evidence evidence;
    Call call;
    call.project = project;
    call.path = u"/commits/%1/status"_s.arg(version);
    call.what = Phrases::tr("read the statuses of %1").arg(version.left(12));
    const auto statuses = co_await m_api.list(call, u"statuses"_s, kCheckPages);
    if (!statuses && isNoCommit(statuses.error()))
        co_return Result<Evidence>(evidence);
    if (!statuses && !isForbidden(statuses.error()))
        co_return Result<Evidence>(tl::unexpect, statuses.error());
    if (!statuses) {
        evidence.closed = true;
        evidence.note = Phrases::tr("This token may not read commit statuses.");
    }
    for (const auto &status : statuses.value_or(QJsonArray()))
        evidence.masked = evidence.masked || isAcceptance(textAt(status.toObject(), u"context"_s));
    if (const auto run = runOfStatuses(statuses.value_or(QJsonArray())))
        evidence.runs.append(*run);
    call.path = u"/commits/%1/check-runs"_s.arg(version);
    call.what = Phrases::tr("read the checks of %1").arg(version.left(12));
    const auto checks = co_await m_api.list(call, u"check_runs"_s, kCheckPages);
    const bool closed = !checks && (isForbidden(checks.error()) || checks.error().kind() == Error::Kind::NotFound);
    if (!checks && !closed)
        co_return Result<Evidence>(tl::unexpect, checks.error());
    if (checks && checks->isEmpty())
        co_return Result<Evidence>(evidence);
    call.path = u"/actions/runs"_s;
    call.query.addQueryItem(u"head_sha"_s, version);
    call.what = Phrases::tr("read the workflow runs of %1").arg(version.left(12));
    const auto workflows = co_await optional(call, u"workflow_runs"_s);
    if (!workflows)
        co_return Result<Evidence>(tl::unexpect, workflows.error());
    evidence.runs += closed ? runsOfWorkflows(*workflows) : runsOfChecks(*checks, *workflows);
    if (closed) {
        evidence.closed = true;
        const QString note = Phrases::tr("This token may not read checks: GitHub offers no such permission to "
                                         "fine-grained ones. Jobs are missing here.");
        evidence.note = evidence.note.isEmpty() ? note : evidence.note + u' ' + note;
    }
    co_return Result<Evidence>(evidence);
}

Task<CiReport> Checks::report(QString project, QString version)
{
    CiReport report;
    report.version = version;
    if (!isFullSha(version))
        co_return Result<CiReport>(report);
    const auto found = co_await evidence(project, version);
    if (!found)
        co_return Result<CiReport>(tl::unexpect, found.error());
    report.note = QStringList{found->note, m_api.newName(project)}.join(u' ').trimmed();
    for (const CheckedRun &one : found->runs)
        report.runs.append(one.run);
    report.status = summed(found->runs);
    if (!found->closed || report.status.state == CiState::Failed)
        co_return Result<CiReport>(report);
    // What could not be seen may have failed. All together can be read, unless the verdict's status hides it.
    const auto all = co_await looks(project, QStringList(version));
    if (!all && all.error().kind() == Error::Kind::Cancelled)
        co_return Result<CiReport>(tl::unexpect, all.error());
    const Look look = all ? all->value(version) : Look{CiStatus(), false, true};
    if (look.asked && look.certain)
        report.status.state = look.status.state;
    else if (report.status.state != CiState::Running)
        report.status.state = CiState::Unknown;
    report.status.url = look.status.url;
    co_return Result<CiReport>(report);
}

} // namespace Slipway::GitHub
