// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "child.h"

#include "files.h"

#include <fcntl.h>
#include <linux/close_range.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace Slipway::Run {

namespace {

enum class Step : int { Session, Streams, Directory, Shell };

struct Failure
{
    Step step;
    int error;
};

void limit(__rlimit_resource resource, std::int64_t wanted)
{
    rlimit now{};
    if (wanted <= 0 || ::getrlimit(resource, &now) != 0)
        return;
    const rlim_t value = std::min(now.rlim_max, rlim_t(wanted));
    const rlimit next{value, value};
    ::setrlimit(resource, &next);
}

// From here on, between fork and exec, only plain system calls.
Failure becomeChild(const ProcessSpec &spec, const ChildSettings &settings, int out, int err, char *const *arguments,
                    char *const *environment)
{
    if (::setsid() < 0)
        return {Step::Session, errno};
    const int none = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (none < 0 || ::dup2(none, 0) < 0 || ::dup2(out, 1) < 0 || ::dup2(err, 2) < 0)
        return {Step::Streams, errno};
    if (::chdir(spec.directory.c_str()) != 0)
        return {Step::Directory, errno};
    ::umask(settings.umask);
    limit(RLIMIT_NPROC, settings.maxProcesses);
    limit(RLIMIT_NOFILE, settings.maxFiles);
    if (settings.nice != 0)
        ::setpriority(PRIO_PROCESS, 0, settings.nice);
    for (int number = 1; number < NSIG; ++number)
        ::signal(number, SIG_DFL); // ignored signals would stay ignored in the application
    sigset_t nothing;
    ::sigemptyset(&nothing);
    ::sigprocmask(SIG_SETMASK, &nothing, nullptr);
    ::syscall(SYS_close_range, 3U, ~0U, CLOSE_RANGE_CLOEXEC); // besides O_CLOEXEC everywhere: belt and braces
    ::execve("/bin/sh", arguments, environment);
    return {Step::Shell, errno};
}

std::string sentence(const Failure &failure, const ProcessSpec &spec)
{
    const std::string reason = ": " + systemWords(failure.error);
    switch (failure.step) {
    case Step::Directory:
        return "its directory " + spec.directory + " cannot be entered" + reason;
    case Step::Shell:
        return "/bin/sh cannot be started" + reason;
    case Step::Session:
    case Step::Streams:
        break;
    }
    return "the system refused" + reason;
}

struct Pipe
{
    Descriptor read;
    Descriptor write;
    bool open()
    {
        int ends[2];
        if (::pipe2(ends, O_CLOEXEC) != 0)
            return false;
        read.reset(ends[0]);
        write.reset(ends[1]);
        // Descriptors 0 to 2 are always taken in the shim, so dup2() in the child never meets its own source.
        return true;
    }
};

bool isProgram(const std::string &word, const std::string &searchPath)
{
    if (word.find('/') != std::string::npos)
        return true;
    for (std::size_t at = 0; at <= searchPath.size();) {
        const std::size_t end = std::min(searchPath.find(':', at), searchPath.size());
        const std::string file = searchPath.substr(at, end - at) + "/" + word;
        struct stat info
        {
        };
        if (end > at && ::stat(file.c_str(), &info) == 0 && S_ISREG(info.st_mode) && ::access(file.c_str(), X_OK) == 0)
            return true;
        at = end + 1;
    }
    return false;
}

} // namespace

std::string withoutShell(const std::string &command, const std::string &searchPath)
{
    // Lists, pipes, groups, substitutions and here-documents need the shell to stay. Quotes that hold one of these
    // keep it too: that costs a shell, not a mistake, since signals go to the whole group anyway.
    if (command.find_first_of(";&|()`{}\n\r#!") != std::string::npos || command.find("<<") != std::string::npos)
        return command;
    const std::size_t start = command.find_first_not_of(" \t");
    if (start == std::string::npos)
        return command;
    const std::string word = command.substr(start, command.find_first_of(" \t", start) - start);
    const bool plain = word.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._/+-")
        == std::string::npos;
    return plain && isProgram(word, searchPath) ? "exec " + command : command; // words of the shell are no programs
}

Outcome<Child> startChild(const ProcessSpec &spec, const ChildSettings &settings)
{
    const auto path = spec.environment.find("PATH");
    std::string command = withoutShell(spec.command, path == spec.environment.end() ? std::string{} : path->second);
    std::vector<std::string> entries;
    for (const auto &[key, value] : spec.environment) {
        if (key != "SLIPWAY_RUN_ID")
            entries.emplace_back(key).append(1, '=').append(value);
    }
    entries.push_back("SLIPWAY_RUN_ID=" + settings.runId);
    std::vector<char *> environment;
    environment.reserve(entries.size() + 1);
    for (std::string &entry : entries)
        environment.push_back(entry.data());
    environment.push_back(nullptr);
    char shell[] = "/bin/sh";
    char flag[] = "-c";
    char *const arguments[] = {shell, flag, command.data(), nullptr};

    Pipe out;
    Pipe err;
    Pipe report;
    if (!out.open() || !err.open() || !report.open())
        return tl::unexpected("no pipe for its output: " + systemWords(errno));
    const pid_t pid = ::fork();
    if (pid < 0)
        return tl::unexpected("no further process can be started: " + systemWords(errno));
    if (pid == 0) {
        const Failure failure =
            becomeChild(spec, settings, out.write.get(), err.write.get(), arguments, environment.data());
        [[maybe_unused]] const ssize_t told = ::write(report.write.get(), &failure, sizeof failure);
        ::_exit(127);
    }
    report.write.reset();
    Failure failure{};
    ssize_t got = 0;
    do {
        got = ::read(report.read.get(), &failure, sizeof failure); // ends at exec, which closes the other end
    } while (got < 0 && errno == EINTR);
    if (got == ssize_t(sizeof failure)) {
        ::waitpid(pid, nullptr, 0);
        return tl::unexpected(sentence(failure, spec));
    }
    ::fcntl(out.read.get(), F_SETFL, O_NONBLOCK);
    ::fcntl(err.read.get(), F_SETFL, O_NONBLOCK);
    return Child{pid, std::move(out.read), std::move(err.read)};
}

} // namespace Slipway::Run
