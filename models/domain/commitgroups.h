// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/change.h"

#include <QHash>

namespace Slipway {

/// Commits that belong together, under the change they come from.
struct CommitGroup
{
    QString change; ///< title; empty: of no known change
    QStringList authors; ///< in order of appearance
    QList<Commit> commits; ///< newest first; never empty
    int number = 0; ///< of the pull request; 0: none, or not known
    QUrl url = {}; ///< its page; empty: there is none
    friend bool operator==(const CommitGroup &, const CommitGroup &) = default;
};

/// Puts commits together by change, in order of appearance; more can be added, which may make groups longer. Value.
class CommitGroups
{
public:
    CommitGroups() = default;
    explicit CommitGroups(const QList<Commit> &commits);
    /// The group that a commit belongs to: an index of all(), or its size when it would be a new one.
    qsizetype find(const Commit &commit) const;
    void add(const Commit &commit); ///< after those that are there
    const QList<CommitGroup> &all() const { return m_groups; }

private:
    static QString keyOf(const Commit &commit);
    QList<CommitGroup> m_groups;
    QHash<QString, qsizetype> m_rows;
};

} // namespace Slipway
