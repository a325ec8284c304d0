// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/machine/childprocess.h"

#include "providers/machine/linesplitter.h"
#include "providers/machine/helperprogram.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QStandardPaths>
#include <QUuid>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Slipway {
namespace {

constexpr qsizetype kKeptErrors = 64 * 1024;
constexpr int kPollMs = 50; ///< how soon a cancel or the end of a child that left its pipes open is seen
constexpr int kGraceMs = 2000; ///< between SIGTERM and SIGKILL
constexpr int kGuardMs = 15000; ///< a guard has that grace too, and then ends what is left
constexpr int kNiceness = 10;
const char kMark[] = "SLIPWAY_BUILD_ID=";

/// A descriptor that closes itself.
class Fd
{
public:
    explicit Fd(int fd = -1)
        : m_fd(fd)
    { }
    ~Fd() { reset(); }
    Fd(const Fd &) = delete;
    Fd &operator=(const Fd &) = delete;
    void reset(int fd = -1)
    {
        if (m_fd >= 0)
            ::close(m_fd);
        m_fd = fd;
    }
    int get() const { return m_fd; }

private:
    int m_fd;
};

bool makePipe(Fd &reading, Fd &writing)
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        return false;
    reading.reset(ends[0]);
    writing.reset(ends[1]);
    return true;
}

/// For standard input: a socket, since only there a write to a child that has gone can do without SIGPIPE.
bool makeChannel(Fd &reading, Fd &writing)
{
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return false;
    reading.reset(ends[0]);
    writing.reset(ends[1]);
    ::shutdown(reading.get(), SHUT_WR);
    return true;
}

void setNonBlocking(int fd)
{
    ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
}

/// Processes whose environment carries `mark`: they may have left the group with setsid.
QList<pid_t> marked(const QByteArray &mark)
{
    QList<pid_t> found;
    const QStringList entries = QDir(u"/proc"_s).entryList(QDir::Dirs);
    for (const QString &entry : entries) {
        bool isPid = false;
        const pid_t pid = entry.toInt(&isPid);
        QFile file(u"/proc/%1/environ"_s.arg(entry));
        if (isPid && pid != ::getpid() && file.open(QIODevice::ReadOnly) && file.readAll().split('\0').contains(mark))
            found << pid;
    }
    return found;
}

/// One running child; its group is gone when this is.
class Child
{
public:
    Child(const ChildSpec &spec, const Cancel &cancel, const LineSink &sink)
        : m_spec(spec)
        , m_cancel(cancel)
        , m_sink(sink)
        , m_outLines(sink, false)
        , m_errLines(sink, true)
    { }
    ~Child() { end(); }

    Result<void> start();
    Result<ChildResult> wait();

private:
    Result<void> openPipes();
    Result<QStringList> commandLine() const;
    int spawn(const QStringList &command);
    void pump();
    bool take(Fd &fd, bool isError);
    void feed();
    bool reap(bool block);
    void end();

    const ChildSpec &m_spec;
    const Cancel &m_cancel;
    const LineSink &m_sink;
    LineSplitter m_outLines;
    LineSplitter m_errLines;
    QByteArray m_mark;
    Fd m_process; ///< tells at once when the child has ended; -1 on kernels without
    Fd m_in, m_out, m_err; ///< our ends
    Fd m_childIn, m_childOut, m_childErr; ///< the child's ends
    Fd m_lifeline; ///< closed by our end, whatever that is: so a guard learns of it
    Fd m_childLifeline;
    qsizetype m_fed = 0;
    pid_t m_pid = 0;
    bool m_reaped = false;
    int m_status = 0;
    ChildResult m_result;
};

