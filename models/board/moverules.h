// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/board/boardreader.h"
#include "models/domain/preflight.h"

namespace Slipway {

/// What dropping this card on that column would mean (DESIGN section 6): answered before the drop, from the cache.
/// Same column: not legal, empty text (a reorder says nothing).
DropAnswer dropAnswer(const BoardReader &reader, const QString &environmentId, Stage target);

} // namespace Slipway
