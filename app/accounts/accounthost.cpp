// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/accounts/accounthost.h"

#include <QCoreApplication>
#include <QMutexLocker>

namespace Slipway {

Error stoppedError()
{
    return Error(Error::Kind::Cancelled, QCoreApplication::translate("Slipway::AccountHost", "Slipway is closing."));
}

class AccountHost::Worker final : public QObject
{
public:
    void create(AccountHost *host, const ProviderContext &context, const ProviderFactory &factory)
    {
        m_provider = factory(context);
        // The host outlives this thread.
        m_provider->onChanged = [host](const QString &pipeline) { Q_EMIT host->pipelineChanged(pipeline); };
    }
    Provider *provider() const { return m_provider.get(); }
    void stop()
    {
        m_provider->stop([this] {
            // Not from within the provider, which may still have something to do after saying so.
            QMetaObject::invokeMethod(
                this,
                [this] {
                    m_provider.reset();
                    thread()->quit();
                },
                Qt::QueuedConnection);
        });
    }

private:
    std::unique_ptr<Provider> m_provider;
};

AccountHost::AccountHost(const ProviderContext &context, ProviderFactory factory, QObject *parent)
    : QObject(parent)
    , m_account(context.account)
    , m_worker(new Worker)
{
    m_thread.setObjectName(m_account.name);
    m_worker->moveToThread(&m_thread);
    m_thread.start();
    QMetaObject::invokeMethod(
        m_worker,
        [this, worker = m_worker, context, factory = std::move(factory)] { worker->create(this, context, factory); },
        Qt::QueuedConnection);
}

AccountHost::~AccountHost()
{
    stop();
}

void AccountHost::stop()
{
    Worker *worker = nullptr;
    {
        const QMutexLocker lock(&m_mutex);
        worker = std::exchange(m_worker, nullptr);
    }
    if (!worker)
        return;
    QMetaObject::invokeMethod(
        worker, [worker] { worker->stop(); }, Qt::QueuedConnection);
    m_thread.wait();
    delete worker; // its thread has ended and the provider went there
}

void AccountHost::post(std::function<void(Provider *)> job)
{
    {
        const QMutexLocker lock(&m_mutex);
        if (Worker *worker = m_worker) {
            QMetaObject::invokeMethod(
                worker, [worker, job = std::move(job)] { job(worker->provider()); }, Qt::QueuedConnection);
            return;
        }
    }
    job(nullptr);
}

} // namespace Slipway
