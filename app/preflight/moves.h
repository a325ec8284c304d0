// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/preflight/situation.h"
#include "models/domain/preflight.h"

namespace Slipway {

/// The sheet of each kind of move. Names that may be left out are filled in; errors as preflightFor().
Result<Preflight> promotionSheet(const Situation &s, PromoteIntent move);
Result<Preflight> resetSheet(const Situation &s, ResetIntent move);
Result<Preflight> sendBackSheet(const Situation &s, SendBackIntent move);
Result<Preflight> rollBackSheet(const Situation &s, RollBackIntent move);
Result<Preflight> updateSheet(const Situation &s, UpdateIntent move);

/// The pull request that is merged on the way to staging: of pipelines whose source was named, unless the policy or the
/// user says that the artifact goes as it is.
std::optional<PullRequestMerge> mergeFor(const BoardReader &reader, const PromoteIntent &move, const Environment &from);

/// Where a promotion from that stage goes when it names no target: all environments of the next stage, without those
/// that run it already (unless all do). NotFound when there is none; Invalid from the last stage.
Result<QStringList> nextTargets(const BoardReader &reader, const Card &source);

} // namespace Slipway
