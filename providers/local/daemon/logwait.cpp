// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/local/daemon/logwait.h"

#include "providers/local/daemon/logfiles.h"

#include <QDir>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

constexpr int kLongestMs = 20000;
constexpr int kSettleMs = 30;

} // namespace

LogWait::LogWait(QString folder, LogKind kind, QString cursor, int limit, QObject *parent)
    : QObject(parent)
    , m_folder(std::move(folder))
    , m_kind(kind)
    , m_cursor(std::move(cursor))
    , m_limit(limit)
{
    m_limitTimer.setSingleShot(true);
    m_limitTimer.setInterval(kLongestMs);
    m_settle.setSingleShot(true);
    m_settle.setInterval(kSettleMs);
    connect(&m_limitTimer, &QTimer::timeout, this, [this] { look(true); });
    connect(&m_settle, &QTimer::timeout, this, [this] { look(false); });
    const auto stirred = [this] {
        if (!m_settle.isActive())
            m_settle.start();
    };
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, stirred);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, stirred);
}

void LogWait::start()
{
    m_limitTimer.start();
    m_watcher.addPath(m_folder);
    watchFiles();
    look(false); // what came before the watch did
}

void LogWait::watchFiles()
{
    const auto names = QDir(m_folder).entryList({u"*.log"_s}, QDir::Files);
    for (const QString &name : names) {
        const QString path = m_folder + u'/' + name;
        if (!m_watcher.files().contains(path))
            m_watcher.addPath(path);
    }
}

void LogWait::look(bool final)
{
    if (m_done)
        return;
    const LogPage page = readLogs(m_folder, m_kind, m_cursor, m_limit);
    if (page.lines.isEmpty() && !final) {
        m_cursor = page.cursor;
        watchFiles();
        return;
    }
    m_done = true;
    Q_EMIT ready(page);
    deleteLater();
}

} // namespace Slipway
