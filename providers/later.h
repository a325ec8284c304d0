// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <coroutine>
#include <memory>
#include <optional>
#include <utility>

namespace Slipway {

/// A value that comes later, for one coroutine that waits for it. Copies share it. Unlike an await of a signal it may
/// be settled before anybody waits, and whoever holds it can end it: that is how stop() cancels. One thread.
template<typename T> class Later
{
public:
    Later()
        : m_state(std::make_shared<State>())
    { }

    /// The first one counts. The waiting coroutine is resumed in here: expect re-entry, and touch nothing afterwards
    /// that it may have ended.
    void settle(T value) const
    {
        const std::shared_ptr<State> state = m_state;
        if (state->value)
            return;
        state->value = std::move(value);
        if (const auto waiting = std::exchange(state->waiting, nullptr))
            waiting.resume();
    }
    bool settled() const { return m_state->value.has_value(); }

    bool await_ready() const { return settled(); }
    void await_suspend(std::coroutine_handle<> waiting) const { m_state->waiting = waiting; }
    T await_resume() const { return *m_state->value; }

private:
    struct State
    {
        std::optional<T> value;
        std::coroutine_handle<> waiting;
    };
    std::shared_ptr<State> m_state;
};

} // namespace Slipway
