// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/intent.h"
#include "providers/local/daemon/launcher.h"
#include "providers/local/data/clonedata.h"

namespace Slipway {

/// Pipelines and environments come, sleep, wake and go. Blocking; called from job threads, one at a time per
/// environment.
class Lifecycle
{
public:
    Lifecycle(LocalState &state, const Launcher &launcher)
        : m_state(state)
        , m_launcher(launcher)
    { }

    Result<PipelineRecord> setUpPipeline(const QString &name, const QString &repository, const JobContext &job) const;
    Result<void> removePipeline(const QString &name) const;
    Result<void> clone(const QString &pipeline, const QString &from, const QString &name, DataChoice data, Stage stage,
                       const JobContext &job) const;
    /// Other data for `to`: made aside, swapped in while it is stopped, kept when its release is live with it.
    Result<void> replaceData(const QString &pipeline, const QString &from, const QString &to, DataChoice data,
                             const JobContext &job) const;
    Result<void> suspend(const QString &pipeline, const QString &environment) const;
    Result<void> resume(const QString &pipeline, const QString &environment, const JobContext &job) const;
    Result<void> restart(const QString &pipeline, const QString &environment, const JobContext &job) const;
    Result<void> shutDown(const QString &pipeline, const QString &environment, const JobContext &job) const;

    /// Starts a wanted environment whose processes are gone, without waiting for its health.
    Result<void> revive(const QString &pipeline, const QString &environment) const;
    /// Ends every run that the record does not point at, and the one it points at when its shim is gone or when it is
    /// to sleep.
    void endLeftovers(const EnvironmentRecord &environment) const;
    /// What a crash of the daemon left half made or half removed; before anything else runs.
    void cleanUp() const;

private:
    Result<EnvironmentRecord> makeEnvironment(const QString &pipeline, const QString &name, Stage stage,
                                              const JobContext &job, bool creating) const;
    Result<void> copyConfig(const EnvironmentRecord &from, const EnvironmentRecord &to) const;
    Result<DataPlan> dataPlan(const EnvironmentRecord &from, const QString &folder, DataChoice data) const;
    Result<EnvironmentRecord> dataSource(const EnvironmentRecord &to, const QString &from, DataChoice data) const;
    Result<void> putInPlace(const EnvironmentRecord &to, const QString &note, const JobContext &job) const;
    /// Ends an unfinished swap: the old data is in place again, what was made aside is gone.
    Result<void> putBack(const EnvironmentRecord &environment) const;
    Result<void> stopRuns(const EnvironmentRecord &environment) const;
    Result<void> start(const EnvironmentRecord &environment, const JobContext &job) const;
    Result<void> discard(const EnvironmentRecord &environment) const;
    Result<void> discardPipeline(const QString &name) const;

    LocalState &m_state;
    const Launcher &m_launcher;
};

/// `value` with what belongs to environment `from` (its data folder, addresses) replaced by what belongs to `to`.
QString rewrittenValue(const QString &value, const EnvironmentRecord &from, const QString &fromData,
                       const EnvironmentRecord &to, const QString &toData);

QString dataNote(DataChoice data, const QString &from); ///< "copied from staging"

} // namespace Slipway
