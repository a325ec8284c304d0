// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/database.h"

#include "models/store/processidentity.h"

#include <QAtomicInt>
#include <QCoreApplication>
#include <QFileInfo>
#include <QHash>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QStorageInfo>
#include <QThread>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

struct DatabaseTr
{
    Q_DECLARE_TR_FUNCTIONS(Slipway::Database)
};

// SQLite's primary result codes that mean something special here (sqlite.org/rescode.html).
constexpr int kBusy = 5;
constexpr int kLocked = 6;
constexpr int kReadOnly = 8;
constexpr int kIoError = 10;
constexpr int kCorrupt = 11;
constexpr int kFull = 13;
constexpr int kCannotOpen = 14;
constexpr int kNotADatabase = 26;

constexpr int kBusyTimeout = 5000; ///< milliseconds
constexpr auto kDamageMark = "SQLite: damaged: ";

QString newConnectionName()
{
    static QAtomicInt counter;
    return u"slipway-%1"_s.arg(counter.fetchAndAddRelaxed(1));
}

int primaryCode(const QSqlError &error)
{
    return error.nativeErrorCode().toInt() & 0xff;
}

/// SQLite tells a full disk as an I/O error where it fails to make room for its companions of the file.
bool isFull(const QString &file)
{
    constexpr qint64 kRoom = 128 * 1024;
    const QStorageInfo disk(QFileInfo(file).path());
    return disk.isValid() && disk.bytesAvailable() < kRoom;
}

} // namespace

struct Database::Statements
{
    QHash<QString, std::shared_ptr<QSqlQuery>> byText;
    QString owner = ProcessIdentity::current().toString();
    bool inTransaction = false;
    int readings = 0; ///< that live
};

Database::Database() = default;
Database::Database(Database &&other) noexcept = default;

Database &Database::operator=(Database &&other) noexcept
{
    if (this != &other) {
        close();
        m_name = std::exchange(other.m_name, {});
        m_file = std::exchange(other.m_file, {});
        m_statements = std::move(other.m_statements);
    }
    return *this;
}

Database::~Database()
{
    close();
}

void Database::close()
{
    if (!m_statements)
        return; // moved from
    // Queries and handles must be gone before the connection is: Qt says so, and SQLite keeps the file otherwise.
    m_statements.reset();
    {
        QSqlDatabase handle = QSqlDatabase::database(m_name, false);
        handle.close();
    }
    QSqlDatabase::removeDatabase(m_name);
}

Result<Database> Database::open(const QString &file, Durability durability)
{
    Database db;
    db.m_name = newConnectionName();
    db.m_file = file;
    db.m_statements = std::make_unique<Statements>();
    QSqlDatabase handle = QSqlDatabase::addDatabase(u"QSQLITE"_s, db.m_name);
    handle.setDatabaseName(file);
    handle.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=%1"_s.arg(kBusyTimeout));
    if (!handle.open())
        return tl::unexpected(db.sqlError(handle.lastError(), u"open"_s));
    if (const auto ready = db.configure(durability); !ready)
        return tl::unexpected(ready.error());
    return db;
}

Result<void> Database::configure(Durability durability)
{
    // While another process makes the file or closes it last, SQLite answers "busy" here without waiting.
    for (int attempt = 0;; ++attempt) {
        const auto wal = row(u"PRAGMA journal_mode = WAL"_s);
        if (wal)
            break;
        constexpr int kPause = 20;
        if (wal.error().kind() != Error::Kind::Conflict || attempt * kPause > kBusyTimeout)
            return tl::unexpected(wal.error());
        QThread::msleep(kPause);
    }
    const QString level = durability == Durability::Full ? u"FULL"_s : u"NORMAL"_s;
    for (const QString &pragma : {u"PRAGMA synchronous = "_s + level, u"PRAGMA foreign_keys = ON"_s}) {
        if (const auto done = execute(pragma); !done)
            return tl::unexpected(done.error());
    }
    return {};
}

Result<int> Database::version() const
{
    const auto found = row(u"PRAGMA user_version"_s);
    if (!found)
        return tl::unexpected(found.error());
    return *found ? (*found)->value(0).toInt() : 0;
}

