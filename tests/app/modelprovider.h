// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/registry.h"
#include "tests/app/modelteam.h"

#include <QJsonObject>

namespace Slipway {

/// A provider that keeps its whole world in one file, so that it survives the process that is killed: environments,
/// releases, the answers given to tickets, and a list of every effect that really happened.
class ModelProvider : public Provider, public DeployProvider, public SourceProvider
{
public:
    explicit ModelProvider(QString worldFile)
        : m_file(std::move(worldFile))
    { }

    /// The process ends, as by kill -9, at its n-th change of the world (1, 2 …): before it happens, or after it
    /// happened and before anybody hears of it. 0: never.
    static int killBefore;
    static int killAfter;
    /// Effects that fail, by how they begin: "deploy staging".
    static QStringList failing;
    /// Effects that happen while their answer is lost on the way, by how they begin; asked again, the answer arrives.
    static QStringList losing;
    /// Where the branch of the one open change is; empty: at its first commit.
    static QString branchHead;
    /// Of the pull request that the one open change is; none: it is a branch.
    static std::optional<int> pullNumber;
    static QJsonObject world(const QString &worldFile);
    static QStringList effects(const QString &worldFile);
    /// "<ticket> <effect>" of every effect, in order.
    static QStringList ledger(const QString &worldFile);

    DeployProvider *deploys() override { return this; }
    SourceProvider *source() override { return this; }
    TeamProvider *team() override { return &m_team; }
    void stop(std::function<void()> drained) override { drained(); }

    Capabilities capabilities() const override { return {}; }
    Task<QList<RemotePipeline>> pipelines() override;
    Task<Snapshot> observe(QString pipeline, Snapshot known, QStringList only) override;
    Task<RemotePipeline> setUpPipeline(Ticket ticket, QString name, QString repository) override;
    Task<void> removePipeline(Ticket ticket, QString pipeline) override;
    Task<void> clone(Ticket ticket, CloneSpec spec, Progress progress) override;
    Task<Release> deploy(Ticket ticket, DeploySpec spec, Progress progress) override;
    Task<Release> rollBack(Ticket ticket, QString pipeline, QString environment, int release, bool withConfig,
                           Progress progress) override;
    Task<void> replaceData(Ticket ticket, QString pipeline, QString from, QString to, DataChoice data,
                           Progress progress) override;
    Task<void> suspend(Ticket ticket, QString pipeline, QString environment, bool maintenance) override;
    Task<void> resume(Ticket ticket, QString pipeline, QString environment) override;
    Task<void> restart(Ticket ticket, QString pipeline, QString environment) override;
    Task<void> shutDown(Ticket ticket, QString pipeline, QString environment) override;
    Task<QMap<QString, QString>> config(QString pipeline, QString environment) override;
    Task<void> patchConfig(Ticket ticket, QString pipeline, QString environment, ConfigPatch patch) override;
    Task<LogPage> logs(LogQuery query) override;
    Task<int> run(QString pipeline, QString environment, QStringList command,
                  std::function<void(const QByteArray &, bool isError)> output) override;

    Task<QList<Change>> changes(QString pipeline, QList<Change> known) override;
    Task<Comparison> compare(QString pipeline, QString base, QString head, CommitRange range) override;
    Task<QString> resolve(QString pipeline, QString ref) override;
    Task<std::optional<QByteArray>> file(QString pipeline, QString ref, QString path) override;
    Task<QString> updateBranch(BranchUpdate update) override;

private:
    using Environments = QMap<QString, Environment>;
    /// The one way the world changes: once a ticket.
    Result<QJsonObject> change(const Ticket &ticket, const QString &effect,
                               const std::function<Result<QJsonObject>(Environments &)> &work);
    Result<Release> release(const Ticket &ticket, const QString &environment, const QString &effect,
                            const std::function<Result<Release>(const Environments &)> &made);
    Environments environments() const;
    Result<void> setState(const Ticket &ticket, const QString &environment, const QString &effect,
                          EnvironmentState state);

    QString m_file;
    ModelTeam m_team;
};

} // namespace Slipway
