// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "descriptor.h"
#include "outcome.h"
#include "spec.h"

#include <sys/types.h>

#include <csignal>

namespace Slipway::Run {

/// What every child of a run has in common.
struct ChildSettings
{
    std::string runId;
    int nice = 0;
    std::int64_t maxProcesses = 0; ///< 0 leaves the limit alone
    std::int64_t maxFiles = 0;
    mode_t umask = 022; ///< the one the shim was started with; its own is stricter
};

/// A started process: leader of its own session and group, its output on two pipes (never blocking for the reader).
struct Child
{
    pid_t pid = 0;
    Descriptor out;
    Descriptor err;
};

/// Starts the command under /bin/sh with exactly the environment of `spec` and SLIPWAY_RUN_ID. Returns once the shell
/// runs; an error is a sentence that names what could not be used.
Outcome<Child> startChild(const ProcessSpec &spec, const ChildSettings &settings);

/// `exec ` before a command that is one simple command, so that no shell stays between the shim and the server.
std::string withoutShell(const std::string &command, const std::string &searchPath);

} // namespace Slipway::Run