Result<void> Child::openPipes()
{
    bool good = makePipe(m_err, m_childErr);
    if (m_spec.input.isEmpty())
        m_childIn.reset(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    else
        good = good && makeChannel(m_childIn, m_in);
    if (m_spec.outputFile.isEmpty()) {
        good = good && makePipe(m_out, m_childOut);
    } else {
        const QByteArray path = QFile::encodeName(m_spec.outputFile);
        m_childOut.reset(::open(path.constData(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
        good = good && m_childOut.get() >= 0;
    }
    good = good && (!m_spec.guarded || makePipe(m_childLifeline, m_lifeline));
    if (!good)
        return fail(errno == ENOSPC ? Error::Kind::NoSpace : Error::Kind::Storage,
                    u"%1 cannot be started: %2."_s.arg(m_spec.program, QString::fromLocal8Bit(std::strerror(errno))));
    setNonBlocking(m_err.get());
    if (m_out.get() >= 0)
        setNonBlocking(m_out.get());
    if (m_in.get() >= 0)
        setNonBlocking(m_in.get());
    return {};
}

Result<QStringList> Child::commandLine() const
{
    const QString path =
        m_spec.program.startsWith(u'/') ? m_spec.program : QStandardPaths::findExecutable(m_spec.program);
    if (path.isEmpty())
        return fail(Error::Kind::NotFound, u"The program %1 is not installed."_s.arg(m_spec.program),
                    u"Install %1 and try again."_s.arg(m_spec.program));
    const QStringList command = QStringList{path} + m_spec.arguments;
    if (!m_spec.guarded)
        return command;
    const auto guard = helperProgram(u"slipway-run"_s);
    if (!guard)
        return tl::unexpected(guard.error());
    return QStringList{*guard, u"--guard"_s, QString::number(m_spec.nice ? kNiceness : 0)} + command;
}

int Child::spawn(const QStringList &command)
{
    QList<QByteArray> texts;
    for (const QString &word : command)
        texts << QFile::encodeName(word);
    const QByteArray program = texts.first();
    QList<QByteArray> variables;
    for (auto it = m_spec.environment.cbegin(); it != m_spec.environment.cend(); ++it)
        variables << QFile::encodeName(it.key()) + '=' + QFile::encodeName(it.value());
    if (!m_mark.isEmpty())
        variables << m_mark;
    std::vector<char *> argv;
    std::vector<char *> envp;
    for (QByteArray &text : texts)
        argv.push_back(text.data());
    for (QByteArray &text : variables)
        envp.push_back(text.data());
    argv.push_back(nullptr);
    envp.push_back(nullptr);

    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, m_childIn.get(), 0);
    posix_spawn_file_actions_adddup2(&actions, m_childOut.get(), 1);
    posix_spawn_file_actions_adddup2(&actions, m_childErr.get(), 2);
    if (m_spec.guarded)
        posix_spawn_file_actions_adddup2(&actions, m_childLifeline.get(), 3);
    posix_spawn_file_actions_addclosefrom_np(&actions, m_spec.guarded ? 4 : 3);
    const QByteArray directory = QFile::encodeName(m_spec.directory);
    if (!directory.isEmpty())
        posix_spawn_file_actions_addchdir_np(&actions, directory.constData());
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);
    sigset_t all;
    sigfillset(&all);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setpgroup(&attributes, 0);
    const int error = ::posix_spawn(&m_pid, program.constData(), &actions, &attributes, argv.data(), envp.data());
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

Result<void> Child::start()
{
    const auto command = commandLine();
    if (!command)
        return tl::unexpected(command.error());
    if (const auto opened = openPipes(); !opened)
        return opened;
    if (m_spec.guarded)
        m_mark = kMark + QUuid::createUuid().toByteArray(QUuid::WithoutBraces);
    const int error = spawn(*command);
    m_childIn.reset();
    m_childOut.reset();
    m_childErr.reset();
    m_childLifeline.reset();
    if (error != 0) {
        m_pid = 0;
        return fail(Error::Kind::NotFound,
                    u"%1 cannot be started in %2: %3."_s.arg(
                        command->first(), m_spec.directory.isEmpty() ? QDir::currentPath() : m_spec.directory,
                        QString::fromLocal8Bit(std::strerror(error))));
    }
    m_process.reset(static_cast<int>(::syscall(SYS_pidfd_open, m_pid, 0)));
    if (m_spec.nice)
        ::setpriority(PRIO_PGRP, static_cast<id_t>(m_pid), kNiceness);
    return {};
}

/// Reads what is there; false at the end of the stream.
bool Child::take(Fd &fd, bool isError)
{
    char buffer[16 * 1024];
    for (;;) {
        const ssize_t got = ::read(fd.get(), buffer, sizeof buffer);
        if (got < 0)
            return errno == EAGAIN || errno == EINTR;
        if (got == 0)
            return false;
        if (m_sink)
            (isError ? m_errLines : m_outLines).add(QByteArrayView(buffer, got));
        if (isError) {
            m_result.errors.append(buffer, got);
            if (m_result.errors.size() > 2 * kKeptErrors)
                m_result.errors = m_result.errors.right(kKeptErrors);
        } else if (!m_sink) {
            m_result.output.append(buffer, got);
        }
    }
}

void Child::feed()
{
    const QByteArray &input = m_spec.input;
    const size_t left = static_cast<size_t>(input.size() - m_fed);
    const ssize_t written = ::send(m_in.get(), input.constData() + m_fed, left, MSG_NOSIGNAL);
    if (written > 0)
        m_fed += written;
    if (m_fed >= input.size() || (written < 0 && errno != EAGAIN && errno != EINTR))
        m_in.reset(); // done, or the child does not want the rest
}

void Child::pump()
{
    pollfd fds[4];
    nfds_t count = 0;
    for (const auto &[fd, events] : {std::pair{m_out.get(), POLLIN},
                                     {m_err.get(), POLLIN},
                                     {m_in.get(), POLLOUT},
                                     {m_reaped ? -1 : m_process.get(), POLLIN}}) {
        if (fd >= 0)
            fds[count++] = {fd, static_cast<short>(events), 0};
    }
    ::poll(fds, count, m_reaped ? 0 : kPollMs);
    if (m_out.get() >= 0 && !take(m_out, false))
        m_out.reset();
    if (m_err.get() >= 0 && !take(m_err, true))
        m_err.reset();
    if (m_in.get() >= 0)
        feed();
}

bool Child::reap(bool block)
{
    while (!m_reaped) {
        const pid_t got = ::waitpid(m_pid, &m_status, block ? 0 : WNOHANG);
        if (got == 0)
            return false;
        if (got < 0 && errno == EINTR)
            continue;
        m_reaped = true;
    }
    return true;
}

Result<ChildResult> Child::wait()
{
    QElapsedTimer clock;
    clock.start();
    while (!reap(false)) {
        if (m_cancel.isCancelled())
            return fail(Error::Kind::Cancelled, u"%1 was cancelled."_s.arg(m_spec.program));
        if (m_spec.limit.count() > 0 && clock.elapsed() > m_spec.limit.count()) {
            m_result.timedOut = true;
            break;
        }
        pump();
    }
    end();
    pump(); // what was still in the pipes
    if (m_sink) {
        m_outLines.finish();
        m_errLines.finish();
    }
    m_result.status = WIFEXITED(m_status) ? WEXITSTATUS(m_status) : 128 + WTERMSIG(m_status);
    m_result.errors = m_result.errors.right(kKeptErrors);
    return m_result;
}

void Child::end()
{
    if (m_pid <= 0)
        return;
    if (!m_reaped) {
        ::kill(-m_pid, SIGTERM);
        QElapsedTimer clock;
        clock.start();
        while (!reap(false) && clock.elapsed() < (m_spec.guarded ? kGuardMs : kGraceMs))
            pump(); // a child that waits for its reader could not end
    }
    ::kill(-m_pid, SIGKILL); // whoever else is in the group; nobody can have taken its id while one is
    reap(true);
    for (int round = 0; !m_mark.isEmpty() && round < 20; ++round) { // for the case that somebody killed the guard
        const QList<pid_t> left = marked(m_mark);
        if (left.isEmpty())
            break;
        for (const pid_t pid : left)
            ::kill(pid, SIGKILL);
        ::poll(nullptr, 0, 10);
    }
    m_pid = 0;
}

} // namespace

QString ChildResult::errorText() const
{
    QStringList lines = QString::fromUtf8(errors).trimmed().split(u'\n');
    if (lines.size() > 30)
        lines = lines.mid(lines.size() - 30);
    return lines.join(u'\n');
}

Result<ChildResult> runChild(const ChildSpec &spec, const Cancel &cancel, const LineSink &sink)
{
    if (cancel.isCancelled())
        return fail(Error::Kind::Cancelled, u"%1 was cancelled."_s.arg(spec.program));
    Child child(spec, cancel, sink);
    if (const auto started = child.start(); !started)
        return tl::unexpected(started.error());
    return child.wait();
}

} // namespace Slipway
