// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "descriptor.h"
#include "spec.h"

#include <cstdint>
#include <string>

namespace Slipway::Run {

class PollSet;

/// Asks a process over HTTP, again and again and without waiting, until it has answered well twice in a row: what the
/// daemon calls live. 127.0.0.1 first, then ::1.
class Probe final
{
public:
    explicit Probe(ReadySpec spec);

    bool isGood() const { return m_inARow >= 2; }
    void reset(); ///< The process has a new life: what it answered before counts no more.
    void addTo(PollSet &set) const;
    void turn(const PollSet &set); ///< Takes what came and starts the next attempt when it is due.
    std::int64_t nextAt() const { return m_at; } ///< monotonic; when turn() has something to do without an event

private:
    enum class State { Idle, Connecting, Reading };

    void dial(bool ipv6);
    void connected();
    void receive();
    void ended(bool good);

    ReadySpec m_spec;
    State m_state = State::Idle;
    bool m_ipv6 = false;
    Descriptor m_socket;
    std::string m_answer;
    int m_inARow = 0;
    std::int64_t m_at = 0; ///< of the next attempt, or when the one under way has taken too long
};

} // namespace Slipway::Run
