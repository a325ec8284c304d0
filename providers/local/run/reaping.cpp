// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "reaping.h"

#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

namespace Slipway::Run {

void takeSignals(int signalFd, const std::function<void()> &ask)
{
    signalfd_siginfo info{};
    while (::read(signalFd, &info, sizeof info) == ssize_t(sizeof info)) {
        if (info.ssi_signo != SIGCHLD)
            ask();
    }
}

bool reapChildren(const std::function<void(pid_t pid, int waitStatus)> &ended)
{
    for (;;) {
        int waitStatus = 0;
        const pid_t pid = ::waitpid(-1, &waitStatus, WNOHANG);
        if (pid < 0 && errno == EINTR)
            continue;
        if (pid <= 0)
            return pid < 0;
        ended(pid, waitStatus);
    }
}

} // namespace Slipway::Run
