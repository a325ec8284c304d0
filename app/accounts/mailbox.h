// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMutex>

#include <functional>
#include <memory>

class QObject;

namespace Slipway {

/// Brings calls into the thread of an object from any other thread, for as long as that object lives: what is sent
/// later is dropped. Copies of the shared pointer may outlive the object.
class Mailbox
{
public:
    /// Made in `owner`'s thread.
    static std::shared_ptr<Mailbox> of(QObject *owner);
    /// Thread-safe. `call` runs from the event loop of the owner's thread, never from within this.
    void post(std::function<void()> call);
    /// Takes the mailbox off its owner; from a call in the owner's thread.
    void close();

private:
    class Receiver;
    QMutex m_mutex;
    QObject *m_receiver = nullptr; ///< guarded by m_mutex; nullptr once the owner is gone
};

} // namespace Slipway
