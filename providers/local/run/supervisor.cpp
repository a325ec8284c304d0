// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "supervisor.h"

#include "clock.h"
#include "pollset.h"
#include "reaping.h"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>

namespace Slipway::Run {

namespace {

constexpr int kRescanMs = 25; // between two looks for a restarting process' leftovers
constexpr int kStatusRetryMs = 2000; // the disk may have room again

bool isDue(std::int64_t deadline)
{
    return deadline >= 0 && monotonicMs() >= deadline;
}

} // namespace

Supervisor::Supervisor(Spec spec, std::string runDirectory, mode_t childUmask, Control control, Descriptor signals)
    : m_spec(std::move(spec))
    , m_runDirectory(std::move(runDirectory))
    , m_control(std::move(control))
    , m_signals(std::move(signals))
    , m_family(::getpid(), m_spec.id)
{
    m_identity.id = m_spec.id;
    m_identity.pid = ::getpid();
    const auto self = processInfo(::getpid());
    m_identity.startTime = self ? self->startTime : 0;
    m_identity.bootId = bootId();
    const ChildSettings settings{m_spec.id, m_spec.nice, m_spec.maxProcesses, m_spec.maxFiles, childUmask};
    for (const ProcessSpec &process : m_spec.processes)
        m_processes.emplace_back(process, settings, m_spec.restart, m_spec.logs);
    m_spec.processes.clear(); // each Process has its own: secrets in one place, memory once
}

void Supervisor::publishFirst()
{
    publish();
}

int Supervisor::run()
{
    for (Process &process : m_processes) {
        if (mayStart(process))
            start(process);
        else
            process.waitForOthers();
    }
    m_started = true;
    m_changed = true;
    while (m_phase != Phase::Done)
        turn();
    finish();
    return m_spec.oneshot ? m_processes.front().exitCode() : 0;
}

void Supervisor::turn()
{
    publish();
    PollSet set;
    set.add(m_signals.get(), POLLIN);
    m_control.addTo(set);
    const bool watching = someoneWaits();
    for (const Process &process : m_processes)
        process.addTo(set, watching);
    set.wait(timeoutMs());

    for (Process &process : m_processes)
        process.readReady(set); // before the ends of processes, so that the log keeps the order of events
    if (set.ready(m_signals.get()) != 0)
        readSignals();
    for (const Control::Request &request : m_control.takeRequests(set))
        obey(request);
    startDueProcesses();
    if (watching)
        startWaiting(set);
    driveStop();
}

int Supervisor::timeoutMs() const
{
    std::int64_t next = -1;
    const auto consider = [&next](std::int64_t at) {
        if (at >= 0 && (next < 0 || at < next))
            next = at;
    };
    const std::int64_t now = monotonicMs();
    const bool watching = someoneWaits();
    if (m_phase != Phase::Running)
        consider(m_deadline);
    for (const Process &process : m_processes) {
        consider(process.restartAt);
        if (watching)
            consider(process.readyAt());
        if (process.restartWanted)
            consider(process.isAlive() ? process.killAt : now + kRescanMs);
    }
    consider(m_saveAgainAt);
    if (next < 0)
        return -1;
    return int(std::clamp<std::int64_t>(next - now, 0, 3'600'000));
}

void Supervisor::readSignals()
{
    takeSignals(m_signals.get(), [this] { beginStop(); });
    reap();
}

void Supervisor::reap()
{
    m_childless = reapChildren([this](pid_t pid, int waitStatus) {
        const auto owner = std::find_if(m_processes.begin(), m_processes.end(), [pid](const Process &process) {
            return process.isAlive() && process.pid() == pid;
        });
        if (owner != m_processes.end())
            processEnded(*owner, waitStatus); // others are orphans that came to us: waiting for them was all they need
    });
}

void Supervisor::processEnded(Process &process, int waitStatus)
{
    process.noteEnd(waitStatus);
    m_changed = true;
    if (m_spec.oneshot) {
        process.setState(ProcessState::Exited);
        if (m_phase == Phase::Running || m_phase == Phase::Terminating) {
            m_phase = Phase::Killing;
            m_deadline = 0;
        }
        return;
    }
    if (m_phase != Phase::Running) {
        process.setState(ProcessState::Stopped);
        return;
    }
    if (process.restartWanted)
        return; // driveRestart() goes on when the rest of the old life has had its time
    endLeftovers(process);
    process.planRestart();
}

/// A process that ended by itself takes along what it started: a server that put itself into the background would
/// otherwise keep the port from its successor. One that left the session is only certainly its own when nobody else
/// runs.
void Supervisor::endLeftovers(const Process &process)
{
    const auto leftovers = othersAlive(process) ? m_family.aliveInSession(process.pid()) : m_family.alive();
    for (const ProcessInfo &leftover : leftovers)
        Family::signal(leftover, SIGKILL);
}

bool Supervisor::othersAlive(const Process &process) const
{
    return std::any_of(m_processes.begin(), m_processes.end(), [&process](const Process &other) {
        return &other != &process && (other.isAlive() || other.restartWanted);
    });
}

void Supervisor::startDueProcesses()
{
    if (m_phase != Phase::Running)
        return;
    for (Process &process : m_processes) {
        if (process.restartWanted)
            driveRestart(process);
        else if (isDue(process.restartAt))
            start(process);
    }
}

bool Supervisor::someoneWaits() const
{
    return m_phase == Phase::Running && std::any_of(m_processes.begin(), m_processes.end(), [](const Process &process) {
               return process.state() == ProcessState::Waiting;
           });
}

/// Nobody waits for a type that has no process in this run.
bool Supervisor::mayStart(const Process &process) const
{
    const std::vector<std::string> &types = process.after();
    return std::all_of(m_processes.begin(), m_processes.end(), [&types](const Process &other) {
        return other.isReady() || std::find(types.begin(), types.end(), other.type()) == types.end();
    });
}

void Supervisor::startWaiting(const PollSet &set)
{
    for (Process &process : m_processes)
        process.look(set);
    for (Process &process : m_processes) {
        if (process.state() == ProcessState::Waiting && mayStart(process))
            start(process);
    }
}

void Supervisor::start(Process &process)
{
    m_changed = true;
    if (process.start()) {
        m_childless = false;
        return;
    }
    if (m_spec.oneshot) {
        process.setState(ProcessState::Exited);
        m_phase = Phase::Killing;
        m_deadline = 0;
    } else {
        process.planRestart();
    }
}

void Supervisor::wantRestart(Process &process)
{
    process.forgetFailures();
    process.restartAt = -1;
    if (!process.isAlive()) {
        if (!process.restartWanted)
            start(process);
        return;
    }
    if (process.restartWanted)
        return;
    process.remark("restarts on request");
    process.restartWanted = true;
    process.killAt = monotonicMs() + m_spec.graceMs;
    ::kill(-process.pid(), SIGTERM);
    ::kill(-process.pid(), SIGCONT);
}

void Supervisor::driveRestart(Process &process)
{
    const bool late = isDue(process.killAt);
    if (process.isAlive()) {
        if (late) {
            for (const ProcessInfo &member : m_family.aliveBelow(process.pid()))
                Family::signal(member, SIGKILL);
            process.killAt = monotonicMs() + kRescanMs;
        }
        return;
    }
    // The group of a shell may outlive it while it shuts down in good order: it has the same time.
    if (!late && !m_family.aliveInSession(process.pid()).empty())
        return;
    endLeftovers(process);
    start(process);
}

void Supervisor::obey(const Control::Request &request)
{
    if (request.command == "status" || request.command == "watch") {
        publish(); // a watcher must not get the same news twice
        m_control.answer(request.client, status().toJson());
        if (request.command == "watch")
            m_control.watch(request.client);
    } else if (request.command == "stop") {
        m_control.expect(request.client);
        m_stopWaiters.push_back(request.client);
        beginStop();
    } else if (request.command == "restart") {
        if (m_phase != Phase::Running || m_spec.oneshot) {
            m_control.answer(request.client,
                             errorLine(m_spec.oneshot ? "A one-shot command is not restarted."
                                                      : "The run is stopping; nothing is restarted."));
            return;
        }
        bool known = false;
        for (Process &process : m_processes) {
            if (!request.name.empty() && process.name() != request.name)
                continue;
            known = true;
            wantRestart(process);
        }
        m_control.answer(request.client,
                         known ? R"({"restarting":true})"
                               : errorLine("No process is named \"" + request.name + "\" in this run."));
    } else {
        m_control.answer(
            request.client,
            errorLine("Unknown command \"" + request.command + "\"; known are status, watch, restart and stop."));
    }
}

void Supervisor::publish()
{
    if (!m_changed && !isDue(m_saveAgainAt))
        return;
    const std::string json = status().toJson();
    const auto written = writeStatus(m_runDirectory, json);
    m_saveAgainAt = written ? -1 : monotonicMs() + kStatusRetryMs; // the disk may be full for a while
    if (m_changed)
        m_control.broadcast(json);
    m_changed = false;
}

RunStatus Supervisor::status() const
{
    RunStatus status = m_identity;
    status.state = state();
    for (const Process &process : m_processes)
        status.processes.push_back(process.status());
    return status;
}

RunState Supervisor::state() const
{
    if (m_phase == Phase::Done)
        return RunState::Stopped;
    if (m_phase != Phase::Running)
        return RunState::Stopping;
    if (!m_started)
        return RunState::Starting;
    const bool crashed = std::any_of(m_processes.begin(), m_processes.end(),
                                     [](const Process &process) { return process.state() == ProcessState::Crashed; });
    return crashed ? RunState::Crashed : RunState::Running;
}

} // namespace Slipway::Run
