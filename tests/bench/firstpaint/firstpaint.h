// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>
#include <QEvent>
#include <QWidget>

/// Ends the program once the top-level window has painted, or (with --stay) leaves it open and says so on stdout.
class FirstPaint final : public QObject
{
public:
    explicit FirstPaint(bool stay)
        : m_stay(stay)
    {
        qApp->installEventFilter(this);
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        const auto *widget = qobject_cast<QWidget *>(watched);
        if (event->type() == QEvent::Paint && widget && widget->isWindow() && !m_seen) {
            m_seen = true;
            // Queued: the paint itself, and the flush behind it, come first. A posted event, for those go before any
            // timer: what the program starts after its first picture is no part of it.
            const auto tell = [this] {
                puts("painted");
                fflush(stdout);
                if (!m_stay)
                    QApplication::quit();
            };
            QMetaObject::invokeMethod(qApp, tell, Qt::QueuedConnection);
        }
        return false;
    }

private:
    bool m_stay;
    bool m_seen = false;
};
