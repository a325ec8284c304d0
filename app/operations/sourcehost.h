// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/stores.h"

namespace Slipway {

/// The account of that name; one that is always there need not be in the store.
Account accountNamed(const SlipwayStore &store, const QString &name);

} // namespace Slipway
