// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/slipwaystore.h"

#include "models/domain/accountinput.h"
#include "models/domain/json.h"
#include "models/store/rowtext.h"
#include "models/store/storefile.h"

#include <QCoreApplication>
#include <QRandomGenerator>

#include <array>

namespace Slipway {

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

struct SlipwayStoreTr
{
    Q_DECLARE_TR_FUNCTIONS(Slipway::SlipwayStore)
};

QList<QStringList> slipwaySteps()
{
    return {
        {
            u"CREATE TABLE meta (key TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID"_s,
            u"CREATE TABLE pipeline (name TEXT PRIMARY KEY, deploys_account TEXT NOT NULL, deploys_id TEXT NOT NULL, "
            "repository TEXT NOT NULL, main_branch TEXT NOT NULL, sample INTEGER NOT NULL, read_only INTEGER NOT NULL, "
            "change_limit INTEGER NOT NULL)"_s,
            u"CREATE TABLE account (name TEXT PRIMARY KEY, kind TEXT NOT NULL, url TEXT NOT NULL)"_s,
            u"INSERT INTO account (name, kind, url) VALUES ('local', 'local', '')"_s,
            u"CREATE TABLE verdict (environment TEXT PRIMARY KEY, state TEXT NOT NULL, who TEXT NOT NULL, "
            "note TEXT NOT NULL, version TEXT NOT NULL, at TEXT NOT NULL)"_s,
            u"CREATE TABLE operation (id TEXT PRIMARY KEY, pipeline TEXT NOT NULL, environment TEXT NOT NULL, "
            "state TEXT NOT NULL, active INTEGER NOT NULL, dismissed INTEGER NOT NULL DEFAULT 0, requested TEXT NOT "
            "NULL, "
            "body TEXT NOT NULL)"_s,
            u"CREATE INDEX operation_active ON operation (requested) WHERE active"_s,
            u"CREATE INDEX operation_failed ON operation (requested) WHERE state = 'failed' AND NOT dismissed"_s,
            u"CREATE INDEX operation_environment ON operation (pipeline, environment, requested)"_s,
            u"CREATE INDEX operation_requested ON operation (requested)"_s,
            u"CREATE TABLE lease (environment TEXT PRIMARY KEY, operation TEXT NOT NULL, owner TEXT NOT NULL, "
            "taken TEXT NOT NULL)"_s,
            u"CREATE INDEX lease_operation ON lease (operation)"_s,
            u"CREATE TABLE activity (id INTEGER PRIMARY KEY, at TEXT NOT NULL, who TEXT NOT NULL, pipeline TEXT NOT "
            u"NULL, "
            "environment TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL, version TEXT NOT NULL, "
            "reason TEXT NOT NULL, result TEXT NOT NULL, operation TEXT NOT NULL, hash TEXT NOT NULL)"_s,
            u"CREATE INDEX activity_scope ON activity (pipeline, environment, id)"_s,
            Database::writerTable(),
        },
        {
            u"CREATE TABLE policy (pipeline TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, "
            "PRIMARY KEY (pipeline, key)) WITHOUT ROWID"_s,
            u"INSERT INTO policy (pipeline, key, value) SELECT name, 'limit', '[' || change_limit || ']' FROM pipeline "
            "WHERE change_limit <> 2"_s,
            u"ALTER TABLE pipeline DROP COLUMN change_limit"_s,
            u"CREATE TABLE hold (pipeline TEXT PRIMARY KEY, who TEXT NOT NULL, reason TEXT NOT NULL, since TEXT NOT "
            u"NULL, "
            "until TEXT NOT NULL, after_roll_back INTEGER NOT NULL) WITHOUT ROWID"_s,
            u"CREATE TABLE queue (pipeline TEXT NOT NULL, environment TEXT NOT NULL, place INTEGER NOT NULL, "
            "who TEXT NOT NULL, since TEXT NOT NULL, reason TEXT NOT NULL, "
            "PRIMARY KEY (pipeline, environment)) WITHOUT ROWID"_s,
            u"CREATE TABLE dirt (pipeline TEXT NOT NULL, since TEXT NOT NULL, until TEXT NOT NULL, "
            "changes INTEGER NOT NULL, PRIMARY KEY (pipeline, since)) WITHOUT ROWID"_s,
            u"CREATE TABLE lifetime (environment TEXT PRIMARY KEY, ends TEXT NOT NULL, shut_down TEXT NOT NULL, "
            "kept_by TEXT NOT NULL) WITHOUT ROWID"_s,
            u"CREATE TABLE rule_note (pipeline TEXT NOT NULL, rule TEXT NOT NULL, subject TEXT NOT NULL, note TEXT NOT "
            u"NULL, "
            "PRIMARY KEY (pipeline, rule, subject)) WITHOUT ROWID"_s,
            u"CREATE TABLE message (id INTEGER PRIMARY KEY, recipient TEXT NOT NULL, at TEXT NOT NULL, "
            "text TEXT NOT NULL)"_s,
            u"CREATE INDEX message_recipient ON message (recipient, id)"_s,
            u"ALTER TABLE activity ADD COLUMN more TEXT NOT NULL DEFAULT ''"_s,
            u"CREATE INDEX activity_operation ON activity (operation, id) WHERE operation <> ''"_s,
        },
        {
            u"ALTER TABLE account ADD COLUMN data_url TEXT NOT NULL DEFAULT ''"_s,
            u"ALTER TABLE account ADD COLUMN token_variable TEXT NOT NULL DEFAULT ''"_s,
            u"ALTER TABLE pipeline ADD COLUMN adopted INTEGER NOT NULL DEFAULT 0"_s,
        },
        {
            u"ALTER TABLE pipeline ADD COLUMN source_account TEXT NOT NULL DEFAULT ''"_s,
            u"ALTER TABLE pipeline ADD COLUMN source_id TEXT NOT NULL DEFAULT ''"_s,
            u"ALTER TABLE pipeline ADD COLUMN ci_account TEXT NOT NULL DEFAULT ''"_s,
            u"ALTER TABLE pipeline ADD COLUMN ci_id TEXT NOT NULL DEFAULT ''"_s,
            u"CREATE TABLE team_note (id INTEGER PRIMARY KEY AUTOINCREMENT, pipeline TEXT NOT NULL, body TEXT NOT NULL)"_s,
        }};
}

Pipeline pipelineFrom(const Database::Row &row)
{
    Pipeline pipeline{row.at(0).toString(), row.at(1).toString(), row.at(2).toString(), row.at(3).toString(),
                      row.at(4).toString(), row.at(5).toBool(),   row.at(6).toBool(),   row.at(7).toBool()};
    pipeline.source = {row.at(8).toString(), row.at(9).toString()};
    pipeline.ci = {row.at(10).toString(), row.at(11).toString()};
    return pipeline;
}

Account accountFrom(const Database::Row &row)
{
    return {row.at(0).toString(), row.at(1).toString(), row.at(2).toString(), row.at(3).toString(),
            row.at(4).toString()};
}

} // namespace

