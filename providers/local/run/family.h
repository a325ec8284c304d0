// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "procfs.h"

#include <set>
#include <string>
#include <vector>

namespace Slipway::Run {

/// Finds and ends what the processes of a run have left behind. Since the shim is their subreaper, every descendant
/// hangs below it however often it forked; the run id in the environment finds those that got away all the same.
class Family final
{
public:
    Family(pid_t shim, const std::string &runId); ///< An empty id: descendants only.

    std::vector<ProcessInfo> alive() const; ///< Every living descendant and bearer of the run id.
    std::vector<ProcessInfo> aliveInSession(pid_t session) const; ///< Descendants in that session.
    std::vector<ProcessInfo> aliveBelow(pid_t root) const; ///< `root` itself and its descendants.

    /// Sends a signal through a pidfd, after making sure that the number still means the process that was listed.
    static void signal(const ProcessInfo &process, int signal);

private:
    static void addTree(const std::vector<ProcessInfo> &all, std::set<pid_t> &members);

    pid_t m_shim;
    std::string m_mark; ///< SLIPWAY_RUN_ID=<id>; empty: none
};

} // namespace Slipway::Run