Result<void> Database::migrate(const QList<QStringList> &steps)
{
    // All in one: nobody ever sees a file between two versions, and takes a new one for an old one.
    return runTransaction(
        [&]() -> Result<void> {
            const auto now = version(); // inside: another process may have been here since
            if (!now)
                return tl::unexpected(now.error());
            for (qsizetype step = *now; step < steps.size(); ++step) {
                for (const QString &sql : steps.at(step)) {
                    if (const auto ran = execute(sql); !ran)
                        return tl::unexpected(ran.error());
                }
            }
            if (*now >= steps.size())
                return {};
            const auto ran = execute(u"PRAGMA user_version = %1"_s.arg(steps.size()));
            return ran ? Result<void>() : Result<void>(tl::unexpect, ran.error());
        },
        false);
}

Result<QList<Database::Row>> Database::rows(const QString &sql, const QVariantList &values) const
{
    std::shared_ptr<QSqlQuery> query = m_statements->byText.value(sql);
    if (!query) {
        query = std::make_shared<QSqlQuery>(QSqlDatabase::database(m_name, false));
        query->setForwardOnly(true);
        if (!query->prepare(sql))
            return tl::unexpected(sqlError(query->lastError(), sql));
        if (!sql.startsWith(u"PRAGMA") && !sql.startsWith(u"CREATE"))
            m_statements->byText.insert(sql, query);
    }
    for (int i = 0; i < values.size(); ++i)
        query->bindValue(i, values.at(i));
    if (!query->exec()) {
        const Error error = sqlError(query->lastError(), sql);
        query->finish();
        return tl::unexpected(error);
    }
    QList<Row> found;
    const bool isSelect = query->isSelect();
    const int columns = isSelect ? query->record().count() : 0; // made anew at each call: not for each row
    while (isSelect && query->next()) {
        Row row;
        row.reserve(columns);
        for (int i = 0; i < columns; ++i)
            row.append(query->value(i));
        found.append(std::move(row));
    }
    const QSqlError problem = query->lastError();
    if (!isSelect)
        found.append(Row{query->numRowsAffected()});
    query->finish();
    if (problem.isValid())
        return tl::unexpected(sqlError(problem, sql));
    return found;
}

Result<std::optional<Database::Row>> Database::row(const QString &sql, const QVariantList &values) const
{
    const auto found = rows(sql, values);
    if (!found)
        return tl::unexpected(found.error());
    return found->isEmpty() ? std::optional<Row>() : std::optional<Row>(found->constFirst());
}

Result<int> Database::execute(const QString &sql, const QVariantList &values) const
{
    const auto done = row(sql, values);
    if (!done)
        return tl::unexpected(done.error());
    return *done ? (*done)->value(0).toInt() : 0;
}

Result<void> Database::transaction(const std::function<Result<void>()> &work) const
{
    return m_statements->inTransaction ? runPart(work) : runTransaction(work, true);
}

Result<void> Database::runPart(const std::function<Result<void>()> &work) const
{
    if (const auto begun = execute(u"SAVEPOINT part"_s); !begun)
        return tl::unexpected(begun.error());
    Result<void> done = work();
    if (!done)
        (void)execute(u"ROLLBACK TO part"_s);
    if (const auto released = execute(u"RELEASE part"_s); done && !released)
        done = tl::unexpected(released.error());
    return done;
}

Result<void> Database::runTransaction(const std::function<Result<void>()> &work, bool counted) const
{
    const auto changes = [this]() -> qint64 {
        const auto total = row(u"SELECT total_changes()"_s);
        return total && *total ? (*total)->value(0).toLongLong() : -1;
    };
    if (const auto begun = execute(u"BEGIN IMMEDIATE"_s); !begun)
        return tl::unexpected(begun.error());
    m_statements->inTransaction = true;
    const qint64 before = counted ? changes() : 0;
    Result<void> done = work();
    m_statements->inTransaction = false;
    if (done && counted && changes() != before) {
        const auto stamped = execute(u"INSERT INTO writer (process, count) VALUES (?, 1) "
                                     "ON CONFLICT (process) DO UPDATE SET count = count + 1"_s,
                                     {m_statements->owner});
        if (!stamped)
            done = tl::unexpected(stamped.error());
    }
    if (done) {
        if (const auto committed = execute(u"COMMIT"_s); !committed)
            done = tl::unexpected(committed.error());
    }
    if (!done)
        (void)execute(u"ROLLBACK"_s); // fails when SQLite has rolled back by itself already: as wanted
    return done;
}

