// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How a supervisor ends its run: politely, then surely, and only then says so.
#include "supervisor.h"

#include "clock.h"

#include <algorithm>
#include <csignal>

namespace Slipway::Run {

namespace {

constexpr int kKillRounds = 8; // at once, against a family that forks while it is being ended
constexpr std::int64_t kKillAgainMs = 50;
constexpr std::int64_t kKillPatienceMs = 10'000; // a process the kernel itself holds cannot be waited for for ever
constexpr int kAnswerPatienceMs = 1000;

} // namespace

void Supervisor::beginStop()
{
    if (m_phase != Phase::Running)
        return;
    m_phase = Phase::Terminating;
    m_deadline = monotonicMs() + m_spec.graceMs;
    m_changed = true;
    for (Process &process : m_processes) {
        process.restartAt = -1;
        process.restartWanted = false;
        if (process.isAlive()) {
            ::kill(-process.pid(), SIGTERM);
            ::kill(-process.pid(), SIGCONT); // a stopped process could not act on it
        } else if (process.state() == ProcessState::Waiting || process.state() == ProcessState::Backoff
                   || process.state() == ProcessState::Running) {
            process.setState(ProcessState::Stopped);
        }
    }
    reap(); // there may be nobody left to send the signal that would wake us
}

void Supervisor::driveStop()
{
    if (m_phase == Phase::Terminating) {
        const bool firstGone = std::none_of(m_processes.begin(), m_processes.end(),
                                            [](const Process &process) { return process.isAlive(); });
        if (firstGone && !m_childless && !m_strayTold) {
            m_strayTold = true; // those that left the groups have not been asked yet
            for (const ProcessInfo &stray : m_family.alive())
                Family::signal(stray, SIGTERM);
        }
        if (m_childless || monotonicMs() >= m_deadline) {
            m_phase = Phase::Killing;
            m_deadline = 0;
        }
    }
    if (m_phase == Phase::Killing && monotonicMs() >= m_deadline)
        killFamily();
}

void Supervisor::killFamily()
{
    const std::int64_t now = monotonicMs();
    if (m_killUntil == 0)
        m_killUntil = now + kKillPatienceMs;
    std::vector<ProcessInfo> left;
    for (int round = 0; round < kKillRounds; ++round) {
        reap();
        left = m_family.alive();
        if (left.empty()) {
            m_phase = Phase::Done;
            return;
        }
        for (const ProcessInfo &member : left)
            Family::signal(member, SIGKILL);
    }
    m_deadline = now + kKillAgainMs;
    if (now < m_killUntil)
        return;
    for (const ProcessInfo &member : left) {
        if (!m_survivors.empty())
            m_survivors += ',';
        m_survivors += std::to_string(member.pid);
    }
    m_phase = Phase::Done;
}

void Supervisor::finish()
{
    reap();
    for (Process &process : m_processes) {
        if (process.state() == ProcessState::Running || process.state() == ProcessState::Backoff)
            process.setState(ProcessState::Stopped);
        if (!m_survivors.empty())
            process.remark("these processes could not be ended: " + m_survivors);
        process.finishLog();
    }
    m_changed = true;
    m_control.stopListening();
    publish();
    const std::string answer =
        m_survivors.empty() ? R"({"stopped":true})" : R"({"stopped":false,"left":[)" + m_survivors + "]}";
    for (const std::uint64_t client : m_stopWaiters)
        m_control.answer(client, answer);
    m_control.deliver(kAnswerPatienceMs);
}

} // namespace Slipway::Run
