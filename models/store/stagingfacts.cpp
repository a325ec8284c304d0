// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The part of SlipwayStore that keeps who has staging, who waits for it, and how long it was dirty.
#include "models/store/slipwaystore.h"

#include "models/domain/json.h"
#include "models/store/rowtext.h"

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

Result<ChangeSet> changed(const Result<void> &done, const QString &pipeline, const QStringList &environments = {})
{
    if (!done)
        return tl::unexpected(done.error());
    ChangeSet changes;
    changes.pipelines.insert(pipeline);
    for (const QString &environment : environments)
        changes.environments.insert(pipeline + u'/' + environment);
    return changes;
}

} // namespace

std::optional<Hold> SlipwayStore::hold(const QString &pipeline) const
{
    const auto found = rowsOrNone(
        m_db, u"SELECT who, reason, since, until, after_roll_back FROM hold WHERE pipeline = ?"_s, {orEmpty(pipeline)});
    if (found.isEmpty())
        return std::nullopt;
    const Database::Row &row = found.constFirst();
    return Hold{row.at(0).toString(), row.at(1).toString(), fromIso(row.at(2).toString()),
                fromIso(row.at(3).toString()), row.at(4).toBool()};
}

Result<ChangeSet> SlipwayStore::saveHold(const QString &pipeline, const Hold &hold)
{
    const auto done = m_db.transaction([&] {
        return run(m_db,
                   u"INSERT OR REPLACE INTO hold (pipeline, who, reason, since, until, after_roll_back) "
                   "VALUES (?, ?, ?, ?, ?, ?)"_s,
                   {orEmpty(pipeline), orEmpty(hold.by), orEmpty(hold.reason), orEmpty(toIso(hold.since)),
                    orEmpty(toIso(hold.until)), int(hold.afterRollBack)});
    });
    return changed(done, pipeline);
}

Result<ChangeSet> SlipwayStore::removeHold(const QString &pipeline)
{
    const auto done =
        m_db.transaction([&] { return run(m_db, u"DELETE FROM hold WHERE pipeline = ?"_s, {orEmpty(pipeline)}); });
    return changed(done, pipeline);
}

QList<QueueEntry> SlipwayStore::queue(const QString &pipeline) const
{
    QList<QueueEntry> entries;
    const auto found =
        rowsOrNone(m_db, u"SELECT environment, who, since, reason FROM queue WHERE pipeline = ? ORDER BY place"_s,
                   {orEmpty(pipeline)});
    for (const Database::Row &row : found) {
        entries.append(QueueEntry{row.at(0).toString(), row.at(1).toString(), fromIso(row.at(2).toString()),
                                  row.at(3).toString()});
    }
    return entries;
}

Result<ChangeSet> SlipwayStore::enqueue(const QString &pipeline, const QueueEntry &entry, int place)
{
    QStringList all;
    const auto done = m_db.transaction([&]() -> Result<void> {
        QList<QueueEntry> entries = queue(pipeline);
        QueueEntry wanted = entry;
        qsizetype at = entries.size();
        for (qsizetype i = 0; i < entries.size(); ++i) {
            if (entries.at(i).environment == entry.environment) {
                wanted.since = entries.at(i).since; // who waits, waits since then, whoever moves it
                wanted.by = entries.at(i).by;
                if (wanted.reason.isEmpty())
                    wanted.reason = entries.at(i).reason;
                entries.removeAt(i);
                at = i;
                break;
            }
        }
        entries.insert(place > 0 ? std::min<qsizetype>(place - 1, entries.size()) : at, wanted);
        for (qsizetype i = 0; i < entries.size(); ++i) {
            const QueueEntry &one = entries.at(i);
            all.append(one.environment);
            const auto written = run(m_db,
                                     u"INSERT OR REPLACE INTO queue (pipeline, environment, place, who, since, reason) "
                                     "VALUES (?, ?, ?, ?, ?, ?)"_s,
                                     {orEmpty(pipeline), orEmpty(one.environment), i + 1, orEmpty(one.by),
                                      orEmpty(toIso(one.since)), orEmpty(one.reason)});
            if (!written)
                return written;
        }
        return {};
    });
    return changed(done, pipeline, all);
}

Result<ChangeSet> SlipwayStore::dequeue(const QString &pipeline, const QString &environment)
{
    QStringList all;
    bool waits = false;
    const QList<QueueEntry> entries = queue(pipeline);
    for (const QueueEntry &entry : entries) {
        all.append(entry.environment); // the others move up
        waits = waits || entry.environment == environment;
    }
    if (!waits)
        return ChangeSet(); // no write for what is not there
    const auto done = m_db.transaction([&] {
        return run(m_db, u"DELETE FROM queue WHERE pipeline = ? AND environment = ?"_s,
                   {orEmpty(pipeline), orEmpty(environment)});
    });
    return changed(done, pipeline, all);
}

QList<DirtyTime> SlipwayStore::dirtyTimes(const QString &pipeline, const QDateTime &from) const
{
    QList<DirtyTime> times;
    const auto found = rowsOrNone(m_db,
                                  u"SELECT since, until, changes FROM dirt WHERE pipeline = ? "
                                  "AND (until = '' OR until > ?) ORDER BY since"_s,
                                  {orEmpty(pipeline), orEmpty(toIso(from))});
    for (const Database::Row &row : found)
        times.append(DirtyTime{fromIso(row.at(0).toString()), fromIso(row.at(1).toString()), row.at(2).toInt()});
    return times;
}

Result<void> SlipwayStore::saveDirty(const QString &pipeline, const QDateTime &since, int changes, const QDateTime &at)
{
    const QList<Database::Row> open =
        rowsOrNone(m_db, u"SELECT since, changes FROM dirt WHERE pipeline = ? AND until = ''"_s, {orEmpty(pipeline)});
    const bool known = !open.isEmpty() && open.constFirst().at(0).toString() == toIso(since);
    if (open.isEmpty() ? !since.isValid() : known && open.constFirst().at(1).toInt() >= changes)
        return {}; // nothing new: no write
    return m_db.transaction([&]() -> Result<void> {
        if (!open.isEmpty() && !known) {
            // A clock that was set back must not make a time end before it began.
            const auto closed = run(m_db, u"UPDATE dirt SET until = max(since, ?) WHERE pipeline = ? AND until = ''"_s,
                                    {toIso(since.isValid() ? since : at), orEmpty(pipeline)});
            if (!closed)
                return closed;
        }
        if (!since.isValid())
            return {};
        return run(m_db,
                   u"INSERT INTO dirt (pipeline, since, until, changes) VALUES (?, ?, '', ?) "
                   "ON CONFLICT (pipeline, since) DO UPDATE SET until = '', changes = max(changes, excluded.changes)"_s,
                   {orEmpty(pipeline), toIso(since), changes});
    });
}

} // namespace Slipway
