// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/board/boardreader.h"
#include "models/domain/intent.h"

namespace Slipway {

/// Completes an intent (names that may be left out) and refuses what cannot work, before anything is journaled:
/// Invalid, NotFound, Conflict or Blocked, each naming the input and the remedy. From the stores alone.
Result<Intent> admit(const BoardReader &reader, const Intent &intent);

/// What an operation's row in the journal names besides its kind.
struct OperationPlace
{
    QString pipeline;
    QString environment;
    QString from;
};
OperationPlace placeOf(const Intent &intent);

} // namespace Slipway
