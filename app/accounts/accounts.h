// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/accounts/accounthost.h"
#include "app/accounts/tokenvault.h"

#include <map>

namespace Slipway {

/// The accounts in use: one AccountHost each, started when first asked for. Made and destroyed in the main thread.
class Accounts final : public QObject
{
    Q_OBJECT
public:
    /// `factory` empty: the registry's. `vault` outlives this; nullptr: no account has a token.
    explicit Accounts(QString home, ProviderFactory factory = {}, TokenVault *vault = nullptr,
                      QObject *parent = nullptr);
    ~Accounts() override;

    /// Thread-safe. Unsupported when no provider of that kind was built in, Cancelled once stopping. What it answers
    /// lives as long as this. One whose settings are not what they were is made anew.
    Result<AccountHost *> host(const Account &account);
    /// Thread-safe. The account's token is another one, or gone: its provider, if there is one, is made anew.
    void restart(const QString &name);
    bool knows(const QString &kind) const; ///< whether there is a provider of that kind
    /// Ends all accounts; their hosts stay, for calls that are on their way, and answer Cancelled.
    void stop();

Q_SIGNALS:
    /// Emitted in the account's thread.
    void pipelineChanged(const QString &account, const QString &deploysId);

private:
    TokenReader tokensFor(const Account &account) const;
    QString m_home;
    TokenVault *m_vault;
    ProviderFactory m_factory;
    QMutex m_mutex;
    std::map<QString, std::unique_ptr<AccountHost>> m_hosts; ///< by account name; guarded by m_mutex
    bool m_stopping = false; ///< guarded by m_mutex
};

} // namespace Slipway
