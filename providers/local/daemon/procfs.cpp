// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/local/daemon/procfs.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QHash>
#include <QThread>

#include <csignal>
#include <unistd.h>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

QByteArray readAll(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

template<typename F> void eachProcess(F visit)
{
    const auto names = QDir(u"/proc"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &name : names) {
        bool number = false;
        const pid_t pid = name.toInt(&number);
        if (number)
            visit(pid);
    }
}

/// Inode -> port of every listening TCP socket.
QHash<QByteArray, Listener> listeningSockets()
{
    QHash<QByteArray, Listener> found;
    for (const bool six : {false, true}) {
        const QList<QByteArray> lines = readAll(six ? u"/proc/net/tcp6"_s : u"/proc/net/tcp"_s).split('\n');
        for (const QByteArray &line : lines) {
            const QList<QByteArray> fields = line.simplified().split(' ');
            if (fields.size() < 10 || fields.at(3) != "0A")
                continue;
            const QByteArray &local = fields.at(1);
            found.insert(fields.at(9), {local.mid(local.lastIndexOf(':') + 1).toInt(nullptr, 16), six});
        }
    }
    return found;
}

template<typename F> void eachSocket(pid_t pid, F visit)
{
    const QString folder = u"/proc/%1/fd"_s.arg(pid);
    const auto names = QDir(folder).entryList(QDir::System | QDir::Files | QDir::NoDotAndDotDot);
    for (const QString &name : names) {
        char target[64];
        const QByteArray path = QFile::encodeName(folder + u'/' + name);
        const ssize_t length = ::readlink(path.constData(), target, sizeof target);
        const QByteArray link(target, qMax<qsizetype>(0, length));
        if (link.startsWith("socket:[") && link.endsWith(']'))
            visit(link.mid(8, link.size() - 9));
    }
}

} // namespace

QString bootId()
{
    const QString other = qEnvironmentVariable("SLIPWAY_BOOT_ID_FILE");
    const QString path = other.isEmpty() ? u"/proc/sys/kernel/random/boot_id"_s : other;
    return QString::fromLatin1(readAll(path).trimmed());
}

std::optional<quint64> startTimeOf(pid_t pid)
{
    if (pid <= 0)
        return std::nullopt;
    const QByteArray stat = readAll(u"/proc/%1/stat"_s.arg(pid));
    // The name in parentheses may hold anything, spaces and parentheses included: fields count from the last one.
    const qsizetype end = stat.lastIndexOf(')');
    if (end < 0)
        return std::nullopt;
    const QList<QByteArray> fields = stat.mid(end + 2).split(' ');
    if (fields.size() < 20 || fields.at(0) == "Z" || fields.at(0) == "X")
        return std::nullopt;
    return fields.at(19).toULongLong();
}

bool isAlive(pid_t pid, quint64 startTime)
{
    const auto started = startTimeOf(pid);
    return started && *started == startTime;
}

QSet<pid_t> processesOfRun(const QString &runId)
{
    QSet<pid_t> found;
    if (runId.isEmpty())
        return found;
    const QByteArray mark = "SLIPWAY_RUN_ID=" + runId.toUtf8();
    eachProcess([&](pid_t pid) {
        const QByteArray environment = readAll(u"/proc/%1/environ"_s.arg(pid));
        if ((environment.startsWith(mark) || environment.contains('\0' + mark)) && startTimeOf(pid))
            found.insert(pid);
    });
    return found;
}

bool endRun(const QString &runId, int graceMs)
{
    QSet<pid_t> left = processesOfRun(runId);
    for (const pid_t pid : std::as_const(left))
        ::kill(pid, SIGTERM);
    QElapsedTimer clock;
    clock.start();
    while (!left.isEmpty() && clock.elapsed() < graceMs + 5000) {
        QThread::msleep(20);
        left = processesOfRun(runId);
        if (clock.elapsed() < graceMs)
            continue;
        for (const pid_t pid : std::as_const(left))
            ::kill(pid, SIGKILL);
    }
    return left.isEmpty();
}

QList<Listener> listenersOf(const QSet<pid_t> &processes)
{
    const QHash<QByteArray, Listener> sockets = listeningSockets();
    QList<Listener> found;
    for (const pid_t pid : processes) {
        eachSocket(pid, [&](const QByteArray &inode) {
            const auto hit = sockets.constFind(inode);
            if (hit != sockets.constEnd() && !found.contains(*hit))
                found.append(*hit);
        });
    }
    return found;
}

QString ownerOfPort(int port)
{
    const QHash<QByteArray, Listener> sockets = listeningSockets();
    QString owner;
    eachProcess([&](pid_t pid) {
        if (!owner.isEmpty())
            return;
        eachSocket(pid, [&](const QByteArray &inode) {
            const auto hit = sockets.constFind(inode);
            if (hit != sockets.constEnd() && hit->port == port)
                owner = u"%1 (process %2)"_s.arg(QString::fromUtf8(readAll(u"/proc/%1/comm"_s.arg(pid)).trimmed()))
                            .arg(pid);
        });
    });
    return owner;
}

} // namespace Slipway
