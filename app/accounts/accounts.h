// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/accounts/accounthost.h"

#include <map>

namespace Slipway {

/// The accounts in use: one AccountHost each, started when first asked for. Made and destroyed in the main thread.
class Accounts final : public QObject
{
    Q_OBJECT
public:
    /// `factory` empty: the registry's.
    explicit Accounts(QString home, ProviderFactory factory = {}, QObject *parent = nullptr);
    ~Accounts() override;

    /// Thread-safe. Unsupported when no provider of that kind was built in, Cancelled once stopping. What it answers
    /// lives as long as this.
    Result<AccountHost *> host(const Account &account);
    /// Ends all accounts; their hosts stay, for calls that are on their way, and answer Cancelled.
    void stop();

Q_SIGNALS:
    /// Emitted in the account's thread.
    void pipelineChanged(const QString &account, const QString &deploysId);

private:
    QString m_home;
    ProviderFactory m_factory;
    QMutex m_mutex;
    std::map<QString, std::unique_ptr<AccountHost>> m_hosts; ///< by account name; guarded by m_mutex
    bool m_stopping = false; ///< guarded by m_mutex
};

} // namespace Slipway
