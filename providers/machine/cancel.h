// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <atomic>
#include <functional>

namespace Slipway {

/// A request to stop, shared by the one who asks and the one who works. Thread-safe; neither copied nor moved.
class Cancel
{
public:
    Cancel() = default;
    Cancel(const Cancel &) = delete;
    Cancel &operator=(const Cancel &) = delete;
    void cancel() { m_cancelled.store(true, std::memory_order_relaxed); }
    bool isCancelled() const { return m_cancelled.load(std::memory_order_relaxed); }

private:
    std::atomic<bool> m_cancelled{false};
};

/// One line of a child's output without its line end. Called in the thread that makes the call.
using LineSink = std::function<void(const QString &line, bool isError)>;

} // namespace Slipway
