// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/registry.h"

#include "providers/circleci/circleciprovider.h"
#include "providers/git/repositoryprovider.h"
#include "providers/github/deviceflow.h"
#include "providers/github/githubprovider.h"
#include "providers/heroku/herokuprovider.h"
#include "providers/local/client/localprovider.h"

#include <algorithm>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

std::unique_ptr<Provider> createLocal(const ProviderContext &context)
{
    return std::make_unique<LocalProvider>(context.home);
}

std::unique_ptr<Provider> createGit(const ProviderContext &context)
{
    return std::make_unique<RepositoryProvider>(context.home);
}

std::unique_ptr<Provider> createHeroku(const ProviderContext &context)
{
    return std::make_unique<HerokuProvider>(context);
}

std::unique_ptr<Provider> createGitHub(const ProviderContext &context)
{
    return std::make_unique<GitHubProvider>(context);
}

std::unique_ptr<Provider> createCircleCi(const ProviderContext &context)
{
    return std::make_unique<CircleCiProvider>(context);
}

} // namespace

const QList<ProviderKind> &providerKinds()
{
    static const QList<ProviderKind> kinds{
        {kLocalAccount, u"This machine"_s, createLocal, TokenSource{false}},
        {u"heroku"_s, u"Heroku"_s, createHeroku,
         TokenSource{true, u"https://dashboard.heroku.com/account/applications"_s, u"Heroku CLI"_s, u"api.heroku.com"_s,
                     u"heroku auth:token"_s}},
        {u"github"_s, u"GitHub"_s, createGitHub,
         TokenSource{true,
                     u"https://github.com/settings/personal-access-tokens/new"_s,
                     u"GitHub CLI"_s,
                     {},
                     u"gh auth token"_s,
                     QString::fromUtf16(GitHub::kClientVariable),
                     QStringLiteral(SLIPWAY_GITHUB_CLIENT_ID)}},
        {u"circleci"_s, u"CircleCI"_s, createCircleCi,
         TokenSource{true, u"https://app.circleci.com/settings/user/tokens"_s}},
        {kGitAccount, u"Git repositories"_s, createGit, TokenSource{false}},
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
