// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <coroutine>
#include <memory>
#include <optional>
#include <utility>

namespace Slipway {

/// A value that a coroutine waits for and a callback of the same thread delivers. Copies share it; one coroutine waits,
/// once.
template<typename T> class Later
{
public:
    /// The waiting coroutine runs on within this call. Later calls change nothing.
    void resolve(T value) const
    {
        if (m_state->value)
            return;
        m_state->value.emplace(std::move(value));
        if (const auto waiting = std::exchange(m_state->waiting, {}))
            waiting.resume();
    }
    bool await_ready() const noexcept { return m_state->value.has_value(); }
    void await_suspend(std::coroutine_handle<> waiting) noexcept { m_state->waiting = waiting; }
    T await_resume() { return *m_state->value; }

private:
    struct State
    {
        std::optional<T> value;
        std::coroutine_handle<> waiting;
    };
    std::shared_ptr<State> m_state = std::make_shared<State>();
};

} // namespace Slipway
