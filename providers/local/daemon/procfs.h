// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QSet>
#include <QString>

#include <optional>

#include <sys/types.h>

namespace Slipway {

/// What /proc tells of processes and their sockets. Plain blocking functions, thread-safe. A process is only ever
/// recognised by its run's id or by (pid, start time, boot), never by a name or a port.

/// Changes with every boot. $SLIPWAY_BOOT_ID_FILE names another file to read it from (tests).
QString bootId();
/// Field 22 of /proc/PID/stat: clock ticks since boot. Nothing when there is no such process.
std::optional<quint64> startTimeOf(pid_t pid);
bool isAlive(pid_t pid, quint64 startTime);
/// Every process whose environment carries SLIPWAY_RUN_ID=`runId`.
QSet<pid_t> processesOfRun(const QString &runId);
/// Ends what is left of a run: SIGTERM, `graceMs`, then SIGKILL until none is left. False when some would not go.
bool endRun(const QString &runId, int graceMs);

struct Listener
{
    int port = 0;
    bool ipv6 = false;
    friend bool operator==(const Listener &, const Listener &) = default;
};
/// What these processes listen on, TCP.
QList<Listener> listenersOf(const QSet<pid_t> &processes);
/// "node (process 4711)" for the process that listens on `port`; empty when it is not ours to see.
QString ownerOfPort(int port);

} // namespace Slipway
