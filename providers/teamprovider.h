// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/staging.h"
#include "models/domain/team.h"
#include "providers/task.h"

#include <QHash>
#include <QStringList>

#include <optional>

namespace Slipway {

/// Where a team keeps what must be the same on every desktop (DESIGN section 7). `project` is RemoteProject::id of
/// sourceOf(); `pipeline` is Slipway's name.
class TeamProvider
{
public:
    virtual ~TeamProvider() = default;
    /// The verdicts on these versions (full SHAs), by version; one without is not in it. Verdict::version is the SHA.
    virtual Task<QHash<QString, Verdict>> verdicts(QString project, QStringList versions) = 0;
    /// May be called again with the same note: it is said once.
    virtual Task<void> publishVerdict(QString project, VerdictNote note) = 0;
    virtual Task<void> publishDeployment(QString project, DeploymentNote note) = 0;
    virtual Task<std::optional<Hold>> hold(QString project, QString pipeline) = 0;
    /// Takes staging, or renews one's own hold. Of two who take it at once one gets Error::Kind::Conflict that names
    /// the other. `instead`: the hold that the user saw and takes over; another one there is Conflict too.
    virtual Task<void> takeHold(QString project, QString pipeline, Hold hold, std::optional<Hold> instead) = 0;
    /// Gives it back if it is still this one; nobody's is success, another one is Conflict.
    virtual Task<void> releaseHold(QString project, QString pipeline, Hold hold) = 0;
    /// What was said on pull requests after `since`, oldest first.
    virtual Task<QList<Comment>> comments(QString project, QDateTime since) = 0;
    /// Whether this person may push to the repository.
    virtual Task<bool> mayWrite(QString project, QString login) = 0;
    /// Says `text` on a pull request once: with the same `mark` again it takes the place of what was said before.
    virtual Task<void> answer(QString project, int number, QString mark, QString text) = 0;
    /// Whether anybody's answer() with that mark is there.
    virtual Task<bool> wasAnswered(QString project, int number, QString mark) = 0;
};

} // namespace Slipway