// A file that cannot be read says so where something is read.
Database::Reading::Reading(const Database &db)
    : m_db(db)
{
    if (m_db.m_statements->readings++ == 0)
        (void)m_db.execute(u"BEGIN"_s);
}

Database::Reading::~Reading()
{
    if (--m_db.m_statements->readings == 0)
        (void)m_db.execute(u"COMMIT"_s);
}

qint64 Database::dataVersion() const
{
    const auto found = row(u"PRAGMA data_version"_s);
    return found && *found ? (*found)->value(0).toLongLong() : -1;
}

QString Database::foreignWrites() const
{
    const auto found =
        row(u"SELECT count(*), coalesce(sum(count), 0) FROM writer WHERE process <> ?"_s, {m_statements->owner});
    return found && *found ? (*found)->value(0).toString() + u':' + (*found)->value(1).toString() : QString();
}

QString Database::writerTable()
{
    return u"CREATE TABLE writer (process TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID"_s;
}

Result<void> Database::pruneWriters() const
{
    constexpr int kMany = 32; // each run of the command line that writes leaves one
    const auto found = rows(u"SELECT process FROM writer"_s);
    if (!found)
        return tl::unexpected(found.error());
    if (found->size() <= kMany)
        return {};
    return transaction([&]() -> Result<void> {
        for (const Row &one : *found) {
            const auto process = ProcessIdentity::parse(one.value(0).toString());
            if (process && process->isAlive())
                continue;
            if (const auto gone = execute(u"DELETE FROM writer WHERE process = ?"_s, {one.value(0)}); !gone)
                return tl::unexpected(gone.error());
        }
        return {};
    });
}

bool Database::isDamage(const Error &error)
{
    return error.detail().startsWith(QLatin1StringView(kDamageMark));
}

Error Database::damage(const QString &evidence) const
{
    return Error(Error::Kind::Storage, DatabaseTr::tr("The file “%1” is damaged.").arg(m_file),
                 DatabaseTr::tr("Start Slipway again: it keeps the damaged %1 aside and goes on.")
                     .arg(QFileInfo(m_file).fileName()),
                 QLatin1StringView(kDamageMark) + evidence);
}

Error Database::sqlError(const QSqlError &error, const QString &sql) const
{
    const QString evidence = error.databaseText() + u" ["_s + error.nativeErrorCode() + u"] "_s + sql.left(80);
    const QString detail = u"SQLite: "_s + evidence;
    const int code = primaryCode(error);
    switch (code == kIoError && isFull(m_file) ? kFull : code) {
    case kFull:
        return Error(Error::Kind::NoSpace, DatabaseTr::tr("There is no space left to write “%1”.").arg(m_file),
                     DatabaseTr::tr("Free some space on that disk and try again; nothing was half written."), detail);
    case kBusy:
    case kLocked:
        return Error(Error::Kind::Conflict, DatabaseTr::tr("Another program is writing “%1”.").arg(m_file),
                     DatabaseTr::tr("Try again in a moment."), detail);
    case kReadOnly:
    case kCannotOpen:
        return Error(Error::Kind::Storage, DatabaseTr::tr("The file “%1” cannot be opened for writing.").arg(m_file),
                     DatabaseTr::tr("Check that its folder exists and that you may write to it."), detail);
    case kCorrupt:
    case kNotADatabase:
        return damage(evidence);
    default:
        return Error(Error::Kind::Storage, DatabaseTr::tr("The file “%1” cannot be read or written.").arg(m_file),
                     DatabaseTr::tr("Check the disk it is on and try again."), detail);
    }
}

} // namespace Slipway
