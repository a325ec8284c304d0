// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/registry.h"

#include <QObject>
#include <QPointer>
#include <QThread>

#include <functional>
#include <memory>

namespace Slipway {

/// One account: its QThread and, living in it, its Provider. The object itself belongs to the thread that made it.
class AccountHost final : public QObject
{
    Q_OBJECT
public:
    explicit AccountHost(const ProviderContext &context, QObject *parent = nullptr);
    /// Refuses new work, drains the provider, ends the thread; waits for it.
    ~AccountHost() override;

    Account account() const { return m_account; }

    /// Calls `work` in the account's thread and `done` in `context`'s thread with its result. `done` is dropped when
    /// `context` is gone. Thread-safe.
    template<typename T>
    void call(QObject *context, std::function<Task<T>(Provider &)> work, std::function<void(Result<T>)> done);

Q_SIGNALS:
    /// The provider saw this pipeline (by its own id) change. Emitted in the account's thread.
    void pipelineChanged(const QString &deploysId);

private:
    class Worker; ///< lives in m_thread, owns the Provider
    /// Runs `job` in the account's thread with the provider; nullptr once stopping.
    void post(std::function<void(Provider *)> job);

    Account m_account;
    QThread m_thread;
    Worker *m_worker = nullptr; ///< deleted in m_thread
};

} // namespace Slipway

#include "app/accounts/accounthost_call.h"
