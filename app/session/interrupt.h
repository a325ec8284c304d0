// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QSocketNotifier;

namespace Slipway {

/// Turns the first SIGINT, SIGTERM or SIGHUP into a Qt signal; a second one ends the process as usual. One at a time,
/// main thread.
class Interrupt final : public QObject
{
    Q_OBJECT
public:
    Interrupt();
    ~Interrupt() override;
    bool isRaised() const { return m_number != 0; }
    int number() const { return m_number; } ///< of the signal; 0: none came

Q_SIGNALS:
    void raised();

private:
    void take();
    int m_pipe[2] = {-1, -1};
    std::unique_ptr<QSocketNotifier> m_notifier;
    int m_number = 0;
};

} // namespace Slipway
