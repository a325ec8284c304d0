// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/accounts/mailbox.h"

#include <QMutexLocker>
#include <QObject>
#include <QThread>

#include <utility>

namespace Slipway {

/// Child of the owner: tells the mailbox when it goes.
class Mailbox::Receiver final : public QObject
{
public:
    Receiver(std::shared_ptr<Mailbox> mailbox, QObject *owner)
        : QObject(owner)
        , m_mailbox(std::move(mailbox))
    { }
    ~Receiver() override
    {
        const QMutexLocker lock(&m_mailbox->m_mutex);
        m_mailbox->m_receiver = nullptr;
    }

private:
    std::shared_ptr<Mailbox> m_mailbox;
};

std::shared_ptr<Mailbox> Mailbox::of(QObject *owner)
{
    Q_ASSERT(owner->thread() == QThread::currentThread());
    auto mailbox = std::make_shared<Mailbox>();
    mailbox->m_receiver = new Receiver(mailbox, owner);
    return mailbox;
}

void Mailbox::post(std::function<void()> call)
{
    const QMutexLocker lock(&m_mutex);
    if (m_receiver)
        QMetaObject::invokeMethod(m_receiver, std::move(call), Qt::QueuedConnection);
}

void Mailbox::close()
{
    QObject *receiver = nullptr;
    {
        const QMutexLocker lock(&m_mutex);
        receiver = std::exchange(m_receiver, nullptr);
    }
    if (receiver)
        receiver->deleteLater(); // the call that closes runs on it
}

} // namespace Slipway
