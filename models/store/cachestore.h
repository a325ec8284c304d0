// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/environment.h"
#include "models/domain/error.h"
#include "models/domain/pipeline.h"
#include "models/store/changeset.h"
#include "models/store/database.h"
#include "models/store/filecheck.h"

#include <memory>
#include <optional>

namespace Slipway {

struct StateCount
{
    QString pipeline;
    EnvironmentState state = EnvironmentState::Unknown;
    int count = 0;
};

/// cache.db: what providers said. May be deleted at any time. Belongs to the thread that opened it; any number of
/// threads and processes may have one of their own on the same file (WAL).
class CacheStore
{
public:
    /// Opens (and migrates, or drops and remakes) `home`/cache.db.
    static Result<std::unique_ptr<CacheStore>> open(const QString &home, FileState state = FileState::Unknown);
    ~CacheStore();
    QString notice() const; ///< what happened to the file at open, a sentence for the user; normally empty

    /// One transaction; writes only rows that differ. ahead/behind/ci in the snapshot are stored as given. Releases of
    /// an environment that `snapshot.releases` does not mention stay as they are.
    Result<ChangeSet> apply(const Snapshot &snapshot);
    /// Forgets a pipeline.
    Result<ChangeSet> drop(const QString &pipeline);
    Result<ChangeSet> setAccountStatus(const AccountStatus &status);

    QStringList environmentNames(const QString &pipeline, Stage stage) const; ///< in board order: by creation time
    QList<Environment> environments(const QString &pipeline) const; ///< by stage, then in board order
    QList<Environment> environments(const QString &pipeline, Stage stage) const; ///< in board order
    std::optional<Environment> environment(const QString &id) const;
    /// How many environments of a pipeline (empty: of each) are in which state; counted in the file, none is read.
    QList<StateCount> states(const QString &pipeline = {}) const;
    QList<Release> releases(const QString &environmentId, int limit = 200) const; ///< newest first
    QList<Change> changes(const QString &pipeline) const; ///< newest first
    bool knowsChanges(const QString &pipeline) const; ///< whether anybody asked yet: none known is not none open
    std::optional<AccountStatus> accountStatus(const QString &account) const;
    /// Since when staging runs something else than production, UTC; invalid when it does not or when that is not known.
    QDateTime dirtySince(const QString &pipeline) const;
    /// The slipway.json of the main branch; empty when there is none or nobody asked yet.
    QByteArray teamFile(const QString &pipeline) const;
    /// Comparisons never change: two commits are what they are. By pipeline, for repositories differ.
    std::optional<Comparison> comparison(const QString &pipeline, const QString &base, const QString &head) const;
    Result<void> remember(const QString &pipeline, const Comparison &comparison);
    /// Changes whenever any other connection wrote (PRAGMA data_version).
    qint64 dataVersion() const;

    const Database &database() const { return m_db; }

private:
    struct Memory;
    explicit CacheStore(Database db, QString notice);
    Result<void> recall(const QString &pipeline);
    Result<void> applyEnvironments(const Snapshot &snapshot, ChangeSet &changes);
    Result<void> applyReleases(const Snapshot &snapshot, const QString &name, ChangeSet &changes);
    Result<void> applyChanges(const Snapshot &snapshot, ChangeSet &changes);
    Result<void> applyTeamFile(const Snapshot &snapshot, ChangeSet &changes);
    Result<void> applyDirt(const Snapshot &snapshot, ChangeSet &changes);
    Result<void> removeEnvironment(const QString &pipeline, const QString &name);

    Database m_db;
    QString m_notice;
    std::unique_ptr<Memory> m_memory; ///< what is known to be in the file, so that an unchanged snapshot costs no I/O
};

} // namespace Slipway
