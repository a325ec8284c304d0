// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/circleci/actions.h"
#include "providers/circleci/joblog.h"
#include "providers/circleci/observer.h"
#include "providers/circleci/reporter.h"
#include "providers/circleci/testresults.h"
#include "providers/registry.h"

#include <memory>

namespace Slipway {

/// Checks at CircleCI. A run is a workflow, a job's id is its number (an approval's that of its request); `project` is
/// a slug: "gh/acme/shop", "circleci/ORGANISATION/PROJECT". Lives in the account's thread.
class CircleCiProvider final : public Provider, public CiProvider
{
public:
    explicit CircleCiProvider(const ProviderContext &context);
    ~CircleCiProvider() override;

    CiProvider *ci() override { return this; }
    Task<AccountFacts> facts(bool ask) override;
    void stop(std::function<void()> drained) override;

    Task<QHash<QString, CiStatus>> states(QString project, QList<CiCommit> commits) override;
    Task<CiReport> report(QString project, CiCommit commit) override;
    Task<void> rerun(QString project, QString run) override;
    Task<void> cancel(QString project, QString run) override;
    Task<void> approve(QString project, QString run, QString job) override;
    Task<LogPage> log(QString project, QString job) override;

private:
    std::unique_ptr<HttpClient> m_http;
    CircleCi::CircleCiApi m_api;
    CircleCi::WebAddress m_web;
    CircleCi::Pipelines m_pipelines;
    CircleCi::Workflows m_workflows;
    CircleCi::Observer m_observer;
    CircleCi::TestResults m_tests;
    CircleCi::Reporter m_reporter;
    CircleCi::Actions m_actions;
    CircleCi::JobLog m_log;
};

} // namespace Slipway