SlipwayStore::SlipwayStore(Database db, QString notice)
    : m_db(std::move(db))
    , m_notice(std::move(notice))
{ }

SlipwayStore::~SlipwayStore() = default;

Result<std::unique_ptr<SlipwayStore>> SlipwayStore::open(const QString &home, FileState state)
{
    auto opened =
        StoreFile(StoreFile::path(home, StoreFile::Kind::Record), StoreFile::Kind::Record, slipwaySteps()).open(state);
    if (!opened)
        return tl::unexpected(opened.error());
    std::unique_ptr<SlipwayStore> store(new SlipwayStore(std::move(opened->db), opened->notice));
    if (const auto ready = store->prepare(); !ready)
        return tl::unexpected(ready.error());
    return store;
}

/// Makes the secret once.
Result<void> SlipwayStore::prepare()
{
    if (secret().size() == 32)
        return {};
    return m_db.transaction([this]() -> Result<void> {
        std::array<quint32, 8> random;
        QRandomGenerator::system()->fillRange(random.data(), random.size());
        QByteArray bytes;
        for (const quint32 word : random)
            bytes.append(QByteArray::number(word, 16).rightJustified(8, '0'));
        return run(m_db, u"INSERT OR IGNORE INTO meta (key, value) VALUES ('secret', ?)"_s,
                   {QString::fromLatin1(bytes)});
    });
}

QString SlipwayStore::notice() const
{
    return m_notice;
}

Result<void> SlipwayStore::backUp() const
{
    return StoreFile::backUp(m_db);
}

Result<void> SlipwayStore::backUpDaily() const
{
    if (pipelines().isEmpty() || StoreFile::hasBackupOfToday(m_db))
        return {};
    return backUp();
}

qint64 SlipwayStore::dataVersion() const
{
    return m_db.dataVersion();
}

QByteArray SlipwayStore::secret() const
{
    const auto found = rowsOrNone(m_db, u"SELECT value FROM meta WHERE key = 'secret'"_s);
    return found.isEmpty() ? QByteArray() : QByteArray::fromHex(found.constFirst().at(0).toString().toLatin1());
}

