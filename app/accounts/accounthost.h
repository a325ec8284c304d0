// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/accounts/mailbox.h"
#include "providers/registry.h"

#include <QMutex>
#include <QObject>
#include <QThread>

#include <functional>
#include <memory>

namespace Slipway {

/// Makes the provider of an account, in that account's thread. The registry's, but for tests that bring their own.
using ProviderFactory = std::function<std::unique_ptr<Provider>(const ProviderContext &)>;
/// Finds the token of an account; called in `context`'s thread and answers there, from its event loop or at once, with
/// an empty text when there is none.
using TokenReader =
    std::function<void(const Account &account, QObject *context, std::function<void(QString token)> done)>;

/// One account: its QThread and, living in it, its Provider. The provider is made once the token was read; calls queue
/// until then. The object itself belongs to the thread that made it.
class AccountHost final : public QObject
{
    Q_OBJECT
public:
    /// `tokens` may be empty: the provider needs none.
    AccountHost(const ProviderContext &context, ProviderFactory factory, TokenReader tokens, QObject *parent = nullptr);
    ~AccountHost() override; ///< stop()

    /// Refuses new work (its tasks end with Cancelled), drains the provider, ends the thread and waits for it.
    void stop();
    /// Another provider for these settings, with the token read anew; what the old one is doing ends with Cancelled,
    /// calls from now on queue for the new one. Thread-safe, waits for nothing.
    void restart(const Account &account);
    Account account() const; ///< thread-safe

    /// Calls `work` in the account's thread and `done` in `context`'s thread, from its event loop, with the result;
    /// `done` is dropped when `context` is gone. Called in `context`'s thread.
    template<typename T>
    void call(QObject *context, std::function<Task<T>(Provider &)> work, std::function<void(Result<T>)> done);

Q_SIGNALS:
    /// The provider saw this pipeline (by its own id) change. Emitted in the account's thread.
    void pipelineChanged(const QString &deploysId);

private:
    class Worker; ///< lives in m_thread, owns the Provider
    /// Runs `job` in the account's thread with the provider; with nullptr when stopping.
    void post(std::function<void(Provider *)> job);

    Account m_account; ///< guarded by m_mutex
    QThread m_thread;
    mutable QMutex m_mutex;
    Worker *m_worker = nullptr; ///< guarded by m_mutex; nullptr once stopping
};

} // namespace Slipway

#include "app/accounts/accounthost_call.h"
