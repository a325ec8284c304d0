// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/storewatcher.h"

#include <QFile>
#include <QFileInfo>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

constexpr int kSettle = 100; ///< milliseconds

QString logOf(const Database &database)
{
    return database.file() + u"-wal"_s;
}

} // namespace

StoreWatcher::StoreWatcher(const CacheStore &cache, const SlipwayStore &store, QObject *parent)
    : QObject(parent)
{
    for (const Database *database : {&cache.database(), &store.database()})
        m_watched.append({database, database->dataVersion(), database->foreignWrites()});
    m_settle.setObjectName(u"settle"_s);
    m_settle.setSingleShot(true);
    m_settle.setInterval(kSettle);
    connect(&m_settle, &QTimer::timeout, this, &StoreWatcher::look);
    // Started once and left to run out: a process that writes all the time must not hold the news back.
    const auto wake = [this] {
        if (!m_settle.isActive())
            m_settle.start();
    };
    connect(&m_files, &QFileSystemWatcher::fileChanged, this, wake);
    connect(&m_files, &QFileSystemWatcher::directoryChanged, this, wake);
    watchFiles();
}

/// The logs come and go with the connections; the folder says when.
void StoreWatcher::watchFiles()
{
    const QStringList known = m_files.files() + m_files.directories();
    QStringList wanted;
    for (const Watched &one : std::as_const(m_watched)) {
        wanted << logOf(*one.database) << QFileInfo(one.database->file()).path();
    }
    wanted.removeDuplicates();
    wanted.removeIf([&](const QString &path) { return known.contains(path) || !QFile::exists(path); });
    if (!wanted.isEmpty())
        m_files.addPaths(wanted);
}

void StoreWatcher::look()
{
    watchFiles();
    bool changedElsewhere = false;
    for (Watched &one : m_watched) {
        const qint64 version = one.database->dataVersion();
        if (version == one.version)
            continue;
        one.version = version;
        const QString foreign = one.database->foreignWrites();
        if (foreign == one.foreign)
            continue; // it was another connection of this process
        one.foreign = foreign;
        changedElsewhere = true;
    }
    if (!changedElsewhere)
        return;
    ChangeSet changes;
    changes.everything = true;
    Q_EMIT changed(changes);
}

} // namespace Slipway
