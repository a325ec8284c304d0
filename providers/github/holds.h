// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/staging.h"
#include "providers/github/refs.h"

namespace Slipway::GitHub {

/// What a hold's commit says, and back. A message that is not ours holds all the same, by its author.
QString holdMessage(const QString &pipeline, const Hold &hold);
Hold holdFrom(const QString &message, const QString &author, const QDateTime &at);

/// Holds on staging as refs, which git makes and moves atomically: of two who take one at once, one gets it. The ref
/// refs/slipway/hold/<pipeline> points to a commit that says who, why and until when; who takes it over commits on top
/// of that, and a ref that moved meanwhile is not fast-forward. Account's thread.
class Holds
{
public:
    explicit Holds(GitHubApi &api)
        : m_api(api)
        , m_refs(api)
    { }

    Task<std::optional<Hold>> read(QString project, QString pipeline); ///< as TeamProvider::hold
    /// As TeamProvider::takeHold; one whose time is over is nobody's.
    Task<void> take(QString project, QString pipeline, Hold hold, std::optional<Hold> instead);
    Task<void> release(QString project, QString pipeline, Hold hold); ///< as TeamProvider::releaseHold

private:
    struct Found
    {
        QString sha; ///< of its commit; empty: nobody has it
        Hold hold;
    };
    Task<Found> find(QString project, QString pipeline);
    Task<QString> commit(QString project, QString message, QString parent);
    Task<QString> commitOn(QString project, QString message, QString parent, QString tree);
    Task<QString> anyTree(QString project);
    Task<void> place(QString project, QString pipeline, QString made, QString before);

    GitHubApi &m_api;
    Refs m_refs;
};

} // namespace Slipway::GitHub
