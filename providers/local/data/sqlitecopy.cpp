// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/local/data/sqlitecopy.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QFileInfo>
#include <QThread>

#include <memory>

#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace Slipway {
namespace {

constexpr int kPagesAStep = 1024;
constexpr int kPatienceMs = 30000; ///< with a database that somebody keeps locked
/// A writer of another process makes an unfinished backup start over: after so many steps all is taken in one.
constexpr int kStepsBeforeOneSweep = 64;

struct Closer
{
    void operator()(sqlite3 *db) const { sqlite3_close_v2(db); }
};
using Database = std::unique_ptr<sqlite3, Closer>;

Error sqliteError(const QString &path, int code, const QString &words)
{
    if (code == SQLITE_FULL)
        return Error(Error::Kind::NoSpace, u"No space is left on the disk for a copy of %1."_s.arg(path),
                     u"Make room on the disk and try again."_s);
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
        return Error(Error::Kind::Conflict, u"The database %1 is locked by a process that does not let go."_s.arg(path),
                     u"Suspend the environment it belongs to, or wait until its work is done, and try again."_s);
    return Error(Error::Kind::Storage, u"The database %1 cannot be copied: %2."_s.arg(path, words),
                 u"Check the file with \"sqlite3 FILE 'pragma integrity_check'\"."_s);
}

Result<Database> openDatabase(const QString &path, int flags)
{
    sqlite3 *raw = nullptr;
    const int code = sqlite3_open_v2(QFile::encodeName(path).constData(), &raw, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    Database database(raw);
    if (code != SQLITE_OK)
        return tl::unexpected(sqliteError(path, code, QString::fromUtf8(sqlite3_errstr(code))));
    sqlite3_busy_timeout(raw, 1000);
    return database;
}

/// Read-only first: a copy must not change its source. Where that cannot be (a WAL that needs recovery) with writing.
Result<Database> openSource(const QString &path)
{
    auto database = openDatabase(path, SQLITE_OPEN_READONLY);
    if (!database)
        return database;
    const int code = sqlite3_exec(database->get(), "PRAGMA schema_version", nullptr, nullptr, nullptr);
    if (code == SQLITE_CANTOPEN || code == SQLITE_READONLY)
        return openDatabase(path, SQLITE_OPEN_READWRITE);
    return database;
}

int runBackup(sqlite3 *to, sqlite3 *from, const Cancel &cancel)
{
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
    if (!backup)
        return sqlite3_errcode(to);
    QDeadlineTimer patience(kPatienceMs);
    int code = SQLITE_OK;
    for (int steps = 0; !cancel.isCancelled(); ++steps) {
        code = sqlite3_backup_step(backup, steps < kStepsBeforeOneSweep ? kPagesAStep : -1);
        if (code == SQLITE_OK)
            patience.setRemainingTime(kPatienceMs);
        else if ((code != SQLITE_BUSY && code != SQLITE_LOCKED) || patience.hasExpired())
            break;
        else
            QThread::msleep(20); // locked by a writer: it will be done in a moment
    }
    sqlite3_backup_finish(backup);
    return cancel.isCancelled() ? SQLITE_INTERRUPT : code;
}

Result<void> backUp(const QString &from, const QString &to, const Cancel &cancel)
{
    const auto source = openSource(from);
    if (!source)
        return tl::unexpected(source.error());
    const auto target = openDatabase(to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    if (!target)
        return tl::unexpected(target.error());
    const int code = runBackup(target->get(), source->get(), cancel);
    if (cancel.isCancelled())
        return fail(Error::Kind::Cancelled, u"Copying data was cancelled."_s);
    if (code != SQLITE_DONE)
        return tl::unexpected(sqliteError(from, code, QString::fromUtf8(sqlite3_errstr(code))));
    return {};
}

} // namespace

bool isSqliteFile(const QByteArray &path)
{
    QFile file(QFile::decodeName(path));
    return file.open(QIODevice::ReadOnly) && file.read(16) == QByteArray("SQLite format 3\0", 16);
}

Result<void> copySqlite(const QString &from, const QString &to, const Cancel &cancel)
{
    if (!QFileInfo::exists(from))
        return fail(Error::Kind::NotFound, u"There is no database %1."_s.arg(from));
    if (QFileInfo::exists(to))
        return fail(Error::Kind::Conflict, u"%1 exists already."_s.arg(to));
    auto done = backUp(from, to, cancel);
    if (!done) {
        for (const QString &ending : {QString(), u"-journal"_s, u"-wal"_s, u"-shm"_s})
            QFile::remove(to + ending);
        return done;
    }
    QFile::setPermissions(to, QFile::permissions(from) | QFile::ReadOwner | QFile::WriteOwner);
    return done;
}

} // namespace Slipway
