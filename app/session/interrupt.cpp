// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/interrupt.h"

#include <QSocketNotifier>

#include <atomic>
#include <csignal>

#include <fcntl.h>
#include <unistd.h>

namespace Slipway {

namespace {

constexpr int kSignals[] = {SIGINT, SIGTERM, SIGHUP};
std::atomic<int> s_wakeUp{-1}; ///< write end of the pipe; all that a signal handler may touch

void onSignal(int number)
{
    const int fd = s_wakeUp.load();
    const char byte = static_cast<char>(number);
    if (fd >= 0) [[maybe_unused]]
        const ssize_t written = ::write(fd, &byte, 1);
}

} // namespace

Interrupt::Interrupt()
{
    if (::pipe2(m_pipe, O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    m_notifier = std::make_unique<QSocketNotifier>(m_pipe[0], QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &Interrupt::take);
    s_wakeUp = m_pipe[1];
    struct sigaction action = {};
    action.sa_handler = onSignal;
    action.sa_flags = static_cast<int>(SA_RESTART | SA_RESETHAND); // the second one is not ours any more
    for (const int number : kSignals)
        ::sigaction(number, &action, nullptr);
}

Interrupt::~Interrupt()
{
    s_wakeUp = -1;
    m_notifier.reset();
    for (const int fd : m_pipe) {
        if (fd >= 0)
            ::close(fd);
    }
}

void Interrupt::take()
{
    m_notifier->setEnabled(false);
    unsigned char byte = SIGTERM;
    [[maybe_unused]] const ssize_t got = ::read(m_pipe[0], &byte, 1);
    m_number = byte;
    Q_EMIT raised();
}

} // namespace Slipway
