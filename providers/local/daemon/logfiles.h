// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"
#include "models/domain/logline.h"

#include <QFile>
#include <QMutex>
#include <QString>
#include <QStringList>

namespace Slipway {

/// Reads the log files of one environment (written by slipway-run and LogWriter), merged by time. Blocking file reads
/// of at most a few MiB; thread-safe as plain functions.

/// The last `limit` lines (empty cursor) or what came after the cursor, at most `limit`. A cursor that cannot be read
/// counts as empty.
LogPage readLogs(const QString &folder, LogKind kind, const QString &cursor, int limit);

/// The last lines of one process that were written at or after `since`, without Slipway's own remarks.
QStringList lastLines(const QString &folder, const QString &process, const QDateTime &since, int limit);

/// Removes the files of past days: a week of what processes wrote, a month of builds and release phases.
void pruneLogs(const QString &folder, const QDate &today);

/// Appends lines in slipway-run's format, one file per day, rotated alike: builds and the daemon's own remarks.
/// Thread-safe.
class LogWriter
{
public:
    LogWriter(QString folder, QString process)
        : m_folder(std::move(folder))
        , m_process(std::move(process))
    { }
    void write(const QString &text, char stream = 'o'); ///< 'o', 'e', or 's' for a remark of Slipway; never fails

private:
    bool open(const QDateTime &now);

    QMutex m_mutex;
    QString m_folder;
    QString m_process;
    QFile m_file;
};

} // namespace Slipway
