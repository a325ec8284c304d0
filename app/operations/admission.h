// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/board/boardreader.h"
#include "models/domain/intent.h"

namespace Slipway {

/// What may be carried out.
struct Admitted
{
    Intent intent; ///< complete
    QStringList overridden; ///< the warnings that its reason passes
};

/// Completes an intent (names that may be left out) and refuses what cannot work, before anything is journaled:
/// Invalid, NotFound, Conflict or Blocked, each naming the input and the remedy. From the stores alone. `by`: who asks.
Result<Admitted> admit(const BoardReader &reader, const Intent &intent, const QString &by);

/// What an operation's row in the journal names besides its kind.
struct OperationPlace
{
    QString pipeline;
    QString environment;
    QString from;
    QStringList targets; ///< where several environments change
};
OperationPlace placeOf(const Intent &intent);

/// Why the user wants it in spite of warnings, or the rule that asks; empty where nobody said.
QString reasonOf(const Intent &intent);

} // namespace Slipway
