// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/environment.h"
#include "models/domain/error.h"
#include "models/domain/operation.h"
#include "models/domain/pipeline.h"
#include "models/domain/verdict.h"
#include "models/store/changeset.h"
#include "models/store/database.h"

#include <optional>

/// The two files of DESIGN section 3. Each object below belongs to the thread that opened its Database; any number of
/// threads and processes may have one of their own on the same file (WAL).
namespace Slipway {

/// cache.db: what providers said. May be deleted at any time.
class CacheStore
{
public:
    /// Opens (and migrates, or drops and remakes) `home`/cache.db.
    static Result<std::unique_ptr<CacheStore>> open(const QString &home);
    ~CacheStore();

    /// One transaction; writes only rows that differ. ahead/behind/ci in the snapshot are stored as given.
    Result<ChangeSet> apply(const Snapshot &snapshot);
    /// Forgets a pipeline.
    Result<ChangeSet> drop(const QString &pipeline);
    Result<ChangeSet> setAccountStatus(const AccountStatus &status);

    QStringList environmentNames(const QString &pipeline, Stage stage) const; ///< in board order: by creation time
    QList<Environment> environments(const QString &pipeline) const;
    std::optional<Environment> environment(const QString &id) const;
    QList<Release> releases(const QString &environmentId, int limit = 200) const; ///< newest first
    QList<Change> changes(const QString &pipeline) const; ///< newest first
    std::optional<AccountStatus> accountStatus(const QString &account) const;
    /// Comparisons never change: two commits are what they are. By pipeline, for repositories differ.
    std::optional<Comparison> comparison(const QString &pipeline, const QString &base, const QString &head) const;
    Result<void> remember(const QString &pipeline, const Comparison &comparison);
    /// Changes whenever any other connection wrote (PRAGMA data_version).
    qint64 dataVersion() const;

    const Database &database() const { return m_db; }

private:
    explicit CacheStore(Database db);
    Database m_db;
};

/// slipway.db: pipelines, journal, activity, verdicts, leases. Never lost.
class SlipwayStore
{
public:
    /// Opens `home`/slipway.db; makes a backup before a migration; moves a damaged file aside with a dated name and says
    /// so in notice(). A file of a newer version is Error::Kind::Storage and left untouched.
    static Result<std::unique_ptr<SlipwayStore>> open(const QString &home);
    ~SlipwayStore();
    QString notice() const; ///< what happened to the file at open, a sentence for the user; normally empty

    QList<Pipeline> pipelines() const; ///< by name
    std::optional<Pipeline> pipeline(const QString &name) const;
    Result<ChangeSet> savePipeline(const Pipeline &pipeline);
    Result<ChangeSet> removePipeline(const QString &name); ///< its verdicts go too; journal and activity stay

    QList<Account> accounts() const; ///< "local" first, always there
    Result<ChangeSet> saveAccount(const Account &account);
    Result<ChangeSet> removeAccount(const QString &name);

    /// The newest verdict for this environment whatever its version: the caller compares versions.
    std::optional<Verdict> verdict(const QString &environmentId) const;
    Result<ChangeSet> saveVerdict(const QString &environmentId, const Verdict &verdict);
    Result<ChangeSet> removeVerdicts(const QString &environmentId);

    /// Journal. Writes the operation and its steps whole, in one transaction with synchronous=FULL.
    Result<ChangeSet> saveOperation(const Operation &operation);
    std::optional<Operation> operation(const QString &id) const;
    /// Active ones and those that ended last, newest first.
    QList<Operation> operations(const QString &pipeline = {}, int limit = 100) const;
    QList<Operation> activeOperations() const;
    std::optional<Operation> activeOperation(const QString &environmentId) const;

    /// Lease: one operation per environment at a time, across processes. The owner is this process (pid, start time and
    /// boot id); a lease whose owner is gone is taken over, never one that is merely old. The error names the holder's
    /// operation. Taking several is all or nothing.
    Result<void> takeLeases(const QString &operationId, const QStringList &environmentIds);
    Result<void> dropLeases(const QString &operationId);
    /// True when this or another living process holds the operation.
    bool isHeld(const QString &operationId) const;

    Result<ChangeSet> record(const ActivityEntry &entry); ///< hash-chained
    QList<ActivityEntry> activity(const QString &pipeline = {}, const QString &environment = {}, int limit = 500) const;

    qint64 dataVersion() const;
    QByteArray secret() const; ///< 32 random bytes made once: key of the config hashes
    const Database &database() const { return m_db; }

private:
    explicit SlipwayStore(Database db);
    Database m_db;
    QString m_notice;
};

} // namespace Slipway
