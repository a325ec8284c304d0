// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/board/boardreader.h"

namespace Slipway {

/// What an entry of the queue waits for, in a sentence: its own environment first, then its turn, then staging. Empty:
/// it can go now. `waiting`: its card, if the environment is still there; `first`: the title of what goes before it,
/// empty for the first.
QString waitsFor(const BoardReader &reader, const QString &pipeline, const Policy &policy, const QueueEntry &entry,
                 const std::optional<Card> &waiting, const StagingGauge &gauge, const QString &first);

/// What tells one turn of an entry from the next: put back after it failed, or with a new version, it is another one.
/// The rule `queue` notes the turn that it tried.
QString queueTurn(const QueueEntry &entry, const Card &waiting);

} // namespace Slipway
