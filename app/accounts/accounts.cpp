// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/accounts/accounts.h"

#include "models/domain/accountinput.h"

#include <QMutexLocker>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

Result<ProviderFactory> registered(const Account &account)
{
    const ProviderKind *kind = providerKind(account.kind);
    if (kind)
        return ProviderFactory(kind->create);
    QStringList known;
    for (const ProviderKind &one : providerKinds())
        known.append(one.kind);
    return fail(Error::Kind::Unsupported,
                Accounts::tr("The account “%1” is of the kind “%2”, which this Slipway does not know.")
                    .arg(account.name, account.kind),
                Accounts::tr("The kinds are: %1.").arg(known.join(u", "_s)));
}

} // namespace

Accounts::Accounts(QString home, ProviderFactory factory, TokenVault *vault, QObject *parent)
    : QObject(parent)
    , m_home(std::move(home))
    , m_vault(vault)
    , m_factory(std::move(factory))
{ }

Accounts::~Accounts()
{
    stop();
}

Result<AccountHost *> Accounts::host(const Account &account)
{
    const QMutexLocker lock(&m_mutex);
    if (m_stopping)
        return tl::unexpected(stoppedError());
    std::unique_ptr<AccountHost> &host = m_hosts[account.name];
    if (host) {
        if (host->account() != account)
            host->restart(account);
        return host.get();
    }
    const Result<ProviderFactory> factory = m_factory ? Result<ProviderFactory>(m_factory) : registered(account);
    if (!factory) {
        m_hosts.erase(account.name);
        return tl::unexpected(factory.error());
    }
    host = std::make_unique<AccountHost>(ProviderContext{m_home, account}, *factory, tokensFor(account));
    host->moveToThread(thread()); // whichever thread asked first
    connect(
        host.get(), &AccountHost::pipelineChanged, this,
        [this, name = account.name](const QString &deploysId) { Q_EMIT pipelineChanged(name, deploysId); },
        Qt::DirectConnection);
    return host.get();
}

void Accounts::restart(const QString &name)
{
    const QMutexLocker lock(&m_mutex);
    const auto found = m_hosts.find(name);
    if (!m_stopping && found != m_hosts.end())
        found->second->restart(found->second->account());
}

bool Accounts::knows(const QString &kind) const
{
    return m_factory || providerKind(kind);
}

/// The variable that the account names, else the vault. Kinds that only tests know may want one.
TokenReader Accounts::tokensFor(const Account &account) const
{
    const ProviderKind *kind = providerKind(account.kind);
    if (!m_vault || (kind && !kind->token.wanted))
        return {};
    return [vault = m_vault](const Account &now, QObject *context, const std::function<void(QString)> &done) {
        if (now.tokenVariable.isEmpty())
            vault->read(now.name, context, done);
        else
            done(tokenFrom(qEnvironmentVariable(now.tokenVariable.toLatin1().constData())).value_or(QString()));
    };
}

void Accounts::stop()
{
    std::vector<AccountHost *> hosts;
    {
        const QMutexLocker lock(&m_mutex);
        m_stopping = true;
        for (const auto &[name, host] : m_hosts)
            hosts.push_back(host.get());
    }
    for (AccountHost *host : hosts)
        host->stop();
}

} // namespace Slipway
