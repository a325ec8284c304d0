// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/accounts/accounts.h"
#include "models/store/stores.h"

namespace Slipway {

/// The account of that name; one that is always there need not be in the store.
Account accountNamed(const SlipwayStore &store, const QString &name);

/// Whom to ask about the changes of a pipeline, see sourceOf(). `deploys`: who runs it, when nobody else can be asked.
AccountHost *sourceHost(Accounts &accounts, const SlipwayStore &store, const Pipeline &pipeline, AccountHost *deploys);

} // namespace Slipway
