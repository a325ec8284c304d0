// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/github/archives.h"
#include "providers/github/branches.h"
#include "providers/github/changes.h"
#include "providers/github/checks.h"
#include "providers/github/comparer.h"
#include "providers/github/deploymentlog.h"
#include "providers/github/deviceflow.h"
#include "providers/github/holds.h"
#include "providers/github/merger.h"
#include "providers/github/refs.h"
#include "providers/github/verdicts.h"
#include "providers/github/workflows.h"
#include "providers/registry.h"

#include <memory>

namespace Slipway {

/// Repositories at GitHub, of github.com or of an Enterprise host. `pipeline` and `project` are "OWNER/REPOSITORY"
/// throughout; one that was renamed since is followed. Lives in the account's thread.
class GitHubProvider final : public Provider, public SourceProvider, public CiProvider, public TeamProvider
{
public:
    explicit GitHubProvider(const ProviderContext &context);
    ~GitHubProvider() override;

    SourceProvider *source() override { return this; }
    CiProvider *ci() override { return this; }
    TeamProvider *team() override { return this; }
    SignInProvider *signIn() override;
    Task<AccountFacts> facts(bool ask) override;
    void stop(std::function<void()> drained) override;

    Task<QList<Change>> changes(QString pipeline, QList<Change> known) override;
    Task<QString> projectAt(QString origin) override;
    Task<Comparison> compare(QString pipeline, QString base, QString head, CommitRange range) override;
    Task<QString> resolve(QString pipeline, QString ref) override;
    Task<QString> title(QString pipeline, QString version) override;
    Task<std::optional<QByteArray>> file(QString pipeline, QString ref, QString path) override;
    Task<QString> updateBranch(BranchUpdate update) override;
    Task<void> archive(QString pipeline, QString version, QString file) override;
    Task<MergeOutlook> mergeOutlook(QString pipeline, int number) override;
    Task<QString> merge(MergeSpec spec) override;
    Task<void> deleteBranch(QString pipeline, QString branch, QString head) override;

    Task<QHash<QString, CiStatus>> states(QString project, QList<CiCommit> commits) override;
    Task<CiReport> report(QString project, CiCommit commit) override;
    Task<void> rerun(QString project, QString run) override;
    Task<void> cancel(QString project, QString run) override;
    Task<void> approve(QString project, QString run, QString job) override;
    Task<LogPage> log(QString project, QString job) override;

    Task<QHash<QString, Verdict>> verdicts(QString project, QStringList versions) override;
    Task<void> publishVerdict(QString project, VerdictNote note) override;
    Task<void> publishDeployment(QString project, DeploymentNote note) override;
    Task<std::optional<Hold>> hold(QString project, QString pipeline) override;
    Task<void> takeHold(QString project, QString pipeline, Hold hold, std::optional<Hold> instead) override;
    Task<void> releaseHold(QString project, QString pipeline, Hold hold) override;
    Task<QList<Comment>> comments(QString project, QDateTime since) override;
    Task<bool> mayWrite(QString project, QString login) override;
    Task<void> answer(QString project, int number, QString mark, QString text) override;
    Task<bool> wasAnswered(QString project, int number, QString mark) override;

private:
    std::unique_ptr<HttpClient> m_http;
    GitHub::GitHubApi m_api;
    GitHub::Refs m_refs;
    GitHub::Changes m_changes;
    GitHub::Comparer m_comparer;
    GitHub::Branches m_branches;
    GitHub::Archives m_archives;
    GitHub::Merger m_merger;
    GitHub::Checks m_checks;
    GitHub::Workflows m_workflows;
    GitHub::Verdicts m_verdicts;
    GitHub::DeploymentLog m_deployments;
    GitHub::Holds m_holds;
    GitHub::Conversation m_talk;
    std::unique_ptr<GitHub::DeviceFlow> m_signIn; ///< made when it is asked for
};

} // namespace Slipway
