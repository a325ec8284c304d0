// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/storefile.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>

#include <algorithm>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

struct StoreFileTr
{
    Q_DECLARE_TR_FUNCTIONS(Slipway::StoreFile)
};

constexpr auto kStamp = "yyyyMMdd-hhmmss";
constexpr int kBackupsKept = 5;

QString stamp()
{
    return QDateTime::currentDateTimeUtc().toString(QLatin1StringView(kStamp));
}

const QStringList &companions()
{
    static const QStringList suffixes{u""_s, u"-wal"_s, u"-shm"_s};
    return suffixes;
}

Error damaged(const QString &path)
{
    return Error(Error::Kind::Storage, StoreFileTr::tr("The damaged file “%1” cannot be moved aside.").arg(path),
                 StoreFileTr::tr("Check that you may write to its folder, then start Slipway again."));
}

} // namespace

QString StoreFile::path(const QString &home, Kind kind)
{
    return QDir(home).filePath(kind == Kind::Cache ? u"cache.db"_s : u"slipway.db"_s);
}

StoreFile::StoreFile(QString path, Kind kind, QList<QStringList> steps)
    : m_path(std::move(path))
    , m_kind(kind)
    , m_steps(std::move(steps))
{ }

Result<StoreFile::Opened> StoreFile::open(FileState state) const
{
    // Never by reading the file ourselves: closing a descriptor of it drops every lock that SQLite holds on it in this
    // process, and another process would then take the write-ahead log away (sqlite.org/howtocorrupt.html, 2.2).
    auto opened = openChecked(state);
    if (opened)
        return Opened{std::move(*opened), {}};
    if (opened.error() == newerError() && m_kind == Kind::Cache) {
        removeFiles();
        auto db = openChecked(FileState::Unknown);
        if (!db)
            return tl::unexpected(db.error());
        return Opened{std::move(*db), {}};
    }
    if (!Database::isDamage(opened.error()))
        return tl::unexpected(opened.error());
    const auto notice = replaceDamaged();
    if (!notice)
        return tl::unexpected(notice.error());
    auto db = openChecked(FileState::Unknown);
    if (!db)
        return tl::unexpected(db.error());
    return Opened{std::move(*db), *notice};
}

Result<Database> StoreFile::openChecked(FileState state) const
{
    const bool due = state == FileState::Unknown && FileCheck::isDue(m_path); // before the log is taken in
    auto db =
        Database::open(m_path, m_kind == Kind::Record ? Database::Durability::Full : Database::Durability::Normal);
    if (!db)
        return db;
    const auto version = db->version();
    if (!version)
        return tl::unexpected(version.error());
    if (*version > m_steps.size())
        return tl::unexpected(newerError());
    if (due) {
        const auto checked = db->row(u"PRAGMA quick_check(1)"_s);
        if (!checked)
            return tl::unexpected(checked.error());
        const QString verdict = *checked ? (*checked)->value(0).toString() : QString();
        if (verdict != u"ok")
            return tl::unexpected(db->damage(verdict));
    }
    if (*version < m_steps.size()) {
        if (m_kind == Kind::Record && *version > 0) {
            if (const auto kept = backUp(*db); !kept)
                return tl::unexpected(kept.error());
        }
        if (const auto done = db->migrate(m_steps); !done)
            return tl::unexpected(done.error());
    }
    if (const auto done = db->pruneWriters(); !done)
        return tl::unexpected(done.error());
    return db;
}

