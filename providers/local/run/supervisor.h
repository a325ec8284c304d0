// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "control.h"
#include "family.h"
#include "process.h"

#include <list>

namespace Slipway::Run {

/// Starts the processes of one run, restarts those that end, answers on the control socket, and ends everything without
/// a trace. One thread, one poll() loop, woken by signals (signalfd), pipes, clients and the next deadline.
class Supervisor final
{
public:
    /// SIGCHLD, SIGTERM and SIGINT must be blocked, and this process must be a child subreaper.
    Supervisor(Spec spec, std::string runDirectory, mode_t childUmask, Control control, Descriptor signals);

    void publishFirst(); ///< Writes the status before anything is started, for those who wait for readiness.
    int run(); ///< Returns the exit code when all is over.

private:
    enum class Phase { Running, Terminating, Killing, Done };

    void turn();
    int timeoutMs() const;
    void readSignals();
    void reap();
    void processEnded(Process &process, int waitStatus);
    void endLeftovers(const Process &process);
    void startDueProcesses();
    void startWaiting(const PollSet &set);
    bool mayStart(const Process &process) const;
    bool someoneWaits() const;
    void start(Process &process);
    void wantRestart(Process &process);
    void driveRestart(Process &process);

    void beginStop();
    void driveStop();
    void killFamily();
    void finish();

    void obey(const Control::Request &request);
    void publish();
    RunStatus status() const;
    RunState state() const;
    bool othersAlive(const Process &process) const;

    Spec m_spec;
    std::string m_runDirectory;
    Control m_control;
    Descriptor m_signals;
    Family m_family;
    RunStatus m_identity; ///< what never changes: id, pid, start time, boot id
    std::list<Process> m_processes;
    std::vector<std::uint64_t> m_stopWaiters;
    Phase m_phase = Phase::Running;
    bool m_started = false;
    bool m_changed = true; ///< something to publish
    std::int64_t m_saveAgainAt = -1; ///< monotonic; the status on disk is out of date until then at least
    bool m_childless = false; ///< the kernel says that no descendant is left
    bool m_strayTold = false; ///< those outside the groups had their SIGTERM
    std::int64_t m_deadline = 0; ///< of the phase, monotonic
    std::int64_t m_killUntil = 0;
    std::string m_survivors; ///< process numbers that even SIGKILL did not end
};

} // namespace Slipway::Run
