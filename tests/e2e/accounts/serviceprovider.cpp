// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/accounts/serviceprovider.h"

#include "providers/local/client/localprovider.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Slipway {

Result<void> ServiceProvider::authorised() const
{
    if (m_token.startsWith(u"good-"))
        return {};
    return fail(Error::Kind::Unauthorized,
                m_token.isEmpty() ? u"The service has no token."_s : u"The service does not know this token."_s);
}

Task<QList<RemotePipeline>> ServiceProvider::pipelines()
{
    if (const auto good = authorised(); !good)
        co_return Result<QList<RemotePipeline>>(tl::unexpect, good.error());
    QList<RemotePipeline> all;
    all.append(RemotePipeline{u"p-1"_s, u"shop"_s, {}, u"main"_s});
    all.append(RemotePipeline{u"p-2"_s, u"api"_s, {}, u"main"_s});
    co_return all;
}

Task<Snapshot> ServiceProvider::observe(QString pipeline, Snapshot, QStringList)
{
    if (const auto good = authorised(); !good)
        co_return Result<Snapshot>(tl::unexpect, good.error());
    Snapshot snapshot;
    snapshot.pipeline = pipeline;
    for (const Stage stage : {Stage::Production, Stage::Staging}) {
        Environment environment;
        environment.name = toString(stage);
        environment.stage = stage;
        environment.state = EnvironmentState::Running;
        snapshot.environments.append(environment);
    }
    co_return snapshot;
}

Task<AccountFacts> ServiceProvider::facts(bool ask)
{
    AccountFacts facts;
    facts.budgetLeft = 4200;
    facts.budgetTotal = 4500;
    if (!ask)
        co_return facts;
    if (const auto good = authorised(); !good)
        co_return Result<AccountFacts>(tl::unexpect, good.error());
    facts.who = u"mia@example.org"_s;
    facts.scopes.append(u"global"_s);
    co_return facts;
}

namespace {

std::unique_ptr<Provider> createLocal(const ProviderContext &context)
{
    return std::make_unique<LocalProvider>(context.home);
}

std::unique_ptr<Provider> createService(const ProviderContext &context)
{
    return std::make_unique<ServiceProvider>(context);
}

} // namespace

/// In place of the registry's own: the linker takes these first.
const QList<ProviderKind> &providerKinds()
{
    static const TokenSource token{true, u"https://service.example.org/tokens"_s, u"Service CLI"_s,
                                   u"api.service.example.org"_s, u"service token"_s};
    static const QList<ProviderKind> kinds{
        {u"local"_s, u"This machine"_s, createLocal, TokenSource{false}},
        {u"service"_s, u"Service"_s, createService, token},
    };
    return kinds;
}

const ProviderKind *providerKind(const QString &kind)
{
    const auto &all = providerKinds();
    const auto hit = std::find_if(all.cbegin(), all.cend(), [&kind](const ProviderKind &k) { return k.kind == kind; });
    return hit == all.cend() ? nullptr : &*hit;
}

} // namespace Slipway
