// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "process.h"

#include "clock.h"
#include "files.h"
#include "pollset.h"
#include "procfs.h"

#include <sys/random.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace Slipway::Run {

namespace {

constexpr std::size_t kLastLines = 50;
constexpr std::size_t kLastLineLength = 1024; // keeps the memory of a chatty process small
constexpr std::size_t kChunk = 32 * 1024;
constexpr int kChunksATurn = 2; // a flood must not keep the loop from its other work
constexpr int kDrainChunks = 64;
constexpr std::int64_t kSettledMs = 1000; // a process that nobody can ask is ready when it has run this long

/// Between 90 and 110 % of the delay, so that processes that fell together do not rise together.
std::int64_t jittered(std::int64_t delay)
{
    std::uint32_t random = 0;
    if (::getrandom(&random, sizeof random, 0) != ssize_t(sizeof random))
        return delay;
    return delay - delay / 10 + std::int64_t(random % (std::uint64_t(delay) / 5 + 1));
}

std::string wordsFor(int waitStatus)
{
    if (!WIFSIGNALED(waitStatus))
        return "exited with status " + std::to_string(WEXITSTATUS(waitStatus));
    const char *name = ::sigabbrev_np(WTERMSIG(waitStatus));
    return "ended by signal " + std::to_string(WTERMSIG(waitStatus)) + (name ? std::string(" (SIG") + name + ")" : "");
}

} // namespace

Process::Process(ProcessSpec spec, const ChildSettings &settings, const RestartPolicy &policy, const std::string &logs)
    : m_spec(std::move(spec))
    , m_settings(settings)
    , m_policy(policy)
    , m_log(logs, m_spec.name)
{
    if (m_spec.ready)
        m_probe.emplace(*m_spec.ready);
    m_status.name = m_spec.name;
    m_status.type = m_spec.type;
    m_status.since = epochMs();
}

bool Process::start()
{
    restartAt = -1;
    killAt = -1;
    restartWanted = false;
    m_startedMs = monotonicMs();
    auto child = startChild(m_spec, m_settings);
    if (!child) {
        m_status.pid = 0;
        m_status.startTime = 0;
        m_status.exitCode = 127;
        m_status.signal.reset();
        const std::string text = "could not start: " + child.error();
        take(LogWriter::kRemark, text);
        m_log.flush();
        return false;
    }
    m_alive = true;
    if (m_probe)
        m_probe->reset();
    m_lastLines.clear();
    m_status.pid = child->pid;
    const auto info = processInfo(child->pid);
    m_status.startTime = info ? info->startTime : 0;
    m_streams.push_back({std::move(child->out), LogWriter::kOut, {}});
    m_streams.push_back({std::move(child->err), LogWriter::kErr, {}});
    setState(ProcessState::Running);
    remark("started, process " + std::to_string(child->pid));
    return true;
}

void Process::waitForOthers()
{
    std::string types;
    for (const std::string &type : m_spec.after)
        types += (types.empty() ? "" : ", ") + type;
    setState(ProcessState::Waiting);
    remark("waits until " + types + (m_spec.after.size() == 1 ? " is ready" : " are ready"));
}

bool Process::isReady() const
{
    return m_alive && (m_probe ? m_probe->isGood() : monotonicMs() - m_startedMs >= kSettledMs);
}

std::int64_t Process::readyAt() const
{
    if (!m_alive || isReady())
        return -1;
    return m_probe ? m_probe->nextAt() : m_startedMs + kSettledMs;
}

void Process::look(const PollSet &set)
{
    if (m_probe && m_alive)
        m_probe->turn(set);
}

ProcessStatus Process::status() const
{
    ProcessStatus status = m_status;
    const bool failed = status.state == ProcessState::Crashed || status.state == ProcessState::Backoff
        || (status.state == ProcessState::Exited && status.exitCode != 0);
    if (failed)
        status.lastLines.assign(m_lastLines.begin(), m_lastLines.end());
    return status;
}

