// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The part of SlipwayStore that keeps the record of who did what, so that an edit shows.
#include "models/store/slipwaystore.h"

#include "models/domain/json.h"
#include "models/domain/jsonlists.h"
#include "models/store/rowtext.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QJsonArray>
#include <QLocale>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

struct ActivityTr
{
    Q_DECLARE_TR_FUNCTIONS(Slipway::Activity)
};

#define SLIPWAY_ACTIVITY_COLUMNS                                                                                       \
    "id, at, who, pipeline, environment, kind, text, version, reason, result, operation, more"
constexpr int kColumns = 12;

/// Columns in the order above; the hash covers them all, the id too, so that lines can neither swap nor vanish unseen.
/// "more" came later: a line that has none hashes as it did before.
QString chained(const QString &previous, const Database::Row &line)
{
    QJsonArray canonical;
    for (int i = 0; i < kColumns; ++i) {
        if (i < kColumns - 1 || !line.at(i).toString().isEmpty())
            canonical.append(line.at(i).toString());
    }
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(previous.toLatin1());
    hash.addData(QJsonDocument(canonical).toJson(QJsonDocument::Compact));
    return QString::fromLatin1(hash.result().toHex());
}

QString moreOf(const ActivityEntry &entry)
{
    QJsonObject more;
    if (!entry.from.isEmpty())
        more.insert(u"from"_s, entry.from);
    if (!entry.to.isEmpty())
        more.insert(u"to"_s, entry.to);
    if (!entry.overridden.isEmpty())
        more.insert(u"overridden"_s, QJsonArray::fromStringList(entry.overridden));
    if (entry.durationMs >= 0)
        more.insert(u"durationMs"_s, entry.durationMs);
    return more.isEmpty() ? u""_s : QString::fromUtf8(toText(more));
}

ActivityEntry entryFrom(const Database::Row &row)
{
    ActivityEntry entry{row.at(0).toLongLong(), fromIso(row.at(1).toString()), row.at(2).toString(),
                        row.at(3).toString(),   row.at(4).toString(),          row.at(5).toString(),
                        row.at(6).toString(),   row.at(7).toString(),          row.at(8).toString(),
                        row.at(9).toString(),   row.at(10).toString()};
    const QJsonObject more = toObject(row.at(11));
    entry.from = more.value(u"from"_s).toString();
    entry.to = more.value(u"to"_s).toString();
    entry.overridden = stringsFromJson(more.value(u"overridden"_s));
    entry.durationMs = qint64(more.value(u"durationMs"_s).toDouble(-1));
    return entry;
}

Error tampered(const QString &what)
{
    return Error(
        Error::Kind::Storage, what,
        ActivityTr::tr("Compare with a backup of slipway.db (the files slipway.db.backup-…) before relying on it."));
}

} // namespace

Result<ChangeSet> SlipwayStore::record(const ActivityEntry &entry)
{
    const auto done = m_db.transaction([&]() -> Result<void> {
        const auto last = m_db.row(u"SELECT id, hash FROM activity ORDER BY id DESC LIMIT 1"_s);
        if (!last)
            return tl::unexpected(last.error());
        const qint64 id = *last ? (*last)->at(0).toLongLong() + 1 : 1;
        const QString previous = *last ? (*last)->at(1).toString() : QString();
        const QDateTime at = entry.at.isValid() ? entry.at : QDateTime::currentDateTimeUtc();
        Database::Row line{id,
                           toIso(at),
                           orEmpty(entry.by),
                           orEmpty(entry.pipeline),
                           orEmpty(entry.environment),
                           orEmpty(entry.kind),
                           orEmpty(entry.text),
                           orEmpty(entry.version),
                           orEmpty(entry.reason),
                           orEmpty(entry.result),
                           orEmpty(entry.operation),
                           moreOf(entry)};
        const QString hash = chained(previous, line);
        line.append(hash);
        const auto written = run(m_db,
                                 u"INSERT INTO activity (" SLIPWAY_ACTIVITY_COLUMNS
                                 ", hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
                                 line);
        if (!written)
            return written;
        // The end of the chain is kept apart: without it nobody would miss the last lines.
        return run(m_db, u"INSERT OR REPLACE INTO meta (key, value) VALUES ('activity', ?)"_s, {hash});
    });
    if (!done)
        return tl::unexpected(done.error());
    ChangeSet changes;
    changes.activity = true;
    return changes;
}

QList<ActivityEntry> SlipwayStore::activity(const QString &pipeline, const QString &environment, int limit) const
{
    QString sql = u"SELECT " SLIPWAY_ACTIVITY_COLUMNS " FROM activity"_s;
    QVariantList values;
    if (!pipeline.isEmpty()) {
        sql += u" WHERE pipeline = ?"_s;
        values.append(pipeline);
        if (!environment.isEmpty()) {
            sql += u" AND environment = ?"_s;
            values.append(environment);
        }
    }
    sql += u" ORDER BY id DESC LIMIT ?"_s;
    values.append(limit);
    QList<ActivityEntry> entries;
    const auto found = rowsOrNone(m_db, sql, values);
    entries.reserve(found.size());
    for (const Database::Row &row : found)
        entries.append(entryFrom(row));
    return entries;
}

Result<void> SlipwayStore::verifyActivity() const
{
    constexpr int kPage = 1000;
    QString previous;
    qint64 last = 0;
    for (;;) {
        const auto page = m_db.rows(u"SELECT " SLIPWAY_ACTIVITY_COLUMNS ", hash FROM activity WHERE id > ? "
                                    "ORDER BY id LIMIT ?"_s,
                                    {last, kPage});
        if (!page)
            return tl::unexpected(page.error());
        for (const Database::Row &row : *page) {
            const qint64 id = row.at(0).toLongLong();
            if (id != last + 1) {
                return tl::unexpected(tampered(
                    ActivityTr::tr("Line %1 of the activity was removed after it was written.").arg(last + 1)));
            }
            if (row.at(kColumns).toString() != chained(previous, row)) {
                return tl::unexpected(
                    tampered(ActivityTr::tr("Line %1 of the activity (“%2”) was changed after it was written.")
                                 .arg(id)
                                 .arg(row.at(6).toString())));
            }
            previous = row.at(kColumns).toString();
            last = id;
        }
        if (page->size() < kPage)
            break;
    }
    const auto end = m_db.row(u"SELECT value FROM meta WHERE key = 'activity'"_s);
    if (!end)
        return tl::unexpected(end.error());
    if ((*end ? (*end)->at(0).toString() : QString()) != previous)
        return tl::unexpected(tampered(ActivityTr::tr("Lines after line %1 of the activity were removed.").arg(last)));
    return {};
}

} // namespace Slipway
