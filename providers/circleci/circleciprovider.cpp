// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/circleci/circleciprovider.h"

#include "models/domain/accountinput.h"
#include "providers/circleci/fields.h"
#include "providers/circleci/phrases.h"

namespace Slipway {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using CircleCi::Phrases;

namespace {

QUrl rootOf(const Account &account)
{
    return QUrl(account.url.isEmpty() ? u"https://circleci.com"_s : account.url, QUrl::StrictMode);
}

/// A service on this machine has no allowance to spare.
bool isHere(const Account &account)
{
    return isLoopback(rootOf(account).host());
}

HttpClient::Setting settingOf(const ProviderContext &context)
{
    HttpClient::Setting setting;
    setting.root = rootOf(context.account);
    setting.authorization = "Bearer " + context.token.toUtf8();
    setting.userAgent = "slipway/" SLIPWAY_VERSION;
    setting.service = u"CircleCI"_s;
    setting.concurrent = 2; // bursts are what it throttles (source: circleci.md, "Paging and limits")
    if (isHere(context.account))
        setting.retry.first = 50ms;
    return setting;
}

} // namespace

CircleCiProvider::CircleCiProvider(const ProviderContext &context)
    : m_http(std::make_unique<HttpClient>(settingOf(context)))
    , m_api(*m_http, rootOf(context.account), isHere(context.account) ? 50ms : 2s)
    , m_web(rootOf(context.account))
    , m_pipelines(m_api)
    , m_workflows(m_api)
    , m_observer(m_pipelines, m_workflows, m_web)
    , m_tests(m_api)
    , m_reporter(m_pipelines, m_workflows, m_observer, m_tests, m_web)
    , m_actions(m_api, m_workflows)
    , m_log(m_api)
{
    m_api.setToken(context.token);
}

CircleCiProvider::~CircleCiProvider()
{
    m_http->stop({}); // resumes whoever still waits while this object is whole
}

void CircleCiProvider::stop(std::function<void()> drained)
{
    m_http->stop(std::move(drained));
}

Task<AccountFacts> CircleCiProvider::facts(bool ask)
{
    AccountFacts facts;
    if (ask) {
        CircleCi::Call call;
        call.path = u"/me"_s;
        call.what = Phrases::tr("tell whose token this is");
        const auto me = co_await m_api.object(call);
        if (!me)
            co_return Result<AccountFacts>(tl::unexpect, me.error());
        CircleCi::Fields fields(*me, Phrases::tr("the account"));
        const QString login = fields.label(u"login"_s);
        facts.who = login.isEmpty() ? fields.label(u"name"_s) : login;
        const auto read = fields.take(facts);
        if (!read)
            co_return Result<AccountFacts>(tl::unexpect, read.error());
    }
    const Budget budget = m_http->budget();
    facts.budgetLeft = budget.remaining;
    facts.budgetTotal = budget.remaining >= 0 ? budget.total : -1;
    co_return Result<AccountFacts>(facts);
}

Task<QHash<QString, CiStatus>> CircleCiProvider::states(QString project, QList<CiCommit> commits)
{
    return m_observer.states(project, commits);
}

Task<CiReport> CircleCiProvider::report(QString project, CiCommit commit)
{
    return m_reporter.report(project, commit);
}

Task<void> CircleCiProvider::rerun(QString, QString run)
{
    return m_actions.rerun(run);
}

Task<void> CircleCiProvider::cancel(QString, QString run)
{
    return m_actions.cancel(run);
}

Task<void> CircleCiProvider::approve(QString, QString run, QString job)
{
    return m_actions.approve(run, job);
}

Task<LogPage> CircleCiProvider::log(QString project, QString job)
{
    return m_log.read(project, job);
}

} // namespace Slipway
