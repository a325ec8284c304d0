// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/local/client/unixsocket.h"
#include "providers/local/daemon/daemon.h"
#include "providers/local/daemon/statefile.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QSocketNotifier>
#include <QThread>

#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace Slipway;

namespace {

constexpr int kDaemonAnswerMs = 10000;

int complain(const QString &text)
{
    std::fprintf(stderr, "slipwayd: %s\n", text.toLocal8Bit().constData());
    return 1;
}

/// Another instance holds the lock: fine when it answers soon.
int deferToOther(const QString &home)
{
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < kDaemonAnswerMs) {
        const int fd = connectUnix(daemonSocketPath(home));
        if (fd >= 0) {
            ::close(fd);
            return 0;
        }
        QThread::msleep(20);
    }
    return complain(u"another slipwayd holds %1 but does not answer."_s.arg(home));
}

int stopOther(const QString &home)
{
    const int fd = connectUnix(daemonSocketPath(home));
    if (fd < 0)
        return 0; // none runs
    const QByteArray line = QByteArrayLiteral("{\"id\":1,\"call\":\"stop\"}\n");
    bool ended = ::send(fd, line.constData(), size_t(line.size()), MSG_NOSIGNAL) == line.size();
    while (ended) {
        char bytes[1024];
        pollfd wanted{fd, POLLIN, 0};
        if (::poll(&wanted, 1, 60000) <= 0)
            ended = false;
        else if (::recv(fd, bytes, sizeof bytes, 0) <= 0)
            break;
    }
    ::close(fd);
    return ended ? 0 : complain(u"the slipwayd of %1 does not end."_s.arg(home));
}

int terminationPipe[2] = {-1, -1};

void onTermination(int)
{
    const ssize_t told = ::write(terminationPipe[1], "x", 1);
    Q_UNUSED(told)
}

void onNothing(int) { }

/// SIGTERM and SIGINT as an event. Handlers rather than masks or SIG_IGN: those would be inherited by every process of
/// every application.
int terminationEvents()
{
    if (::pipe2(terminationPipe, O_CLOEXEC | O_NONBLOCK) != 0)
        return -1;
    std::signal(SIGTERM, onTermination);
    std::signal(SIGINT, onTermination);
    std::signal(SIGPIPE, onNothing);
    std::signal(SIGHUP, onNothing);
    return terminationPipe[0];
}

int serve(const QString &home)
{
    const QByteArray lockPath = QFile::encodeName(home + u"/run/slipwayd.lock"_s);
    const int lock = ::open(lockPath.constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock < 0)
        return complain(u"%1 cannot be opened."_s.arg(QString::fromLocal8Bit(lockPath)));
    if (::flock(lock, LOCK_EX | LOCK_NB) != 0)
        return deferToOther(home);
    const int signals = terminationEvents();
    Daemon daemon(home);
    QSocketNotifier notifier(signals, QSocketNotifier::Read);
    QObject::connect(&notifier, &QSocketNotifier::activated, &daemon, &Daemon::stop);
    if (const auto started = daemon.start(); !started)
        return complain(started.error().text());
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(u"slipwayd"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(SLIPWAY_VERSION));
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Keeps Slipway's environments of this machine running."_s);
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption home(u"home"_s, u"Folder that holds all state."_s, u"folder"_s);
    const QCommandLineOption foreground(u"foreground"_s, u"Stay in the foreground (for service managers)."_s);
    const QCommandLineOption stop(u"stop"_s, u"End the daemon of this home; its environments run on."_s);
    parser.addOptions({home, foreground, stop});
    parser.process(app);
    if (!parser.isSet(home))
        return complain(u"--home is missing: name the folder that holds Slipway's state."_s);
    const QString folder = QFileInfo(parser.value(home)).absoluteFilePath();
    if (parser.isSet(stop))
        return stopOther(folder);
    ::umask(0077);
    if (const auto made = makeFolder(folder + u"/run"_s); !made)
        return complain(made.error().text());
    if (!parser.isSet(foreground))
        ::setsid(); // the terminal or window it was started from may go
    return serve(folder);
}
