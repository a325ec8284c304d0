// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/local/client/daemonclient.h"
#include "providers/provider.h"

namespace Slipway {

/// This machine: environments kept by slipwayd, changes from the same git repository. Lives in the account's thread.
class LocalProvider final : public Provider, public DeployProvider, public SourceProvider
{
public:
    explicit LocalProvider(const QString &home);
    ~LocalProvider() override;

    DeployProvider *deploys() override { return this; }
    SourceProvider *source() override { return this; }
    void stop(std::function<void()> drained) override;

    Capabilities capabilities() const override;
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
    /// One request with its answer.
    Task<QJsonObject> ask(QJsonObject request, DaemonClient::Options options);
    /// A request whose answer is that it is done.
    Task<void> perform(QString call, Ticket ticket, QString pipeline, QString environment);
    Task<Release> release(QJsonObject request, Progress progress);

    DaemonClient m_client;
    int m_running = 0; ///< calls that have not ended
    std::function<void()> m_drained;
};

} // namespace Slipway
