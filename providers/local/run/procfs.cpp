// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "procfs.h"

#include "files.h"

#include <dirent.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>

namespace Slipway::Run {

std::optional<ProcessInfo> processInfo(pid_t pid)
{
    const auto text = readFile("/proc/" + std::to_string(pid) + "/stat");
    if (!text)
        return std::nullopt;
    // The name in brackets may itself hold brackets and spaces: fields are counted from the last bracket.
    const std::size_t end = text->rfind(')');
    if (end == std::string::npos)
        return std::nullopt;
    ProcessInfo info;
    info.pid = pid;
    char state = 0;
    int parent = 0;
    int session = 0;
    long threads = 0;
    unsigned long long start = 0;
    const int fields = std::sscanf(text->c_str() + end + 1,
                                   " %c %d %*d %d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %ld %*d %llu",
                                   &state, &parent, &session, &threads, &start);
    if (fields != 5)
        return std::nullopt;
    info.parent = parent;
    info.session = session;
    info.startTime = start;
    // A first thread that has ended shows as a zombie while its siblings still run.
    info.dead = state == 'X' || (state == 'Z' && threads <= 1);
    return info;
}

std::vector<ProcessInfo> allProcesses()
{
    std::vector<ProcessInfo> all;
    const std::unique_ptr<DIR, int (*)(DIR *)> directory(::opendir("/proc"), ::closedir);
    if (!directory)
        return all;
    while (const dirent *entry = ::readdir(directory.get())) {
        const int pid = std::atoi(entry->d_name);
        if (pid <= 0)
            continue;
        if (const auto info = processInfo(pid))
            all.push_back(*info);
    }
    return all;
}

std::string bootId()
{
    std::string id = readFile("/proc/sys/kernel/random/boot_id").value_or("");
    while (!id.empty() && id.back() == '\n')
        id.pop_back();
    return id;
}

bool startedWith(pid_t pid, const std::string &entry)
{
    const auto environment = readFile("/proc/" + std::to_string(pid) + "/environ");
    if (!environment)
        return false;
    std::size_t at = 0;
    while (at < environment->size()) {
        const std::size_t end = std::min(environment->find('\0', at), environment->size());
        if (environment->compare(at, end - at, entry) == 0)
            return true;
        at = end + 1;
    }
    return false;
}

} // namespace Slipway::Run
