// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <poll.h>

#include <vector>

namespace Slipway::Run {

/// The descriptors of one turn of the loop and what came back for them.
class PollSet final
{
public:
    void add(int fd, short events) { m_entries.push_back({fd, events, 0}); }
    void wait(int timeoutMs) { m_count = ::poll(m_entries.data(), m_entries.size(), timeoutMs); }
    short ready(int fd) const ///< The events that came, 0 when none or when `fd` was not in the set.
    {
        if (m_count > 0) {
            for (const pollfd &entry : m_entries) {
                if (entry.fd == fd)
                    return entry.revents;
            }
        }
        return 0;
    }

private:
    std::vector<pollfd> m_entries;
    int m_count = 0;
};

} // namespace Slipway::Run
