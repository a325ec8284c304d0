// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/board/boardreader.h"
#include "models/domain/preflight.h"

namespace Slipway {

/// All checks of a promotion, from the stores alone (DESIGN section 6). NotFound when an environment is not known,
/// Invalid when it is no promotion ("Goes to staging first"). An empty `to` is the next stage.
Result<Preflight> preflightFor(const BoardReader &reader, PromoteIntent move, const QDateTime &now);

/// Whether it may start now: Blocked by a check, or by a warning without a reason; Conflict when what the user looked
/// at (its fingerprint) is not what is there any more.
Result<void> permitPromotion(const BoardReader &reader, const PromoteIntent &move);

} // namespace Slipway
