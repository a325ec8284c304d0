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

/// `change`: "#482", "482", a branch or a commit; `project` is what the source calls it. Source's thread.
Task<ChangeCommit> commitOf(SourceProvider *source, QString project, QString change);

/// Whether the environment has the commit, where that takes no question: it is the very one it runs, there is nothing
/// there, or they were compared before.
std::optional<bool> knownToHave(const CacheStore &cache, const Environment &environment, const QString &version);

/// `holding`: those of `all` that have it.
ChangePlaces placesOf(const ChangeCommit &commit, const QList<Environment> &holding, const QList<Environment> &all);
/// "#482 is on staging, not in production yet: staging."
QString sentenceOf(const QString &change, const ChangePlaces &where);

/// All of it, asking the pipeline's source for what the cache does not know. Engine thread.
Task<ChangePlaces> whereIs(StepContext c, QString change);

} // namespace Slipway
