// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/operations/step.h"

namespace Slipway {

/// Asks the provider for a whole pipeline (with comparisons; `withChanges`: with the open changes too), writes what
/// differs to the cache and tells the account's state. Engine thread; answers the snapshot.
Task<Snapshot> observePipeline(StepContext c, bool withChanges);

/// One environment as the provider sees it now, through observePipeline(). NotFound when there is none.
Task<Environment> observeEnvironment(StepContext c, QString name);

} // namespace Slipway
