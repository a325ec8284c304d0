// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/change.h"

#include <QHash>
#include <QJsonObject>
#include <QSet>

namespace Slipway::GitHub {

/// A commit with what tells which change it belongs to.
struct FullCommit
{
    Commit commit;
    QStringList parents;
    QString body; ///< of its message, without the subject
    int pull = 0; ///< number of the pull request that brought it; 0: not known
};

FullCommit fullCommitFrom(const QJsonObject &commit);
Commit commitFromRest(const QJsonObject &commit);

/// Finds the pull requests of commits in what merging wrote into their messages: "Merge pull request #482 from …"
/// brings what its second parent has, "Faster totals (#482)" is a squashed one. The rest keeps its own subject as the
/// change. Newest first, of one comparison.
void groupByMessages(QList<FullCommit> &commits, const QString &head);

/// The pull request that a commit came with, of those that GitHub associates with it: one that was merged, then one
/// that is open. Title and number; 0 when there is none.
std::pair<int, QString> pullOf(const QJsonArray &associated);

} // namespace Slipway::GitHub
