// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/operations/sourcehost.h"

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

AccountHost *sourceHost(Accounts &accounts, const SlipwayStore &store, const Pipeline &pipeline, AccountHost *deploys)
{
    const PipelineSource source = sourceOf(pipeline);
    if (source.account == pipeline.deploysAccount)
        return deploys;
    return accounts.host(accountNamed(store, source.account)).value_or(deploys);
}

} // namespace Slipway
