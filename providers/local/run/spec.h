// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outcome.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace Slipway::Run {

/// When a process counts as ready for those that start after it: it answers here, twice in a row.
struct ReadySpec
{
    int port = 0; ///< on 127.0.0.1 or ::1
    std::string host; ///< for the Host header
    std::string path; ///< has to answer with 2xx or 3xx; empty: / with anything below 500
};

struct ProcessSpec
{
    std::string name; ///< "web.1"; also the name of its log file
    std::string type; ///< "web"
    std::string command;
    std::string directory; ///< absolute
    std::map<std::string, std::string> environment;
    std::vector<std::string> after; ///< process types that must be ready before it starts
    std::optional<ReadySpec> ready; ///< none: ready when it has run for a moment
};

/// When a process that ended is started again. Milliseconds.
struct RestartPolicy
{
    std::int64_t baseMs = 1000;
    std::int64_t maxMs = 60'000;
    int giveUpAfter = 10; ///< failures in a row
    std::int64_t healthyAfterMs = 60'000; ///< a life this long clears the count of failures
};

/// What the daemon asks for in RUN_DIR/spec.json.
struct Spec
{
    std::string id;
    std::string logs; ///< directory
    std::string socket; ///< path of the control socket
    bool oneshot = false;
    std::int64_t graceMs = 10'000;
    int nice = 0;
    std::int64_t maxProcesses = 0; ///< 0 leaves the limit of the shim
    std::int64_t maxFiles = 0;
    RestartPolicy restart;
    std::vector<ProcessSpec> processes;

    /// Every error names the file, the key and what was expected there.
    static Outcome<Spec> read(const std::string &path);
};

} // namespace Slipway::Run
