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

/// One line of /proc/PID/stat: what is needed to recognise a process and its family.
struct ProcessInfo
{
    pid_t pid = 0;
    pid_t parent = 0;
    pid_t session = 0;
    std::uint64_t startTime =
        0; ///< clock ticks since boot, field 22: with pid and boot id it names one process for ever
    bool dead = false; ///< a zombie that no thread keeps alive: nothing left to end, only to be waited for
};

std::optional<ProcessInfo> processInfo(pid_t pid);
std::vector<ProcessInfo> allProcesses();
std::string bootId(); ///< Changes at every boot; empty when the kernel does not tell.

/// Whether the process was started with exactly this `KEY=value`. False when its environment may not be read.
bool startedWith(pid_t pid, const std::string &entry);

} // namespace Slipway::Run
