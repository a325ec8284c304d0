// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/board/boardreader.h"
#include "models/domain/preflight.h"

namespace Slipway {

/// What dropping this card on that column would mean (DESIGN section 6): answered before the drop, from the cache.
/// Same column: not legal, empty text (a reorder says nothing).
DropAnswer dropAnswer(const BoardReader &reader, const QString &environmentId, Stage target);

/// The same for an open change of the pipeline: it goes to a dev environment of its own, and nowhere else.
DropAnswer dropAnswer(const BoardReader &reader, const QString &pipeline, const Change &change, Stage target);

/// What dropping this card on the shut-down corner would mean.
DropAnswer shutDownAnswer(const BoardReader &reader, const QString &environmentId);

/// Why what staging runs cannot be merged into the branch of this dev environment now; empty: it can.
QString updateProblem(const BoardReader &reader, const Card &card);

/// Why this dev environment cannot wait for staging; empty: it can.
QString queueProblem(const BoardReader &reader, const Card &card);

} // namespace Slipway
