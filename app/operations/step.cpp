// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/operations/step.h"

#include "app/accounts/accounts.h"

namespace Slipway {

AccountHost *hostOf(const StepContext &c, const QString &name)
{
    if (name == c.pipeline.deploysAccount)
        return c.host;
    const auto account = c.store->account(name);
    return account ? c.accounts->host(*account).value_or(nullptr) : nullptr;
}

AccountHost *sourceHost(const StepContext &c)
{
    AccountHost *host = hostOf(c, sourceOf(c.pipeline).account);
    return host ? host : c.host;
}

AccountHost *ciHost(const StepContext &c)
{
    return hostOf(c, ciOf(c.pipeline).account);
}

} // namespace Slipway
