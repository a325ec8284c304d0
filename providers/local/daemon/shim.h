// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"

#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>

namespace Slipway {

/// One process of a run, as slipway-run is told to start it.
struct RunProcess
{
    QString name; ///< "web.1": also names its log file
    QString type;
    QString command; ///< for /bin/sh -c
    QString directory;
    QMap<QString, QString> environment; ///< all of it
    QStringList after = {}; ///< types that must be ready before it starts
    int port = 0; ///< where it answers once it is ready; 0: nobody asks it
    QByteArray host = {}; ///< for the question
    QString path = {}; ///< of the health check; empty: none declared
};

/// What slipway-run finds in its folder's spec.json.
struct RunSpec
{
    QString id; ///< unique for ever: how its processes are recognised
    QString folder;
    QString logs;
    bool oneshot = false;
    bool giveUpAtOnce = false; ///< no restarts: a try-out
    QList<RunProcess> processes;
};

/// A process of a run as its shim last described it.
struct RunProcessStatus
{
    QString name;
    QString type;
    qint64 pid = 0;
    QString state; ///< "waiting", "running", "backoff", "crashed", "exited", "stopped"
    int restarts = 0;
    std::optional<int> exitCode;
    std::optional<int> signal;
    QDateTime since;
    QStringList lastLines; ///< when it crashed
    QString ending() const; ///< "status 1", "signal 9"; empty while nothing is known
};

struct RunStatus
{
    QString id;
    qint64 pid = 0; ///< of the shim
    quint64 startTime = 0;
    QString state; ///< "starting", "running", "stopping", "stopped", "crashed"
    QList<RunProcessStatus> processes;

    static RunStatus fromJson(const QJsonObject &json);
};

QString runSocket(const QString &folder);
Result<void> writeRunSpec(const RunSpec &spec);

/// Starts a shim that goes on without us; blocking until it answers. Failed: its own words.
Result<void> startRun(const RunSpec &spec);
/// What the shim wrote last; nothing when it never came that far.
std::optional<RunStatus> readRunStatus(const QString &folder);
/// The id in its spec; empty when there is none.
QString runIdOf(const QString &folder);
/// Its shim is there: pid and start time of its status file still are that process.
bool shimAlive(const QString &folder);
/// Stops everything of the run, by its shim when that lives, and makes sure that nothing with its id is left.
Result<void> stopRun(const QString &folder, int graceMs);

} // namespace Slipway
