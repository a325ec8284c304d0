// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "child.h"
#include "linesplitter.h"
#include "logwriter.h"
#include "probe.h"
#include "status.h"

#include <deque>
#include <list>

namespace Slipway::Run {

class PollSet;

/// One process of the run over all its lives: starts it, reads its output into its log, remembers how it ended, and
/// says when it is due again. Does not wait for it and does not end it: the supervisor does.
class Process final
{
public:
    Process(ProcessSpec spec, const ChildSettings &settings, const RestartPolicy &policy, const std::string &logs);

    bool start(); ///< False when it could not be started; that is a failure like any other.
    bool isAlive() const { return m_alive; }
    pid_t pid() const { return m_status.pid; }
    const std::string &name() const { return m_spec.name; }
    const std::string &type() const { return m_spec.type; }
    const std::vector<std::string> &after() const { return m_spec.after; }
    ProcessStatus status() const;
    ProcessState state() const { return m_status.state; }
    void setState(ProcessState state);

    void waitForOthers(); ///< Instead of start(), for now.
    bool isReady() const; ///< In this life: it has answered, or has run for a moment where nobody asks it.
    std::int64_t readyAt() const; ///< monotonic; when to look again; -1: no need to
    void look(const PollSet &set); ///< Asks on, as long as it is not ready.

    void noteEnd(int waitStatus); ///< Its first process has ended: reads the rest of its output and records how.
    void planRestart(); ///< After an end nobody asked for: back off, or give up.
    void forgetFailures() { m_failures = 0; }
    int exitCode() const; ///< As a shell would say it: 128 + n for signal n.
    void remark(const std::string &text); ///< One line of Slipway's own in its log.

    void addTo(PollSet &set, bool asking) const; ///< `asking`: somebody wants to know whether it is ready.
    void readReady(const PollSet &set);
    void drain(); ///< Reads what the pipes hold now.
    void finishLog(); ///< The last of everything, half lines too.

    std::int64_t restartAt = -1; ///< monotonic; -1: no restart planned
    std::int64_t killAt = -1; ///< monotonic; when a wanted restart stops being patient
    bool restartWanted = false; ///< by command: starts again as soon as the old life is gone

private:
    struct Stream
    {
        Descriptor fd;
        char kind;
        LineSplitter splitter;
    };
    bool read(Stream &stream); ///< False at its end.
    void take(char kind, std::string_view line);

    ProcessSpec m_spec;
    ChildSettings m_settings;
    RestartPolicy m_policy;
    LogWriter m_log;
    ProcessStatus m_status;
    std::list<Stream> m_streams; ///< of earlier lives too, as long as a descendant holds them open
    std::deque<std::string> m_lastLines;
    std::optional<Probe> m_probe;
    std::int64_t m_startedMs = 0;
    int m_failures = 0; ///< in a row
    bool m_alive = false;
};

} // namespace Slipway::Run
