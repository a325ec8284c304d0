// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/local/daemon/shim.h"

#include "providers/machine/cancel.h"
#include "providers/machine/childprocess.h"
#include "providers/machine/helperprogram.h"
#include "providers/local/client/unixsocket.h"
#include "providers/local/daemon/procfs.h"
#include "providers/local/daemon/statefile.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <csignal>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

constexpr int kGraceMs = 10000; ///< SIGTERM to SIGKILL
constexpr int kStartMs = 15000;

QJsonObject toJson(const RunProcess &process)
{
    QJsonObject environment;
    for (auto it = process.environment.cbegin(); it != process.environment.cend(); ++it)
        environment.insert(it.key(), it.value());
    QJsonObject json{{u"name"_s, process.name},
                     {u"type"_s, process.type},
                     {u"command"_s, process.command},
                     {u"cwd"_s, process.directory},
                     {u"env"_s, environment}};
    if (!process.after.isEmpty())
        json.insert(u"after"_s, QJsonArray::fromStringList(process.after));
    if (process.port > 0) {
        QJsonObject ready{{u"port"_s, process.port}, {u"host"_s, QString::fromLatin1(process.host)}};
        if (!process.path.isEmpty())
            ready.insert(u"path"_s, process.path);
        json.insert(u"ready"_s, ready);
    }
    return json;
}

std::optional<int> numberOrNothing(const QJsonValue &value)
{
    return value.isDouble() ? std::optional<int>(value.toInt()) : std::nullopt;
}

/// Sends one line and waits until the other side closes or `ms` are over.
bool tellAndAwaitEnd(const QString &socket, const QByteArray &line, int ms)
{
    const int fd = connectUnix(socket);
    if (fd < 0)
        return false;
    bool ended = ::send(fd, line.constData(), size_t(line.size()), MSG_NOSIGNAL) == line.size();
    QElapsedTimer clock;
    clock.start();
    while (ended) {
        pollfd wanted{fd, POLLIN, 0};
        const int left = int(ms - clock.elapsed());
        if (left <= 0 || ::poll(&wanted, 1, left) <= 0) {
            ended = false;
            break;
        }
        char bytes[4096];
        if (::recv(fd, bytes, sizeof bytes, 0) <= 0)
            break;
    }
    ::close(fd);
    return ended;
}

} // namespace

QString RunProcessStatus::ending() const
{
    if (signal)
        return u"signal %1"_s.arg(*signal);
    return exitCode ? u"status %1"_s.arg(*exitCode) : QString();
}

RunStatus RunStatus::fromJson(const QJsonObject &json)
{
    RunStatus status;
    status.id = json.value(u"id"_s).toString();
    status.pid = json.value(u"pid"_s).toInteger();
    status.startTime = quint64(json.value(u"startTime"_s).toInteger());
    status.state = json.value(u"state"_s).toString();
    const QJsonArray all = json.value(u"processes"_s).toArray();
    for (const auto &value : all) {
        const QJsonObject one = value.toObject();
        RunProcessStatus process;
        process.name = one.value(u"name"_s).toString();
        process.type = one.value(u"type"_s).toString();
        process.pid = one.value(u"pid"_s).toInteger();
        process.state = one.value(u"state"_s).toString();
        process.restarts = one.value(u"restarts"_s).toInt();
        process.exitCode = numberOrNothing(one.value(u"exitCode"_s));
        process.signal = numberOrNothing(one.value(u"signal"_s));
        process.since = QDateTime::fromMSecsSinceEpoch(one.value(u"since"_s).toInteger(), Qt::UTC);
        const QJsonArray lines = one.value(u"lastLines"_s).toArray();
        for (const auto &line : lines)
            process.lastLines.append(line.toString());
        status.processes.append(process);
    }
    return status;
}

QString runSocket(const QString &folder)
{
    return folder + u"/control.sock"_s;
}

Result<void> writeRunSpec(const RunSpec &spec)
{
    for (const QString &folder : {spec.folder, spec.logs}) {
        if (const auto made = makeFolder(folder); !made)
            return made;
    }
    QJsonArray processes;
    for (const RunProcess &process : spec.processes)
        processes.append(toJson(process));
    QJsonObject json{{u"id"_s, spec.id},           {u"logs"_s, spec.logs},   {u"socket"_s, runSocket(spec.folder)},
                     {u"oneshot"_s, spec.oneshot}, {u"graceMs"_s, kGraceMs}, {u"nice"_s, 0},
                     {u"processes"_s, processes}};
    if (spec.giveUpAtOnce)
        json.insert(u"restart"_s, QJsonObject{{u"giveUpAfter"_s, 1}});
    return writeState(spec.folder + u"/spec.json"_s, json);
}

Result<void> startRun(const RunSpec &spec)
{
    const auto program = helperProgram(u"slipway-run"_s);
    if (!program)
        return tl::unexpected(program.error());
    if (const auto written = writeRunSpec(spec); !written)
        return written;
    ChildSpec child;
    child.program = *program;
    child.arguments = {spec.folder};
    child.directory = u"/"_s;
    child.environment = cleanEnvironment();
    child.limit = std::chrono::milliseconds(kStartMs);
    const auto ran = runChild(child, Cancel());
    if (!ran)
        return tl::unexpected(ran.error());
    if (ran->timedOut || !ran->ok())
        return fail(Error::Kind::Failed, u"slipway-run could not start the processes."_s, u"The lines below say why."_s,
                    ran->errorText());
    return {};
}

std::optional<RunStatus> readRunStatus(const QString &folder)
{
    QFile file(folder + u"/status.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll());
    if (!document.isObject())
        return std::nullopt;
    return RunStatus::fromJson(document.object());
}

QString runIdOf(const QString &folder)
{
    QFile file(folder + u"/spec.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(file.readAll()).object().value(u"id"_s).toString();
}

bool shimAlive(const QString &folder)
{
    const auto status = readRunStatus(folder);
    return status && isAlive(pid_t(status->pid), status->startTime);
}

Result<void> stopRun(const QString &folder, int graceMs)
{
    if (shimAlive(folder))
        tellAndAwaitEnd(runSocket(folder), QByteArrayLiteral("{\"cmd\":\"stop\"}\n"), kGraceMs + 10000);
    const auto status = readRunStatus(folder);
    if (status && isAlive(pid_t(status->pid), status->startTime))
        ::kill(pid_t(status->pid), SIGKILL); // it did not answer; what it leaves is found by its id
    if (!endRun(runIdOf(folder), graceMs))
        return fail(Error::Kind::Failed, u"Some processes of %1 would not end."_s.arg(folder),
                    u"Look at them with `ps`; they carry SLIPWAY_RUN_ID=%1."_s.arg(runIdOf(folder)));
    return {};
}

} // namespace Slipway
