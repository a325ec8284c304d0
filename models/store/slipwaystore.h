// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"
#include "models/domain/operation.h"
#include "models/domain/pipeline.h"
#include "models/domain/policy.h"
#include "models/domain/staging.h"
#include "models/domain/team.h"
#include "models/domain/verdict.h"
#include "models/store/changeset.h"
#include "models/store/database.h"
#include "models/store/filecheck.h"

#include <memory>
#include <optional>

namespace Slipway {

/// slipway.db: pipelines, policies, holds, queues, journal, activity, verdicts, leases. Never lost. Belongs to the
/// thread that opened it; any number of threads and processes may have one of their own on the same file (WAL).
class SlipwayStore
{
public:
    /// Opens `home`/slipway.db; makes a backup before a migration; moves a damaged file aside with a dated name and
    /// says so in notice(). A file of a newer version is Error::Kind::Storage and left untouched.
    static Result<std::unique_ptr<SlipwayStore>> open(const QString &home, FileState state = FileState::Unknown);
    ~SlipwayStore();
    QString notice() const; ///< what happened to the file at open, a sentence for the user; normally empty
    /// A dated copy beside the file, the newest few are kept; a damaged file is replaced by the newest at the next
    /// open.
    Result<void> backUp() const;
    /// backUp(), unless there is one of today (UTC) or nothing worth keeping yet.
    Result<void> backUpDaily() const;

    QList<Pipeline> pipelines() const; ///< by name
    std::optional<Pipeline> pipeline(const QString &name) const;
    Result<ChangeSet> savePipeline(const Pipeline &pipeline);
    /// Its verdicts, policy, hold, queue, lifetimes and rules' notes go too; journal, activity and dirty times stay.
    Result<ChangeSet> removePipeline(const QString &name);

    QList<Account> accounts() const; ///< "local" first, always there
    /// One of them, or the git repositories of this machine (kGitAccount), which are not among them; else NotFound.
    Result<Account> account(const QString &name) const;
    Result<ChangeSet> saveAccount(const Account &account);
    Result<ChangeSet> removeAccount(const QString &name); ///< Conflict while a pipeline uses it

    /// The newest verdict for this environment whatever its version: the caller compares versions.
    std::optional<Verdict> verdict(const QString &environmentId) const;
    Result<ChangeSet> saveVerdict(const QString &environmentId, const Verdict &verdict);
    Result<ChangeSet> removeVerdicts(const QString &environmentId);

    /// What was set at this desktop; the team's settings are in the cache, see BoardReader::policy().
    Policy::Layer policy(const QString &pipeline) const;
    Result<ChangeSet> savePolicy(const QString &pipeline, const Policy::Layer &set, const QStringList &unset);

    std::optional<Hold> hold(const QString &pipeline) const; ///< also one that is over: the caller knows the time
    Result<ChangeSet> saveHold(const QString &pipeline, const Hold &hold);
    Result<ChangeSet> removeHold(const QString &pipeline);

    QList<QueueEntry> queue(const QString &pipeline) const; ///< the first goes first
    /// At a place from 1, 0: where it is, a new one at the end. The others keep their order.
    Result<ChangeSet> enqueue(const QString &pipeline, const QueueEntry &entry, int place);
    Result<ChangeSet> dequeue(const QString &pipeline, const QString &environment);

    QList<DirtyTime> dirtyTimes(const QString &pipeline, const QDateTime &from) const; ///< that reach past `from`
    /// Staging differs from production since `since` by so many changes; an invalid `since`: it does not, so that the
    /// open time ends at `at`.
    Result<void> saveDirty(const QString &pipeline, const QDateTime &since, int changes, const QDateTime &at);

    std::optional<Lifetime> lifetime(const QString &environmentId) const;
    Result<ChangeSet> saveLifetime(const QString &environmentId, const Lifetime &lifetime);
    Result<ChangeSet> removeLifetime(const QString &environmentId);

    /// Names of the environments of a pipeline that have a verdict, a place in the queue or a lifetime.
    QSet<QString> rememberedEnvironments(const QString &pipeline) const;

    /// What a rule noted for itself, by subject, so that it wants nothing twice.
    QHash<QString, QString> ruleNotes(const QString &pipeline, const QString &rule) const;
    Result<void> noteRule(const QString &pipeline, const QString &rule, const QString &subject, const QString &note);
    /// Whether rules left notes or lifetimes there, which go when the rules are off.
    bool hasRuleTraces(const QString &pipeline) const;

    /// What is still to be told to the team's shared place, oldest first.
    QList<TeamNote> teamNotes(const QString &pipeline) const;
    Result<ChangeSet> addTeamNote(const TeamNote &note);
    Result<void> removeTeamNote(qint64 id);

    bool hasMessages() const; ///< for anybody: cheaper than finding out who sits here
    QList<Message> messages(const QString &person) const; ///< oldest first; those nobody has seen
    Result<ChangeSet> sendMessage(const Message &message);
    Result<ChangeSet> markSeen(qint64 messageId);

    /// Journal. Writes the operation and its steps whole, in one transaction with synchronous=FULL. The first write of
    /// an operation takes a failed one of the same environment off its card.
    Result<ChangeSet> saveOperation(const Operation &operation);
    /// Takes an operation that has ended off its card; it stays in the journal.
    Result<ChangeSet> dismissOperation(const QString &id);
    std::optional<Operation> operation(const QString &id) const;
    /// Active ones first, then failed ones nobody dismissed, then the others; each newest first.
    QList<Operation> operations(const QString &pipeline = {}, int limit = 100) const;
    QList<Operation> activeOperations() const; ///< oldest first
    std::optional<Operation> activeOperation(const QString &environmentId) const;
    /// What a card shows: the active operation, or the newest one if it failed and was not dismissed.
    std::optional<Operation> shownOperation(const QString &environmentId) const;

    /// Lease: one operation per environment at a time, across processes. The owner is this process (pid, start time and
    /// boot id); a lease whose owner is gone is taken over, never one that is merely old. The error names the holder's
    /// operation. Taking several is all or nothing.
    Result<void> takeLeases(const QString &operationId, const QStringList &environmentIds);
    Result<void> dropLeases(const QString &operationId);
    /// True when this or another living process holds the operation.
    bool isHeld(const QString &operationId) const;
    /// True when an operation of this or another living process has to do with the environment.
    bool isLeased(const QString &environmentId) const;

    Result<ChangeSet> record(const ActivityEntry &entry); ///< hash-chained; its id is given here
    /// Newest first.
    QList<ActivityEntry> activity(const QString &pipeline = {}, const QString &environment = {}, int limit = 500) const;
    /// Storage error that names the first line that was changed, removed or put in after it was written.
    Result<void> verifyActivity() const;

    qint64 dataVersion() const;
    QByteArray secret() const; ///< 32 random bytes made once: key of the config hashes
    const Database &database() const { return m_db; }

private:
    explicit SlipwayStore(Database db, QString notice);
    Result<void> prepare();
    Database m_db;
    QString m_notice;
};

} // namespace Slipway