void Process::setState(ProcessState state)
{
    m_status.state = state;
    m_status.since = epochMs();
}

void Process::noteEnd(int waitStatus)
{
    m_alive = false;
    drain();
    m_status.exitCode.reset();
    m_status.signal.reset();
    if (WIFSIGNALED(waitStatus))
        m_status.signal = WTERMSIG(waitStatus);
    else
        m_status.exitCode = WEXITSTATUS(waitStatus);
    remark(wordsFor(waitStatus));
}

void Process::planRestart()
{
    const std::int64_t now = monotonicMs();
    if (now - m_startedMs >= m_policy.healthyAfterMs)
        m_failures = 0;
    ++m_failures;
    if (m_failures >= m_policy.giveUpAfter) {
        restartAt = -1;
        setState(ProcessState::Crashed);
        remark("gave up after " + std::to_string(m_failures) + (m_failures == 1 ? " failure" : " failures in a row"));
        return;
    }
    const int doublings = std::min(m_failures - 1, 30);
    const std::int64_t delay = jittered(std::min(m_policy.maxMs, m_policy.baseMs << doublings));
    restartAt = now + delay;
    ++m_status.restarts;
    setState(ProcessState::Backoff);
    remark("restarts in " + spokenDelay(delay));
}

int Process::exitCode() const
{
    return m_status.signal ? 128 + *m_status.signal : m_status.exitCode.value_or(0);
}

void Process::remark(const std::string &text)
{
    m_log.add(LogWriter::kRemark, text);
    m_log.flush();
}

void Process::addTo(PollSet &set, bool asking) const
{
    for (const Stream &stream : m_streams)
        set.add(stream.fd.get(), POLLIN);
    if (asking && m_probe && m_alive && !m_probe->isGood())
        m_probe->addTo(set);
}

void Process::readReady(const PollSet &set)
{
    m_streams.remove_if([this, &set](Stream &stream) {
        if (set.ready(stream.fd.get()) == 0)
            return false;
        for (int turn = 0; turn < kChunksATurn; ++turn) {
            if (!read(stream))
                return errno != EAGAIN;
        }
        return false;
    });
    m_log.flush();
}

void Process::drain()
{
    m_streams.remove_if([this](Stream &stream) {
        for (int turn = 0; turn < kDrainChunks; ++turn) {
            if (!read(stream))
                return errno != EAGAIN;
        }
        return false;
    });
    m_log.flush();
}

void Process::finishLog()
{
    drain();
    for (Stream &stream : m_streams)
        stream.splitter.finish([this, kind = stream.kind](std::string_view line) { take(kind, line); });
    m_streams.clear();
    m_log.flush();
}

/// One chunk. False when there is none: errno is EAGAIN when more may come, anything else when the stream has ended.
bool Process::read(Stream &stream)
{
    char chunk[kChunk];
    const auto sink = [this, kind = stream.kind](std::string_view line) { take(kind, line); };
    ssize_t got = 0;
    do {
        got = ::read(stream.fd.get(), chunk, sizeof chunk);
    } while (got < 0 && errno == EINTR);
    if (got > 0) {
        stream.splitter.feed(std::string_view(chunk, std::size_t(got)), sink);
        return true;
    }
    if (got < 0 && errno == EAGAIN)
        return false;
    stream.splitter.finish(sink);
    errno = 0;
    return false;
}

void Process::take(char kind, std::string_view line)
{
    m_log.add(kind, line);
    if (m_lastLines.size() < kLastLines) {
        m_lastLines.emplace_back(line.substr(0, kLastLineLength));
        return;
    }
    std::string oldest = std::move(m_lastLines.front()); // its memory serves again
    m_lastLines.pop_front();
    m_lastLines.push_back(std::move(oldest.assign(line.substr(0, kLastLineLength))));
}

} // namespace Slipway::Run
