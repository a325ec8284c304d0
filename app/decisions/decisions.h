// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/board/boardreader.h"
#include "models/domain/decision.h"

namespace Slipway {

/// Records a decision and its line of Activity. NotFound, Conflict or Invalid name the input and the remedy; nothing
/// is recorded then. `by`: who decides. Blocking, engine thread.
Result<ChangeSet> decide(const BoardReader &reader, SlipwayStore &store, const Decision &decision, const QString &by,
                         const QDateTime &now);

/// Who would hold staging afterwards, or why it would be refused; nothing is recorded.
Result<std::optional<Hold>> rehearse(const BoardReader &reader, SlipwayStore &store, const Decision &decision,
                                     const QString &by, const QDateTime &now);

} // namespace Slipway
