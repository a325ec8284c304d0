// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/logline.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

namespace Slipway {

/// One client waiting for log lines after a cursor: answers when there are some, or after about 20 s with none, once;
/// then deletes itself. Event loop thread.
class LogWait final : public QObject
{
    Q_OBJECT
public:
    LogWait(QString folder, LogKind kind, QString cursor, int limit, QObject *parent);
    void start();

Q_SIGNALS:
    void ready(const Slipway::LogPage &page);

private:
    void watchFiles();
    void look(bool final);

    QString m_folder;
    LogKind m_kind;
    QString m_cursor;
    int m_limit;
    bool m_done = false;
    QFileSystemWatcher m_watcher;
    QTimer m_limitTimer;
    QTimer m_settle; ///< a burst of lines is one answer
};

} // namespace Slipway
