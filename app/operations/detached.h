// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/provider.h"

#include <functional>

namespace Slipway {

/// Calls `done` with the outcome of `task`, in the thread the task ends in; nobody waits. The way out of coroutines for
/// code that knows only callbacks.
template<typename T> QCoro::Task<> whenDone(Task<T> task, std::function<void(Result<T>)> done)
{
    Result<T> result = co_await task;
    done(std::move(result));
}

/// A task that has ended already.
template<typename T> Task<T> ended(Result<T> result)
{
    co_return result;
}

} // namespace Slipway
