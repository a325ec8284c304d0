// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"
#include "providers/local/daemon/records.h"
#include "providers/machine/confighasher.h"

#include <QHash>
#include <QMutex>

#include <functional>
#include <optional>

namespace Slipway {

/// Everything under $SLIPWAY_HOME/local, in memory and on disk; the disk is written first. Thread-safe: jobs work on it
/// from their threads, the event loop reads it for snapshots.
class LocalState
{
public:
    explicit LocalState(const QString &home);

    /// Reads all pipelines. One whose files are damaged or newer is kept aside with its problem, untouched.
    Result<void> load();

    QString home() const { return m_home; }
    QString root() const { return m_home + QLatin1String("/local"); }
    QString pipelineFolder(const QString &pipeline) const;
    QString environmentFolder(const QString &pipeline, const QString &name) const;

    QStringList pipelines() const; ///< the good ones, sorted
    Result<PipelineRecord> pipeline(const QString &name) const; ///< NotFound, or the problem it has
    bool isKnown(const QString &pipeline) const; ///< good or not
    Result<void> savePipeline(const PipelineRecord &record);
    void forgetPipeline(const QString &name); ///< its folder is the caller's to remove

    QList<EnvironmentRecord> environments(const QString &pipeline) const;
    Result<EnvironmentRecord> environment(const QString &pipeline, const QString &name) const;
    Result<void> saveEnvironment(const EnvironmentRecord &record);
    /// Reads, changes and writes in one go.
    Result<EnvironmentRecord> change(const QString &pipeline, const QString &name,
                                     const std::function<void(EnvironmentRecord &)> &edit);
    void forgetEnvironment(const QString &pipeline, const QString &name);

    Result<ConfigValues> config(const QString &pipeline, const QString &name) const;
    Result<void> saveConfig(const QString &pipeline, const QString &name, const ConfigValues &values);
    /// What a release ran with, to go back to; NotFound when it was not kept.
    Result<ConfigValues> releaseConfig(const QString &pipeline, const QString &name, int number) const;
    Result<void> saveReleaseConfig(const QString &pipeline, const QString &name, int number,
                                   const ConfigValues &values) const;
    void forgetReleaseConfig(const QString &pipeline, const QString &name, int number) const;
    /// Key -> keyed hash of the value; equal values are equal everywhere in this home, nothing else can be read from
    /// it.
    QHash<QString, QString> hashesOf(const ConfigValues &values) const;
    QHash<QString, QString> configHashes(const QString &pipeline, const QString &name) const;

    QSet<int> takenPorts() const;

    /// Called in whichever thread wrote; set once before use.
    std::function<void(const QString &pipeline)> onChanged;

private:
    Result<void> loadKey();
    Result<void> loadPipeline(const QString &name);
    QString releaseConfigPath(const QString &pipeline, const QString &name, int number) const;
    void changed(const QString &pipeline) const;

    QString m_home;
    ConfigHasher m_hasher;
    mutable QMutex m_mutex; ///< guards what follows
    QMap<QString, PipelineRecord> m_pipelines;
    QMap<QString, Error> m_problems;
    QMap<QString, QMap<QString, EnvironmentRecord>> m_environments;
    mutable QHash<QString, ConfigValues> m_config; ///< by "pipeline/environment"
};

} // namespace Slipway
