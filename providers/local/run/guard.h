// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "descriptor.h"
#include "family.h"

#include <cstdint>

namespace Slipway::Run {

/// Runs one command of an application (a build, a release phase, a one-off) with our own standard streams and sees to
/// it that nothing of it is left when it has ended: not a process that left its session, nor one that took an empty
/// environment. Ends it, too, when asked (SIGTERM) or when whoever started us is gone, which the life line tells: the
/// reading end of a pipe whose other end only that one holds.
class Guard final
{
public:
    /// SIGCHLD, SIGTERM and SIGINT must be blocked, and this process must be a child subreaper.
    Guard(Descriptor signals, Descriptor lifeline);

    /// `command`: an absolute path and its arguments, ended by a null. Answers its exit status, 128 + n for signal n.
    int run(char *const *command, int nice);

private:
    bool start(char *const *command, int nice);
    void turn();
    void readSignals();
    void reap();
    void ask();
    void killAll();

    Descriptor m_signals;
    Descriptor m_lifeline;
    Family m_family;
    pid_t m_command = 0;
    int m_status = 127; ///< of the command
    bool m_ended = false; ///< the command itself
    bool m_childless = false; ///< the kernel says that no descendant is left
    std::int64_t m_killAt = -1; ///< monotonic; -1: nobody asked for an end
};

} // namespace Slipway::Run
