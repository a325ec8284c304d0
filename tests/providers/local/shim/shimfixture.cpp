// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shimfixture.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QProcessEnvironment>
#include <QUuid>

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <csignal>
#include <cstring>

using namespace Qt::StringLiterals;

namespace {

constexpr int kPatienceMs = 20'000;

QByteArray contents(const QString &path)
{
    QFile file(path);
    return !path.isEmpty() && file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

ShimFixture::ShimFixture()
{
    spec = {{u"id"_s, u"test-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces)},
            {u"logs"_s, path(u"logs"_s)},
            {u"socket"_s, path(u"ctl"_s)},
            {u"graceMs"_s, 20'000}};
}

ShimFixture::~ShimFixture()
{
    const pid_t shim = shimPid();
    if (shim > 0 && processExists(shim)
        && contents(u"/proc/%1/cmdline"_s.arg(shim)).contains(m_directory.path().toUtf8()))
        ::kill(shim, SIGKILL);
    const QList<pid_t> left = bearers();
    for (const pid_t pid : left)
        ::kill(pid, SIGKILL);
}

void ShimFixture::addProcess(const QString &name, const QString &command, const QString &cwd)
{
    QJsonArray list = spec.value(u"processes"_s).toArray();
    list.append(QJsonObject{{u"name"_s, name},
                            {u"type"_s, name.section(u'.', 0, 0)},
                            {u"command"_s, command},
                            {u"cwd"_s, cwd},
                            {u"env"_s, QJsonObject{{u"PATH"_s, u"/usr/bin:/bin"_s}}}});
    spec.insert(u"processes"_s, list);
}

void ShimFixture::writeSpec() const
{
    QFile file(path(u"spec.json"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(spec).toJson()) < 0)
        qFatal("cannot write the spec");
}

ShimFixture::Ended ShimFixture::launch(const QStringList &options, const QProcessEnvironment *environment) const
{
    QProcess process;
    if (environment)
        process.setProcessEnvironment(*environment);
    process.start(QStringLiteral(SHIM_BINARY), options + QStringList{m_directory.path()});
    if (!process.waitForFinished(kPatienceMs))
        return {-1, u"slipway-run did not come back"_s};
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2,
            QString::fromUtf8(process.readAllStandardError())};
}

QJsonObject ShimFixture::status() const
{
    return QJsonDocument::fromJson(contents(path(u"status.json"_s))).object();
}

QJsonObject ShimFixture::processStatus(int index) const
{
    return status().value(u"processes"_s).toArray().at(index).toObject();
}

pid_t ShimFixture::shimPid() const
{
    return status().value(u"pid"_s).toInt();
}

QList<pid_t> ShimFixture::bearers() const
{
    const QByteArray mark = "SLIPWAY_RUN_ID=" + spec.value(u"id"_s).toString().toUtf8();
    QList<pid_t> found;
    const QStringList entries = QDir(u"/proc"_s).entryList(QDir::Dirs);
    for (const QString &entry : entries) {
        const int pid = entry.toInt();
        if (pid > 0 && contents(u"/proc/%1/environ"_s.arg(pid)).split('\0').contains(mark))
            found.append(pid);
    }
    return found;
}

QString ShimFixture::logPath(const QString &name) const
{
    const QDir logs(path(u"logs"_s));
    const QStringList files = logs.entryList({name + u"-*.log"_s}, QDir::Files | QDir::System);
    return files.isEmpty() ? QString() : logs.filePath(files.last());
}

QList<QByteArray> ShimFixture::log(const QString &name) const
{
    QList<QByteArray> lines = contents(logPath(name)).split('\n');
    if (!lines.isEmpty() && lines.last().isEmpty())
        lines.removeLast();
    return lines;
}

QJsonObject ShimFixture::ask(const QJsonObject &command) const
{
    ControlClient client(spec.value(u"socket"_s).toString());
    client.send(QJsonDocument(command).toJson(QJsonDocument::Compact));
    return client.receive();
}

ControlClient::ControlClient(const QString &path)
{
    const QFileInfo info(path);
    const int directory = ::open(info.path().toUtf8().constData(), O_PATH | O_DIRECTORY | O_CLOEXEC);
    const QByteArray reached = "/proc/self/fd/" + QByteArray::number(directory) + '/' + info.fileName().toUtf8();
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, reached.constData(),
                size_t(qMin(reached.size(), qsizetype(sizeof address.sun_path - 1))));
    m_fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (::connect(m_fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
        ::close(m_fd);
        m_fd = -1;
    }
    ::close(directory);
}

ControlClient::~ControlClient()
{
    if (m_fd >= 0)
        ::close(m_fd);
}

void ControlClient::send(const QByteArray &line) const
{
    const QByteArray whole = line + '\n';
    if (m_fd >= 0 && ::send(m_fd, whole.constData(), size_t(whole.size()), MSG_NOSIGNAL) < 0)
        qWarning("the control socket is closed");
}

QJsonObject ControlClient::receive()
{
    while (m_fd >= 0 && !m_buffer.contains('\n')) {
        pollfd entry{m_fd, POLLIN, 0};
        char chunk[4096];
        if (::poll(&entry, 1, kPatienceMs) <= 0)
            return {};
        const ssize_t got = ::read(m_fd, chunk, sizeof chunk);
        if (got <= 0)
            return {};
        m_buffer.append(chunk, got);
    }
    const qsizetype end = m_buffer.indexOf('\n');
    const QByteArray line = m_buffer.left(end);
    m_buffer.remove(0, end + 1);
    return QJsonDocument::fromJson(line).object();
}

bool processExists(pid_t pid)
{
    // A zombie is no more: where process 1 is slow to wait for orphans, or never does, it shows for a while yet.
    const QByteArray stat = contents(u"/proc/%1/stat"_s.arg(pid));
    const char state = stat.mid(stat.lastIndexOf(')') + 2, 1).append(' ').at(0);
    return !stat.isEmpty() && state != 'Z' && state != 'X';
}

QList<QByteArray> texts(const QList<QByteArray> &lines, char stream)
{
    QList<QByteArray> found;
    for (const QByteArray &line : lines) {
        if (line.size() >= 27 && line.at(25) == stream)
            found.append(line.mid(27));
    }
    return found;
}
