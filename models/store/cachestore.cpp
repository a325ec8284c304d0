// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/cachestore.h"

#include "models/domain/json.h"
#include "models/store/rowtext.h"
#include "models/store/storefile.h"

#include <QHash>
#include <QJsonArray>
#include <QSet>

namespace Slipway {

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(storeLog, "slipway.store")

namespace {

/// Columns beside `body` are what rows are found and ordered by. Times are ISO 8601 in UTC, so they sort as text.
QList<QStringList> cacheSteps()
{
    return {{
                u"CREATE TABLE environment (pipeline TEXT NOT NULL, name TEXT NOT NULL, stage INTEGER NOT NULL, "
                "created TEXT NOT NULL, state TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (pipeline, name))"_s,
                u"CREATE INDEX environment_order ON environment (pipeline, stage, created, name, state)"_s,
                u"CREATE TABLE release (pipeline TEXT NOT NULL, environment TEXT NOT NULL, number INTEGER NOT NULL, "
                "body TEXT NOT NULL, PRIMARY KEY (pipeline, environment, number)) WITHOUT ROWID"_s,
                u"CREATE TABLE change (pipeline TEXT PRIMARY KEY, body TEXT NOT NULL)"_s,
                u"CREATE TABLE comparison (id INTEGER PRIMARY KEY, pipeline TEXT NOT NULL, base TEXT NOT NULL, "
                "head TEXT NOT NULL, body TEXT NOT NULL, UNIQUE (pipeline, base, head))"_s,
                u"CREATE TABLE dirt (pipeline TEXT PRIMARY KEY, since TEXT NOT NULL) WITHOUT ROWID"_s,
                u"CREATE TABLE account (name TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID"_s,
                Database::writerTable(),
            },
            {
                u"CREATE TABLE team_file (pipeline TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID"_s,
            }};
}

size_t digest(const QList<Release> &releases)
{
    size_t seed = 0;
    for (const Release &r : releases) {
        seed = qHashMulti(seed, r.number, r.version, r.artifact, r.artifactLabel, r.uncommitted,
                          r.at.toMSecsSinceEpoch(), r.by, r.note);
        seed = qHashMulti(seed, r.change.title, r.change.branch, r.change.number.value_or(-1), r.change.author,
                          r.change.url, r.change.head);
    }
    return seed;
}

/// Whether two environments run something different: what the clean-staging gauge calls dirty.
bool differs(const Release &a, const Release &b)
{
    if (a.version != b.version)
        return true;
    return (a.uncommitted || b.uncommitted || a.version.isEmpty()) && a.artifact != b.artifact;
}

} // namespace

struct CacheStore::Memory
{
    struct Known
    {
        QHash<QString, Environment> environments; ///< by name
        QHash<QString, size_t> releases; ///< digest by environment; absent: not compared yet
        std::optional<QList<Change>> changes;
    };
    QHash<QString, Known> pipelines;
    qint64 dataVersion = -1; ///< another one in the file: somebody else wrote, and all this is void
};

CacheStore::CacheStore(Database db, QString notice)
    : m_db(std::move(db))
    , m_notice(std::move(notice))
    , m_memory(std::make_unique<Memory>())
{ }

CacheStore::~CacheStore() = default;

Result<std::unique_ptr<CacheStore>> CacheStore::open(const QString &home, FileState state)
{
    auto opened =
        StoreFile(StoreFile::path(home, StoreFile::Kind::Cache), StoreFile::Kind::Cache, cacheSteps()).open(state);
    if (!opened)
        return tl::unexpected(opened.error());
    return std::unique_ptr<CacheStore>(new CacheStore(std::move(opened->db), opened->notice));
}

QString CacheStore::notice() const
{
    return m_notice;
}

qint64 CacheStore::dataVersion() const
{
    return m_db.dataVersion();
}

Result<ChangeSet> CacheStore::apply(const Snapshot &snapshot)
{
    ChangeSet changes;
    const auto done = m_db.transaction([&]() -> Result<void> {
        if (const auto known = recall(snapshot.pipeline); !known)
            return known;
        if (const auto written = applyEnvironments(snapshot, changes); !written)
            return written;
        for (const Environment &environment : snapshot.environments) {
            if (const auto written = applyReleases(snapshot, environment.name, changes); !written)
                return written;
        }
        if (const auto written = applyDirt(snapshot, changes); !written)
            return written;
        if (const auto written = applyTeamFile(snapshot, changes); !written)
            return written;
        return applyChanges(snapshot, changes);
    });
    if (!done) {
        m_memory->pipelines.remove(snapshot.pipeline); // it may hold what was rolled back
        return tl::unexpected(done.error());
    }
    return changes;
}

/// Fills the memory of this pipeline from the file, unless it is there and nobody else wrote since.
Result<void> CacheStore::recall(const QString &pipeline)
{
    if (const qint64 now = m_db.dataVersion(); now != m_memory->dataVersion) {
        m_memory->pipelines.clear();
        m_memory->dataVersion = now;
    }
    if (m_memory->pipelines.contains(pipeline))
        return {};
    const auto found = m_db.rows(u"SELECT name, body FROM environment WHERE pipeline = ?"_s, {orEmpty(pipeline)});
    if (!found)
        return tl::unexpected(found.error());
    Memory::Known known;
    for (const Database::Row &row : *found)
        known.environments.insert(row.at(0).toString(), environmentFromJson(toObject(row.at(1))));
    const auto list = m_db.row(u"SELECT body FROM change WHERE pipeline = ?"_s, {orEmpty(pipeline)});
    if (!list)
        return tl::unexpected(list.error());
    if (*list)
        known.changes = this->changes(pipeline);
    m_memory->pipelines.insert(pipeline, known);
    return {};
}

Result<void> CacheStore::applyEnvironments(const Snapshot &snapshot, ChangeSet &changes)
{
    Memory::Known &known = m_memory->pipelines[snapshot.pipeline];
    QSet<QString> present;
    for (const Environment &given : snapshot.environments) {
        Environment wanted = given;
        wanted.pipeline = snapshot.pipeline; // providers may know it by another name
        present.insert(wanted.name);
        const auto old = known.environments.constFind(wanted.name);
        if (old != known.environments.cend() && *old == wanted)
            continue;
        const auto written =
            run(m_db,
                u"INSERT INTO environment (pipeline, name, stage, created, state, body) "
                "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (pipeline, name) DO UPDATE SET "
                "stage = excluded.stage, created = excluded.created, state = excluded.state, "
                "body = excluded.body"_s,
                {orEmpty(wanted.pipeline), orEmpty(wanted.name), int(wanted.stage), orEmpty(toIso(wanted.createdAt)),
                 toString(wanted.state), QString::fromUtf8(toText(toJson(wanted)))});
        if (!written)
            return written;
        if (old == known.environments.cend() || old->stage != wanted.stage || old->createdAt != wanted.createdAt)
            changes.pipelines.insert(snapshot.pipeline);
        changes.environments.insert(wanted.id());
        known.environments.insert(wanted.name, wanted);
    }
    const QStringList names = known.environments.keys();
    for (const QString &name : names) {
        if (present.contains(name))
            continue;
        if (const auto gone = removeEnvironment(snapshot.pipeline, name); !gone)
            return gone;
        known.environments.remove(name);
        known.releases.remove(name);
        changes.pipelines.insert(snapshot.pipeline);
        changes.environments.insert(snapshot.pipeline + u'/' + name);
    }
    return {};
}

Result<void> CacheStore::applyReleases(const Snapshot &snapshot, const QString &name, ChangeSet &changes)
{
    const auto given = snapshot.releases.constFind(name);
    if (given == snapshot.releases.cend())
        return {};
    Memory::Known &known = m_memory->pipelines[snapshot.pipeline];
    const size_t wanted = digest(*given);
    if (const auto old = known.releases.constFind(name); old != known.releases.cend() && *old == wanted)
        return {};
    const auto found = m_db.rows(u"SELECT number, body FROM release WHERE pipeline = ? AND environment = ?"_s,
                                 {orEmpty(snapshot.pipeline), orEmpty(name)});
    if (!found)
        return tl::unexpected(found.error());
    QHash<int, QByteArray> stored;
    for (const Database::Row &row : *found)
        stored.insert(row.at(0).toInt(), row.at(1).toByteArray());
    bool changed = false;
    for (const Release &release : *given) {
        const QByteArray body = toText(toJson(release));
        if (stored.take(release.number) == body)
            continue;
        const auto written = run(m_db,
                                 u"INSERT OR REPLACE INTO release (pipeline, environment, number, body) "
                                 "VALUES (?, ?, ?, ?)"_s,
                                 {orEmpty(snapshot.pipeline), orEmpty(name), release.number, QString::fromUtf8(body)});
        if (!written)
            return written;
        changed = true;
    }
    for (auto old = stored.cbegin(); old != stored.cend(); ++old) {
        const auto gone = run(m_db, u"DELETE FROM release WHERE pipeline = ? AND environment = ? AND number = ?"_s,
                              {orEmpty(snapshot.pipeline), orEmpty(name), old.key()});
        if (!gone)
            return gone;
        changed = true;
    }
    if (changed)
        changes.environments.insert(snapshot.pipeline + u'/' + name);
    known.releases.insert(name, wanted);
    return {};
}

Result<void> CacheStore::applyChanges(const Snapshot &snapshot, ChangeSet &changes)
{
    Memory::Known &known = m_memory->pipelines[snapshot.pipeline];
    if (!snapshot.changes || snapshot.changes == known.changes)
        return {};
    QJsonArray list;
    for (const Change &change : *snapshot.changes)
        list.append(toJson(change));
    const auto written =
        run(m_db, u"INSERT OR REPLACE INTO change (pipeline, body) VALUES (?, ?)"_s,
            {orEmpty(snapshot.pipeline), QString::fromUtf8(QJsonDocument(list).toJson(QJsonDocument::Compact))});
    if (!written)
        return written;
    known.changes = snapshot.changes;
    changes.changes.insert(snapshot.pipeline);
    return {};
}

Result<void> CacheStore::applyTeamFile(const Snapshot &snapshot, ChangeSet &changes)
{
    if (!snapshot.teamFile || *snapshot.teamFile == teamFile(snapshot.pipeline))
        return {};
    changes.pipelines.insert(snapshot.pipeline);
    return run(m_db, u"INSERT OR REPLACE INTO team_file (pipeline, body) VALUES (?, ?)"_s,
               {orEmpty(snapshot.pipeline), QString::fromUtf8(*snapshot.teamFile)});
}

/// Staging is dirty since it first ran something that production does not run, and until they are the same again.
Result<void> CacheStore::applyDirt(const Snapshot &snapshot, ChangeSet &changes)
{
    std::optional<Release> staging;
    std::optional<Release> production;
    for (const Environment &environment : snapshot.environments) {
        if (environment.stage == Stage::Staging && !staging)
            staging = environment.release;
        else if (environment.stage == Stage::Production && !production)
            production = environment.release;
    }
    const QDateTime since = dirtySince(snapshot.pipeline);
    const bool dirty = staging && production && differs(*staging, *production);
    if (dirty == since.isValid())
        return {};
    changes.pipelines.insert(snapshot.pipeline);
    if (!dirty)
        return run(m_db, u"DELETE FROM dirt WHERE pipeline = ?"_s, {orEmpty(snapshot.pipeline)});
    // After a lost cache the exact moment is gone: staging's current release is the best that is known.
    const QDateTime start = staging->at.isValid() ? staging->at
        : snapshot.asOf.isValid()                 ? snapshot.asOf
                                                  : QDateTime::currentDateTimeUtc();
    return run(m_db, u"INSERT INTO dirt (pipeline, since) VALUES (?, ?)"_s, {orEmpty(snapshot.pipeline), toIso(start)});
}

Result<void> CacheStore::removeEnvironment(const QString &pipeline, const QString &name)
{
    if (const auto gone =
            run(m_db, u"DELETE FROM environment WHERE pipeline = ? AND name = ?"_s, {orEmpty(pipeline), orEmpty(name)});
        !gone)
        return gone;
    return run(m_db, u"DELETE FROM release WHERE pipeline = ? AND environment = ?"_s,
               {orEmpty(pipeline), orEmpty(name)});
}

Result<ChangeSet> CacheStore::drop(const QString &pipeline)
{
    ChangeSet changes;
    const auto done = m_db.transaction([&]() -> Result<void> {
        const auto names = m_db.rows(u"SELECT name FROM environment WHERE pipeline = ?"_s, {orEmpty(pipeline)});
        if (!names)
            return tl::unexpected(names.error());
        for (const Database::Row &row : *names)
            changes.environments.insert(pipeline + u'/' + row.at(0).toString());
        for (const QString &table :
             {u"environment"_s, u"release"_s, u"change"_s, u"comparison"_s, u"dirt"_s, u"team_file"_s}) {
            const auto gone = run(m_db, u"DELETE FROM %1 WHERE pipeline = ?"_s.arg(table), {orEmpty(pipeline)});
            if (!gone)
                return gone;
        }
        return {};
    });
    m_memory->pipelines.remove(pipeline);
    if (!done)
        return tl::unexpected(done.error());
    changes.pipelines.insert(pipeline);
    changes.changes.insert(pipeline);
    return changes;
}

} // namespace Slipway
