// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/slipwaystore.h"

namespace Slipway {

/// Removes what was packed for operations that are over: their processes were killed while they packed. The stores'
/// thread; deletes beside it.
void removeLeftovers(const QString &home, const SlipwayStore &store);

} // namespace Slipway
