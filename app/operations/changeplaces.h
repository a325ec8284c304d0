// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/operations/step.h"

/// "Is my change live?"
namespace Slipway {

/// The commit that a change is by now.
struct ChangeCommit
{
    QString version; ///< full SHA
    bool merged = false;
};

struct ChangePlaces
{
    ChangeCommit commit;
    QString state; ///< "live", "partly live", "staging", "development", "merged" or "open": of `where --json`
    QStringList environments; ///< that have it
};

/// "#482 is on staging, not in production yet: staging."
QString sentenceOf(const QString &change, const ChangePlaces &where);

/// `change`: "#482", "482", a branch or a commit. Asks the pipeline's source for what the cache does not know. Engine
/// thread.
Task<ChangePlaces> whereIs(StepContext c, QString change);

} // namespace Slipway
