// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "family.h"

#include "descriptor.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>

namespace Slipway::Run {

namespace {

template<typename Predicate> std::vector<ProcessInfo> living(const std::vector<ProcessInfo> &all, Predicate wanted)
{
    std::vector<ProcessInfo> found;
    std::copy_if(all.begin(), all.end(), std::back_inserter(found),
                 [&wanted](const ProcessInfo &info) { return !info.dead && wanted(info); });
    return found;
}

} // namespace

Family::Family(pid_t shim, const std::string &runId)
    : m_shim(shim)
    , m_mark(runId.empty() ? std::string{} : "SLIPWAY_RUN_ID=" + runId)
{ }

void Family::addTree(const std::vector<ProcessInfo> &all, std::set<pid_t> &members)
{
    for (bool grown = true; grown;) {
        grown = false;
        for (const ProcessInfo &info : all) {
            if (members.contains(info.parent) && members.insert(info.pid).second)
                grown = true;
        }
    }
}

std::vector<ProcessInfo> Family::alive() const
{
    const std::vector<ProcessInfo> all = allProcesses();
    std::set<pid_t> members{m_shim};
    addTree(all, members);
    return living(all, [this, &members](const ProcessInfo &info) {
        return info.pid != m_shim && (members.contains(info.pid) || (!m_mark.empty() && startedWith(info.pid, m_mark)));
    });
}

std::vector<ProcessInfo> Family::aliveInSession(pid_t session) const
{
    const std::vector<ProcessInfo> all = allProcesses();
    std::set<pid_t> members{m_shim}; // a session's number may be used again by strangers once its last member has gone
    addTree(all, members);
    return living(all, [session, &members](const ProcessInfo &info) {
        return info.session == session && members.contains(info.pid);
    });
}

std::vector<ProcessInfo> Family::aliveBelow(pid_t root) const
{
    const std::vector<ProcessInfo> all = allProcesses();
    std::set<pid_t> members{root};
    addTree(all, members);
    return living(all, [&members](const ProcessInfo &info) { return members.contains(info.pid); });
}

void Family::signal(const ProcessInfo &process, int signal)
{
    const Descriptor handle(int(::syscall(SYS_pidfd_open, process.pid, 0)));
    const int error = errno;
    const auto now = processInfo(process.pid);
    if (!now || now->startTime != process.startTime)
        return;
    if (handle) {
        ::syscall(SYS_pidfd_send_signal, handle.get(), signal, nullptr, 0);
    } else if (error == ENOSYS || error == EMFILE || error == ENFILE) {
        ::kill(process.pid, signal); // kernel before 5.3, or no descriptor left: the window for a reused number is tiny
    }
}

} // namespace Slipway::Run
