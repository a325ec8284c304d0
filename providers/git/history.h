// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/change.h"
#include "providers/git/git.h"

#include <QHash>
#include <QSet>

namespace Slipway {

/// A commit as read from git, with what grouping needs.
struct HistoryCommit
{
    Commit commit;
    QStringList parents;
    QString body;
};

/// A branch that is not main and has commits that main has not.
struct OpenBranch
{
    QString name;
    QString head;
    QString author;
    QDateTime at;
    QString title; ///< what people read: the subject of its only commit, else its name in words
    QSet<QString> commits; ///< those main has not
};

/// `git log` of one range ("a..b"), newest first, at most `limit`.
Result<QList<HistoryCommit>> readHistory(const Git &git, const QStringList &range, int limit);
/// Branches ahead of `main`, newest first. `main` empty: none.
Result<QList<OpenBranch>> readOpenBranches(const Git &git, const QString &main);
/// The branch of fewest commits that holds this one: of stacked branches the lowest. nullptr: none.
const OpenBranch *branchOf(const QList<OpenBranch> &branches, const QString &commit);
/// Fills Commit::change of every commit of a range that ends in `head`.
void groupIntoChanges(QList<HistoryCommit> &history, const QString &head, const QString &main,
                      const QList<OpenBranch> &branches);

} // namespace Slipway
