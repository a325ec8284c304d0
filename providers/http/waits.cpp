// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/http/waits.h"

#include <QTimer>

#include <algorithm>
#include <limits>

namespace Slipway {

Later<bool> Waits::after(std::chrono::milliseconds time)
{
    Later<bool> wait;
    if (m_closed) {
        wait.settle(false);
        return wait;
    }
    auto *timer = new QTimer(&m_context);
    m_running.insert(timer, wait);
    timer->setSingleShot(true);
    timer->setTimerType(Qt::PreciseTimer); // a coarse one may fire early, and the rate limit would not be over
    timer->setInterval(int(std::clamp<qint64>(time.count(), 0, std::numeric_limits<int>::max())));
    QObject::connect(timer, &QTimer::timeout, &m_context, [this, timer] { over(timer, true); });
    timer->start();
    return wait;
}

void Waits::over(QTimer *timer, bool passed)
{
    const Later<bool> wait = m_running.take(timer);
    timer->deleteLater();
    wait.settle(passed);
}

void Waits::close()
{
    m_closed = true;
    const QList<QTimer *> timers = m_running.keys();
    for (QTimer *timer : timers) {
        timer->stop();
        over(timer, false);
    }
}

} // namespace Slipway
