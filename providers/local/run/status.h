// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outcome.h"

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace Slipway::Run {

enum class RunState { Starting, Running, Stopping, Stopped, Crashed };
enum class ProcessState { Waiting, Running, Backoff, Crashed, Exited, Stopped };

/// What others may know about one process. Waiting: for those it starts after. Backoff: ended, starts again soon.
/// Crashed: given up. Exited: a one-shot at its end.
struct ProcessStatus
{
    std::string name;
    std::string type;
    pid_t pid = 0; ///< of the last life; 0 when it never started
    std::uint64_t startTime = 0; ///< field 22 of /proc/PID/stat
    ProcessState state = ProcessState::Stopped;
    int restarts = 0; ///< by the restart policy, since the shim started
    std::optional<int> exitCode; ///< of the last life that ended
    std::optional<int> signal;
    std::int64_t since = 0; ///< when `state` began, milliseconds since 1970
    std::vector<std::string> lastLines; ///< up to 50, when it failed
};

struct RunStatus
{
    std::string id;
    pid_t pid = 0;
    std::uint64_t startTime = 0;
    std::string bootId;
    RunState state = RunState::Starting;
    std::vector<ProcessStatus> processes;

    std::string toJson() const; ///< One line without a line end; bytes that are no UTF-8 are replaced.
};

/// Puts the status into RUN_DIR/status.json: whole, durable, old or new, never half.
Outcome<void> writeStatus(const std::string &runDirectory, const std::string &json);

} // namespace Slipway::Run
