// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/accounts/accounthost.h"

#include <QCoreApplication>
#include <QMutexLocker>

#include <utility>
#include <vector>

namespace Slipway {

Error stoppedError()
{
    return Error(Error::Kind::Cancelled, QCoreApplication::translate("Slipway::AccountHost", "Slipway is closing."));
}

class AccountHost::Worker final : public QObject
{
public:
    Worker(AccountHost *host, ProviderContext context, ProviderFactory factory, TokenReader tokens)
        : m_host(host)
        , m_context(std::move(context))
        , m_factory(std::move(factory))
        , m_tokens(std::move(tokens))
    { }

    /// Reads the token, then makes the provider.
    void begin()
    {
        const int turn = ++m_turn;
        const auto make = [this, turn](const QString &token) {
            if (turn == m_turn && !m_stopping)
                create(token);
        };
        if (m_tokens)
            m_tokens(m_context.account, this, make);
        else
            make({});
    }

    void run(std::function<void(Provider *)> job)
    {
        if (m_stopping)
            job(nullptr);
        else if (m_provider && !m_draining)
            job(m_provider.get());
        else
            m_waiting.push_back(std::move(job));
    }

    void restart(const Account &account)
    {
        if (m_stopping)
            return;
        m_context.account = account;
        ++m_turn; // a token that is on its way is not wanted any more
        drain();
    }

    void stop()
    {
        m_stopping = true;
        for (const auto &job : std::exchange(m_waiting, {}))
            job(nullptr);
        drain();
    }

private:
    void create(const QString &token)
    {
        ProviderContext context = m_context;
        context.token = token;
        m_provider = m_factory(context);
        // The host outlives this thread.
        m_provider->onChanged = [host = m_host](const QString &pipeline) { Q_EMIT host->pipelineChanged(pipeline); };
        for (const auto &job : std::exchange(m_waiting, {}))
            job(m_provider.get());
    }

    void drain()
    {
        if (m_draining)
            return;
        m_draining = true;
        // Not from within the provider, which may still have something to do after saying so.
        const auto drained = [this] {
            QMetaObject::invokeMethod(
                this, [this] { goOn(); }, Qt::QueuedConnection);
        };
        if (m_provider)
            m_provider->stop(drained);
        else
            drained();
    }

    void goOn()
    {
        m_provider.reset();
        m_draining = false;
        if (m_stopping)
            thread()->quit();
        else
            begin();
    }

    AccountHost *m_host;
    ProviderContext m_context; ///< without the token, which only the provider keeps
    ProviderFactory m_factory;
    TokenReader m_tokens;
    std::unique_ptr<Provider> m_provider;
    std::vector<std::function<void(Provider *)>> m_waiting;
    int m_turn = 0; ///< counts providers
    bool m_draining = false;
    bool m_stopping = false;
};

AccountHost::AccountHost(const ProviderContext &context, ProviderFactory factory, TokenReader tokens, QObject *parent)
    : QObject(parent)
    , m_account(context.account)
    , m_worker(new Worker(this, context, std::move(factory), std::move(tokens)))
{
    m_thread.setObjectName(m_account.name);
    m_worker->moveToThread(&m_thread);
    m_thread.start();
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker] { worker->begin(); }, Qt::QueuedConnection);
}

AccountHost::~AccountHost()
{
    stop();
}

Account AccountHost::account() const
{
    const QMutexLocker lock(&m_mutex);
    return m_account;
}

void AccountHost::restart(const Account &account)
{
    const QMutexLocker lock(&m_mutex);
    m_account = account;
    if (Worker *worker = m_worker) {
        QMetaObject::invokeMethod(
            worker, [worker, account] { worker->restart(account); }, Qt::QueuedConnection);
    }
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
                worker, [worker, job = std::move(job)] { worker->run(job); }, Qt::QueuedConnection);
            return;
        }
    }
    job(nullptr);
}

} // namespace Slipway
