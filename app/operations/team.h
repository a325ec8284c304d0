// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/operations/step.h"
#include "models/board/boardreader.h"
#include "models/domain/decision.h"

#include <optional>

/// What a team has in common through the place its code is at (DESIGN section 7). A pipeline whose source was not named
/// has no such place: everything here is then done at once. Engine thread.
namespace Slipway {

/// Tells what is still to be told, oldest first. What cannot be told now stays for the next time.
Task<void> tellTeam(StepContext c);

/// Takes over what the others decided: verdicts on what the dev environments of the snapshot run, and who holds
/// staging.
Task<void> hearTeam(StepContext c, Snapshot snapshot);

/// Takes staging for everybody before it is taken here. Conflict: somebody was faster; the store knows who.
Task<void> takeSharedHold(StepContext c, Hold hold, std::optional<Hold> instead);

/// Records a decision as decide() does, with the team: staging is taken and given back for everybody first, a verdict
/// is told at once where that is possible.
Task<void> decideTogether(StepContext c, Decision decision, QString by);

/// What the team is to be told of an operation that has ended; empty: nothing.
QList<TeamNote> notesOf(const Operation &operation, const BoardReader &reader);

} // namespace Slipway
