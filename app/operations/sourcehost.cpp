// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/operations/sourcehost.h"

#include "app/accounts/accounts.h"
#include "app/operations/step.h"

namespace Slipway {

Account accountNamed(const SlipwayStore &store, const QString &name)
{
    const QList<Account> accounts = store.accounts();
    for (const Account &account : accounts) {
        if (account.name == name)
            return account;
    }
    return Account{name, name, {}};
}

AccountHost *sourceHost(const StepContext &c)
{
    const RemoteProject source = sourceOf(c.pipeline);
    if (source.account == c.pipeline.deploysAccount)
        return c.host;
    return c.accounts->host(accountNamed(*c.store, source.account)).value_or(c.host);
}

} // namespace Slipway
