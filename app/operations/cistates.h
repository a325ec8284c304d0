// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/operations/step.h"

namespace Slipway {

/// Puts what CI says of each commit into a snapshot: of what the environments run, and of the newest open changes when
/// the snapshot has them. A commit that passed is not asked about again. Where CI could not be asked the state is
/// Unknown, and its account says why. Engine thread.
Task<void> learnCi(StepContext c, Snapshot *snapshot);

} // namespace Slipway
