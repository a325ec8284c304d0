// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/github/githubprovider.h"

#include "models/domain/accountinput.h"
#include "providers/github/phrases.h"
#include "providers/github/reading.h"

#include <QJsonDocument>

namespace Slipway {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using GitHub::Phrases;

namespace {

/// A service on this machine has no allowance to spare.
std::chrono::milliseconds paceOf(const Account &account)
{
    return isLoopback(GitHub::rootsOf(account.url).rest.host()) ? 20ms : 1s;
}

HttpClient::Setting settingOf(const ProviderContext &context)
{
    HttpClient::Setting setting;
    setting.root = GitHub::rootsOf(context.account.url).rest;
    setting.authorization = "Bearer " + context.token.toUtf8();
    setting.userAgent = "slipway/" SLIPWAY_VERSION;
    setting.service = u"GitHub"_s;
    return setting;
}

void putBudget(AccountFacts &facts, const Budget &budget)
{
    facts.budgetLeft = budget.remaining;
    facts.budgetTotal = budget.remaining >= 0 ? budget.total : -1;
}

QString answerMark(const QString &mark)
{
    return u"answer/"_s + mark;
}

} // namespace

GitHubProvider::GitHubProvider(const ProviderContext &context)
    : m_http(std::make_unique<HttpClient>(settingOf(context)))
    , m_api(*m_http, GitHub::rootsOf(context.account.url), paceOf(context.account))
    , m_refs(m_api)
    , m_changes(m_api)
    , m_comparer(m_api)
    , m_branches(m_api)
    , m_archives(m_api)
    , m_merger(m_api)
    , m_checks(m_api)
    , m_workflows(m_api)
    , m_verdicts(m_api)
    , m_deployments(m_api)
    , m_holds(m_api)
    , m_talk(m_api)
{
    m_api.setToken(context.token);
}

GitHubProvider::~GitHubProvider()
{
    m_api.stop();
    m_signIn.reset();
    m_http->stop({}); // resumes whoever still waits while this object is whole
}

void GitHubProvider::stop(std::function<void()> drained)
{
    m_api.stop();
    const auto left = std::make_shared<int>(m_signIn ? 3 : 2);
    const auto one = [left, drained = std::move(drained)] {
        if (--*left == 0 && drained)
            drained();
    };
    m_archives.stop(one);
    if (m_signIn)
        m_signIn->stop(one);
    m_http->stop(one);
}

SignInProvider *GitHubProvider::signIn()
{
    if (!m_signIn)
        m_signIn = std::make_unique<GitHub::DeviceFlow>(m_api.roots().web, m_api.pace());
    return m_signIn.get();
}

Task<AccountFacts> GitHubProvider::facts(bool ask)
{
    AccountFacts facts;
    putBudget(facts, m_api.budget());
    if (!ask)
        co_return Result<AccountFacts>(facts);
    GitHub::Call call;
    call.path = u"/user"_s;
    call.what = Phrases::tr("tell whose token this is");
    const auto user = co_await m_api.send(call);
    if (!user)
        co_return Result<AccountFacts>(tl::unexpect, user.error());
    facts.who = GitHub::loginAt(QJsonObject{{u"user"_s, QJsonDocument::fromJson(user->body).object()}}, u"user"_s);
    const QStringList scopes = QString::fromLatin1(user->header("X-OAuth-Scopes")).split(u',', Qt::SkipEmptyParts);
    for (const QString &scope : scopes) // fine-grained tokens have none, and do not tell what they may
        facts.scopes.append(GitHub::oneLine(scope));
    call.path = u"/rate_limit"_s; // costs nothing
    call.kept = false;
    const auto limits = co_await m_api.object(call);
    for (const QString &family : {u"core"_s, u"graphql"_s}) {
        const QJsonObject one = GitHub::objectAt(limits.value_or(QJsonObject()), u"resources."_s + family);
        const auto left = GitHub::numberAt(one, u"remaining"_s);
        const auto total = GitHub::numberAt(one, u"limit"_s);
        if (left && total)
            m_api.learnBudget(family, Budget{*left, *total});
    }
    putBudget(facts, m_api.budget());
    co_return Result<AccountFacts>(facts);
}

Task<QList<Change>> GitHubProvider::changes(QString pipeline, QList<Change> known)
{
    return m_changes.read(pipeline, known);
}

/// ssh.github.com is github.com for those whose network lets nothing out but https (source: GitHub Docs, "Using SSH
/// over the HTTPS port").
Task<QString> GitHubProvider::projectAt(QString origin)
{
    const QString host = m_api.roots().web.authority();
    const QString named = origin.section(u'/', 0, 0);
    const QString project = origin.section(u'/', 1);
    const bool here = named == host || named == u"ssh."_s + host;
    if (!here || project.count(u'/') != 1)
        co_return Result<QString>(QString());
    GitHub::Call call;
    call.project = project;
    call.what = GitHub::Phrases::tr("find %1").arg(project);
    const auto found = co_await m_api.object(call);
    if (!found && found.error().kind() == Error::Kind::Cancelled)
        co_return Result<QString>(tl::unexpect, found.error());
    co_return Result<QString>(found ? GitHub::textAt(*found, u"full_name"_s) : QString());
}

Task<Comparison> GitHubProvider::compare(QString pipeline, QString base, QString head, CommitRange range)
{
    return m_comparer.compare(pipeline, base, head, range);
}

Task<QString> GitHubProvider::resolve(QString pipeline, QString ref)
{
    return m_refs.resolve(pipeline, ref);
}

Task<QString> GitHubProvider::title(QString pipeline, QString version)
{
    return m_refs.title(pipeline, version);
}

Task<std::optional<QByteArray>> GitHubProvider::file(QString pipeline, QString ref, QString path)
{
    return m_refs.file(pipeline, ref, path);
}

Task<QString> GitHubProvider::updateBranch(BranchUpdate update)
{
    return m_branches.update(update);
}

Task<void> GitHubProvider::archive(QString pipeline, QString version, QString file)
{
    return m_archives.write(pipeline, version, file);
}

Task<MergeOutlook> GitHubProvider::mergeOutlook(QString pipeline, int number)
{
    return m_merger.outlook(pipeline, number);
}

Task<QString> GitHubProvider::merge(MergeSpec spec)
{
    return m_merger.merge(spec);
}

Task<void> GitHubProvider::deleteBranch(QString pipeline, QString branch, QString head)
{
    return m_branches.remove(pipeline, branch, head);
}

Task<QHash<QString, CiStatus>> GitHubProvider::states(QString project, QList<CiCommit> commits)
{
    return m_checks.states(project, commits);
}

Task<CiReport> GitHubProvider::report(QString project, CiCommit commit)
{
    return m_checks.report(project, commit.version);
}

Task<void> GitHubProvider::rerun(QString project, QString run)
{
    return m_workflows.rerun(project, run);
}

Task<void> GitHubProvider::cancel(QString project, QString run)
{
    return m_workflows.cancel(project, run);
}

Task<void> GitHubProvider::approve(QString project, QString run, QString)
{
    return m_workflows.approve(project, run);
}

Task<LogPage> GitHubProvider::log(QString project, QString job)
{
    return m_workflows.log(project, job);
}

Task<QHash<QString, Verdict>> GitHubProvider::verdicts(QString project, QStringList versions)
{
    return m_verdicts.read(project, versions);
}

Task<void> GitHubProvider::publishVerdict(QString project, VerdictNote note)
{
    return m_verdicts.publish(project, note);
}

Task<void> GitHubProvider::publishDeployment(QString project, DeploymentNote note)
{
    return m_deployments.publish(project, note);
}

Task<std::optional<Hold>> GitHubProvider::hold(QString project, QString pipeline)
{
    return m_holds.read(project, pipeline);
}

Task<void> GitHubProvider::takeHold(QString project, QString pipeline, Hold hold, std::optional<Hold> instead)
{
    return m_holds.take(project, pipeline, hold, instead);
}

Task<void> GitHubProvider::releaseHold(QString project, QString pipeline, Hold hold)
{
    return m_holds.release(project, pipeline, hold);
}

Task<QList<Comment>> GitHubProvider::comments(QString project, QDateTime since)
{
    return m_talk.comments(project, since);
}

Task<bool> GitHubProvider::mayWrite(QString project, QString login)
{
    GitHub::Call call;
    call.project = project;
    call.path = u"/collaborators/%1/permission"_s.arg(GitHub::segment(login));
    call.what = Phrases::tr("tell what %1 may do").arg(GitHub::oneLine(login));
    if (login.isEmpty())
        co_return Result<bool>(false);
    const auto told = co_await m_api.maybe(call);
    if (!told)
        co_return Result<bool>(tl::unexpect, told.error());
    const QString permission = GitHub::textAt(told->value_or(QJsonObject()), u"permission"_s);
    co_return Result<bool>(permission == u"admin" || permission == u"write");
}

Task<void> GitHubProvider::answer(QString project, int number, QString mark, QString text)
{
    return m_talk.sayNow(project, number, answerMark(mark), text);
}

Task<bool> GitHubProvider::wasAnswered(QString project, int number, QString mark)
{
    return m_talk.wasSaid(project, number, answerMark(mark), QDateTime());
}

} // namespace Slipway
