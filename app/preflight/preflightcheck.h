// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/board/boardreader.h"
#include "models/domain/preflight.h"

namespace Slipway {

/// What a move would do, and all its checks, from the stores alone (DESIGN section 6). NotFound when an environment is
/// not known, Invalid when it is no such move ("Goes to staging first"), Unsupported for an intent that has no sheet.
/// Names that may be left out are filled in. `by`: who would do it, for holds.
Result<Preflight> preflightFor(const BoardReader &reader, const Intent &move, const QString &by, const QDateTime &now);

/// Whether it may start now: Blocked by a check, or by a warning without a reason; Conflict when what the user looked
/// at (its fingerprint) is not what is there any more. Answers the warnings that the reason passes. That an
/// environment is busy is not looked at here: its lease says so, also to the operation that has it.
Result<QStringList> permit(const BoardReader &reader, const Intent &move, const QString &by);

} // namespace Slipway
