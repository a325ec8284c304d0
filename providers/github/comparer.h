// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/github/commits.h"
#include "providers/github/githubapi.h"

namespace Slipway::GitHub {

/// What lies between two commits. Account's thread.
class Comparer
{
public:
    explicit Comparer(GitHubApi &api)
        : m_api(api)
    { }

    /// Both sides; commits newest first, with their pull requests. A request for each hundred commits, and one more
    /// where the range does not begin with the oldest ones.
    Task<Comparison> compare(QString project, QString base, QString head, CommitRange range);
    /// Whether `head` has all that `version` has. One request.
    Task<bool> contains(QString project, QString head, QString version);
    /// Files that both sides changed since they parted: where a conflict is, it is in these. At most two requests.
    Task<QStringList> changedByBoth(QString project, QString one, QString other);

private:
    /// One direction: what `head` has and `base` has not.
    struct Side
    {
        int ahead = 0;
        int behind = 0;
        QList<FullCommit> commits; ///< newest first
    };
    Task<Side> side(QString project, QString base, QString head, CommitRange range);
    Task<QJsonObject> page(QString project, QString base, QString head, int number);
    Task<Side> titled(QString project, QString head, Side side);
    Task<QStringList> files(QString project, QString base, QString head);
    static Result<void> take(Side &side, const QJsonObject &page);
    Call call(const QString &project, const QString &base, const QString &head) const;

    GitHubApi &m_api;
};

} // namespace Slipway::GitHub
