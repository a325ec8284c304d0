// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/later.h"

#include <QHash>
#include <QObject>

#include <chrono>

class QTimer;

namespace Slipway {

/// Pauses that can be ended.
class Waits
{
public:
    Later<bool> after(std::chrono::milliseconds time); ///< true: the time has passed; false: ended before
    void close(); ///< ends those that run and those that come

private:
    void over(QTimer *timer, bool passed);

    QObject m_context; ///< parent of the timers
    QHash<QTimer *, Later<bool>> m_running;
    bool m_closed = false;
};

} // namespace Slipway