QList<Pipeline> SlipwayStore::pipelines() const
{
    QList<Pipeline> pipelines;
    const auto found = rowsOrNone(m_db, u"SELECT * FROM pipeline ORDER BY name"_s);
    for (const Database::Row &row : found)
        pipelines.append(pipelineFrom(row));
    return pipelines;
}

std::optional<Pipeline> SlipwayStore::pipeline(const QString &name) const
{
    const auto found = rowsOrNone(m_db, u"SELECT * FROM pipeline WHERE name = ?"_s, {orEmpty(name)});
    return found.isEmpty() ? std::optional<Pipeline>() : pipelineFrom(found.constFirst());
}

Result<ChangeSet> SlipwayStore::savePipeline(const Pipeline &pipeline)
{
    if (const QString problem = nameProblem(pipeline.name); !problem.isEmpty())
        return fail(Error::Kind::Invalid, problem);
    if (this->pipeline(pipeline.name) == pipeline)
        return ChangeSet{};
    const auto done = m_db.transaction([&] {
        return run(m_db,
                   u"INSERT OR REPLACE INTO pipeline (name, deploys_account, deploys_id, repository, main_branch, "
                   "sample, read_only, adopted, source_account, source_id, ci_account, ci_id) "
                   "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
                   {pipeline.name, orEmpty(pipeline.deploysAccount), orEmpty(pipeline.deploysId),
                    orEmpty(pipeline.repository), orEmpty(pipeline.mainBranch), int(pipeline.sample),
                    int(pipeline.readOnly), int(pipeline.adopted), orEmpty(pipeline.source.account),
                    orEmpty(pipeline.source.id), orEmpty(pipeline.ci.account), orEmpty(pipeline.ci.id)});
    });
    if (!done)
        return tl::unexpected(done.error());
    ChangeSet changes;
    changes.pipelines.insert(pipeline.name);
    return changes;
}

Result<ChangeSet> SlipwayStore::removePipeline(const QString &name)
{
    const auto done = m_db.transaction([&]() -> Result<void> {
        if (const auto gone = run(m_db, u"DELETE FROM pipeline WHERE name = ?"_s, {orEmpty(name)}); !gone)
            return gone;
        for (const QString &table : {u"policy"_s, u"hold"_s, u"queue"_s, u"rule_note"_s, u"team_note"_s}) {
            const auto gone = run(m_db, u"DELETE FROM %1 WHERE pipeline = ?"_s.arg(table), {orEmpty(name)});
            if (!gone)
                return gone;
        }
        // "name/" <= environment < "name0": all ids of this pipeline, for '0' follows '/'.
        for (const QString &table : {u"verdict"_s, u"lifetime"_s}) {
            const auto gone = run(m_db, u"DELETE FROM %1 WHERE environment >= ? AND environment < ?"_s.arg(table),
                                  {name + u'/', name + u'0'});
            if (!gone)
                return gone;
        }
        // A pipeline that gets this name later must not begin with the failures of this one.
        return run(m_db, u"UPDATE operation SET dismissed = 1 WHERE pipeline = ? AND NOT active"_s, {orEmpty(name)});
    });
    if (!done)
        return tl::unexpected(done.error());
    ChangeSet changes;
    changes.pipelines.insert(name);
    return changes;
}

QList<Account> SlipwayStore::accounts() const
{
    QList<Account> accounts;
    const auto found = rowsOrNone(m_db,
                                  u"SELECT name, kind, url, data_url, token_variable FROM account "
                                  "ORDER BY name <> 'local', name"_s);
    for (const Database::Row &row : found)
        accounts.append(accountFrom(row));
    return accounts;
}

Result<Account> SlipwayStore::account(const QString &name) const
{
    if (name == kGitAccount)
        return Account{name, name, {}};
    const QList<Account> all = accounts();
    const auto found = std::find_if(all.cbegin(), all.cend(), [&name](const Account &one) { return one.name == name; });
    if (found != all.cend())
        return *found;
    return fail(Error::Kind::NotFound, SlipwayStoreTr::tr("There is no account “%1”.").arg(name),
                SlipwayStoreTr::tr("`slipwayctl account list` shows the ones there are."));
}