Result<QString> StoreFile::replaceDamaged() const
{
    QLockFile lock(m_path + u".lock"_s);
    lock.setStaleLockTime(0); // stale only when its owner is gone
    if (!lock.tryLock(10'000))
        return tl::unexpected(damaged(m_path));
    {
        const auto again = openChecked(FileState::Unknown);
        if (again || !Database::isDamage(again.error()))
            return QString(); // another process has just replaced it
    }
    const auto aside = moveAside();
    if (!aside)
        return aside;
    const QString name = QFileInfo(m_path).fileName();
    if (m_kind == Kind::Cache)
        return StoreFileTr::tr("The file %1 was damaged. It is kept as “%2”; everything in it is fetched again.")
            .arg(name, *aside);
    const QStringList candidates = backups();
    for (const QString &backup : candidates) {
        if (!QFile::copy(backup, m_path))
            continue;
        if (openChecked(FileState::Unknown)) {
            const QDateTime at = QFileInfo(backup).lastModified();
            return StoreFileTr::tr(
                       "The file %1 was damaged. It is kept as “%2”. Slipway goes on with the backup of %3; what "
                       "was recorded since then is missing.")
                .arg(name, *aside, QLocale().toString(at, QLocale::ShortFormat));
        }
        removeFiles();
    }
    return StoreFileTr::tr(
               "The file %1 was damaged. It is kept as “%2”. There was no backup, so Slipway starts with an empty "
               "one: add your pipelines again; their environments still run.")
        .arg(name, *aside);
}

Result<QString> StoreFile::moveAside() const
{
    QString target = m_path + u".damaged-"_s + stamp();
    for (int n = 2; QFile::exists(target); ++n)
        target = m_path + u".damaged-%1-%2"_s.arg(stamp()).arg(n);
    for (const QString &suffix : companions()) {
        const QString from = m_path + suffix;
        if (QFile::exists(from) && !QFile::rename(from, target + suffix))
            return tl::unexpected(damaged(from));
    }
    return target;
}

QStringList StoreFile::backups() const
{
    const QFileInfo info(m_path);
    const QDir folder = info.dir();
    // By hand: a name filter would compile a regular expression, and those take half a megabyte of memory.
    QStringList found = folder.entryList(QDir::Files, QDir::Name | QDir::Reversed);
    const QString start = info.fileName() + u".backup-"_s;
    found.removeIf([&](const QString &name) { return !name.startsWith(start) || name.endsWith(u".partial"); });
    for (QString &name : found)
        name = folder.filePath(name);
    return found;
}

Result<void> StoreFile::backUp(const Database &db)
{
    const QString target = db.file() + u".backup-"_s + stamp();
    // Another window may make one in the same second: neither may rename what the other one still writes.
    const QString partial = target + u".%1.partial"_s.arg(QCoreApplication::applicationPid());
    QFile::remove(partial);
    if (const auto written = db.execute(u"VACUUM INTO ?"_s, {partial}); !written) {
        QFile::remove(partial);
        return tl::unexpected(written.error());
    }
    QFile::setPermissions(partial, QFile::ReadOwner | QFile::WriteOwner);
    if (!QFile::exists(target) && !QFile::rename(partial, target)) {
        QFile::remove(partial);
        return fail(Error::Kind::Storage, StoreFileTr::tr("The backup “%1” cannot be written.").arg(target),
                    StoreFileTr::tr("Check that you may write to its folder."));
    }
    QFile::remove(partial);
    const QStringList kept = StoreFile(db.file(), Kind::Record, {}).backups();
    for (const QString &old : kept.mid(kBackupsKept))
        QFile::remove(old);
    return {};
}

bool StoreFile::hasBackupOfToday(const Database &db)
{
    const QFileInfo info(db.file());
    const QString day = QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-"_s);
    const QString today = info.dir().filePath(info.fileName() + u".backup-"_s + day);
    constexpr qsizetype kTime = 6; // hhmmss
    const QStringList backups = StoreFile(db.file(), Kind::Record, {}).backups();
    return std::any_of(backups.cbegin(), backups.cend(), [&](const QString &name) {
        return name.startsWith(today) && name.size() == today.size() + kTime;
    });
}

Error StoreFile::newerError() const
{
    return Error(Error::Kind::Storage,
                 StoreFileTr::tr("The file “%1” was written by a newer version of Slipway.").arg(m_path),
                 StoreFileTr::tr(
                     "Start that version, or set SLIPWAY_HOME to another folder for this one. Nothing was changed."));
}

void StoreFile::removeFiles() const
{
    for (const QString &suffix : companions())
        QFile::remove(m_path + suffix);
}

} // namespace Slipway
