// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/accounts/accounthost.h"
#include "providers/later.h"

namespace Slipway {

/// Runs `work` in the account's thread and carries on in this one. `context` lives here at least until then.
template<typename T> Task<T> onAccount(AccountHost *host, QObject *context, std::function<Task<T>(Provider &)> work)
{
    Later<Result<T>> later;
    host->call<T>(context, std::move(work), [later](Result<T> result) { later.settle(std::move(result)); });
    Result<T> result = co_await later;
    co_return result;
}

} // namespace Slipway
