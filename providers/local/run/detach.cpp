// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detach.h"

#include "files.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

namespace Slipway::Run {

namespace {

constexpr char kReady = '+';

[[noreturn]] void waitForReadiness(int fd)
{
    std::string told;
    char chunk[1024];
    for (;;) {
        const ssize_t got = ::read(fd, chunk, sizeof chunk);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        told.append(chunk, std::size_t(got));
    }
    if (!told.empty() && told.front() == kReady)
        ::_exit(0);
    if (told.empty())
        told = "slipway-run ended before its control socket was ready.";
    std::fprintf(stderr, "%s\n", told.c_str());
    std::fflush(stderr);
    ::_exit(1);
}

} // namespace

Outcome<Descriptor> detach()
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        return tl::unexpected("Cannot go into the background: " + systemWords(errno) + ".");
    const pid_t first = ::fork();
    if (first < 0)
        return tl::unexpected("Cannot go into the background: " + systemWords(errno) + ".");
    if (first > 0) {
        ::close(ends[1]);
        ::waitpid(first, nullptr, 0);
        waitForReadiness(ends[0]);
    }
    ::setsid();
    const pid_t second = ::fork();
    if (second != 0)
        ::_exit(second > 0 ? 0 : 1); // so that no terminal can ever become ours
    ::close(ends[0]);
    return Descriptor(ends[1]);
}

void tellReady(const Descriptor &waiting)
{
    writeAll(waiting.get(), std::string_view(&kReady, 1));
}

void tellFailure(const Descriptor &waiting, const std::string &sentence)
{
    writeAll(waiting.get(), sentence);
}

} // namespace Slipway::Run