Result<ChangeSet> SlipwayStore::saveAccount(const Account &account)
{
    if (const QString problem = nameProblem(account.name); !problem.isEmpty())
        return fail(Error::Kind::Invalid, problem);
    if (account.name == kGitAccount) {
        return fail(Error::Kind::Conflict,
                    SlipwayStoreTr::tr("The account “git” is the git repositories of this machine."),
                    SlipwayStoreTr::tr("Choose another name."));
    }
    if (account.name == u"local" && account.kind != u"local") {
        return fail(Error::Kind::Conflict, SlipwayStoreTr::tr("The account “local” is this machine."),
                    SlipwayStoreTr::tr("Choose another name for the new account."));
    }
    if (const auto good = goodAccount(account); !good)
        return tl::unexpected(good.error());
    const auto done = m_db.transaction([&] {
        return run(
            m_db,
            u"INSERT OR REPLACE INTO account (name, kind, url, data_url, token_variable) VALUES (?, ?, ?, ?, ?)"_s,
            {account.name, orEmpty(account.kind), orEmpty(account.url), orEmpty(account.dataUrl),
             orEmpty(account.tokenVariable)});
    });
    if (!done)
        return tl::unexpected(done.error());
    ChangeSet changes;
    changes.accounts.insert(account.name);
    return changes;
}

Result<ChangeSet> SlipwayStore::removeAccount(const QString &name)
{
    if (name == u"local") {
        return fail(Error::Kind::Invalid,
                    SlipwayStoreTr::tr("The account “local” is this machine and cannot be removed."));
    }
    ChangeSet changes;
    const auto done = m_db.transaction([&]() -> Result<void> {
        const auto users =
            m_db.rows(u"SELECT name FROM pipeline WHERE ? IN (deploys_account, source_account, ci_account) "
                      "ORDER BY name"_s,
                      {orEmpty(name)});
        if (!users)
            return tl::unexpected(users.error());
        if (!users->isEmpty()) {
            QStringList names;
            for (const Database::Row &row : *users)
                names.append(row.at(0).toString());
            return fail(Error::Kind::Conflict,
                        SlipwayStoreTr::tr("The account “%1” still serves: %2.").arg(name, names.join(u", "_s)),
                        SlipwayStoreTr::tr("Remove these pipelines first."));
        }
        const auto gone = m_db.execute(u"DELETE FROM account WHERE name = ?"_s, {orEmpty(name)});
        if (!gone)
            return tl::unexpected(gone.error());
        if (*gone == 0) {
            return fail(Error::Kind::NotFound, SlipwayStoreTr::tr("There is no account “%1”.").arg(name),
                        SlipwayStoreTr::tr("`slipwayctl account list` shows the ones there are."));
        }
        changes.accounts.insert(name);
        return {};
    });
    if (!done)
        return tl::unexpected(done.error());
    return changes;
}

std::optional<Verdict> SlipwayStore::verdict(const QString &environmentId) const
{
    const auto found = rowsOrNone(m_db, u"SELECT state, who, note, version, at FROM verdict WHERE environment = ?"_s,
                                  {orEmpty(environmentId)});
    if (found.isEmpty())
        return std::nullopt;
    const Database::Row &row = found.constFirst();
    return Verdict{verdictStateFromString(row.at(0).toString()), row.at(1).toString(), row.at(2).toString(),
                   row.at(3).toString(), fromIso(row.at(4).toString())};
}

Result<ChangeSet> SlipwayStore::saveVerdict(const QString &environmentId, const Verdict &verdict)
{
    const auto done = m_db.transaction([&] {
        return run(m_db,
                   u"INSERT OR REPLACE INTO verdict (environment, state, who, note, version, at) "
                   "VALUES (?, ?, ?, ?, ?, ?)"_s,
                   {orEmpty(environmentId), toString(verdict.state), orEmpty(verdict.by), orEmpty(verdict.note),
                    orEmpty(verdict.version), orEmpty(toIso(verdict.at))});
    });
    if (!done)
        return tl::unexpected(done.error());
    ChangeSet changes;
    changes.environments.insert(environmentId);
    return changes;
}

Result<ChangeSet> SlipwayStore::removeVerdicts(const QString &environmentId)
{
    int gone = 0;
    const auto done = m_db.transaction([&]() -> Result<void> {
        const auto removed = m_db.execute(u"DELETE FROM verdict WHERE environment = ?"_s, {orEmpty(environmentId)});
        if (!removed)
            return tl::unexpected(removed.error());
        gone = *removed;
        return {};
    });
    if (!done)
        return tl::unexpected(done.error());
    ChangeSet changes;
    if (gone > 0)
        changes.environments.insert(environmentId);
    return changes;
}

} // namespace Slipway
