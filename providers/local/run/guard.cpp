// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "guard.h"

#include "clock.h"
#include "pollset.h"
#include "reaping.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>

namespace Slipway::Run {

namespace {

constexpr std::int64_t kGraceMs = 2000; ///< between SIGTERM and SIGKILL
constexpr int kKillAgainMs = 20;
constexpr std::int64_t kKillPatienceMs = 10'000; ///< a process the kernel itself holds cannot be waited for for ever

int statusOf(int waitStatus)
{
    return WIFSIGNALED(waitStatus) ? 128 + WTERMSIG(waitStatus) : WEXITSTATUS(waitStatus);
}

[[noreturn]] void becomeCommand(char *const *command, int nice)
{
    ::setsid();
    if (nice != 0)
        ::setpriority(PRIO_PROCESS, 0, nice);
    for (int number = 1; number < NSIG; ++number)
        ::signal(number, SIG_DFL); // ignored signals would stay ignored in the command
    sigset_t nothing;
    ::sigemptyset(&nothing);
    ::sigprocmask(SIG_SETMASK, &nothing, nullptr);
    ::execv(command[0], command);
    std::fprintf(stderr, "%s cannot be started: %s.\n", command[0], std::strerror(errno));
    ::_exit(127);
}

} // namespace

Guard::Guard(Descriptor signals, Descriptor lifeline)
    : m_signals(std::move(signals))
    , m_lifeline(std::move(lifeline))
    , m_family(::getpid(), {})
{ }

int Guard::run(char *const *command, int nice)
{
    if (!start(command, nice))
        return m_status;
    while (!m_ended && !(m_killAt >= 0 && monotonicMs() >= m_killAt))
        turn();
    // Asked to end, what the command started has the rest of its time too; ended by itself, it is to leave nothing.
    while (!m_childless && m_killAt >= 0 && monotonicMs() < m_killAt)
        turn();
    killAll();
    return m_status;
}

bool Guard::start(char *const *command, int nice)
{
    m_command = ::fork();
    if (m_command == 0)
        becomeCommand(command, nice);
    if (m_command < 0)
        std::fprintf(stderr, "%s cannot be started: %s.\n", command[0], std::strerror(errno));
    return m_command > 0;
}

void Guard::turn()
{
    PollSet set;
    set.add(m_signals.get(), POLLIN);
    if (m_killAt < 0)
        set.add(m_lifeline.get(), POLLIN);
    set.wait(m_killAt < 0 ? -1 : int(std::max<std::int64_t>(0, m_killAt - monotonicMs())));
    if (set.ready(m_signals.get()) != 0)
        readSignals();
    if (m_killAt < 0 && set.ready(m_lifeline.get()) != 0)
        ask(); // nobody ever writes to it: this is its end
}

void Guard::readSignals()
{
    takeSignals(m_signals.get(), [this] { ask(); });
    reap();
}

void Guard::reap()
{
    m_childless = reapChildren([this](pid_t pid, int waitStatus) {
        if (pid != m_command)
            return;
        m_ended = true;
        m_status = statusOf(waitStatus);
    });
}

void Guard::ask()
{
    if (m_killAt >= 0)
        return;
    m_killAt = monotonicMs() + kGraceMs;
    for (const ProcessInfo &member : m_family.alive()) {
        Family::signal(member, SIGTERM);
        Family::signal(member, SIGCONT); // a stopped process could not act on it
    }
}

/// Every descendant becomes our child once its parents have gone, so the end of the last child is the end of all.
void Guard::killAll()
{
    const std::int64_t until = monotonicMs() + kKillPatienceMs;
    for (reap(); !m_childless && monotonicMs() < until; reap()) {
        for (const ProcessInfo &member : m_family.alive())
            Family::signal(member, SIGKILL);
        PollSet set;
        set.add(m_signals.get(), POLLIN);
        set.wait(kKillAgainMs);
        takeSignals(m_signals.get(), [] {}); // whoever asks for an end now gets it anyway
    }
}

} // namespace Slipway::Run
