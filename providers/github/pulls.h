// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/change.h"

#include <QJsonObject>

#include <optional>

/// One pull request or branch as GitHub describes it, made a Change.
namespace Slipway::GitHub {

/// What GraphQL is asked of each pull request. Never `contexts`: tokens that may not read check runs lose the whole
/// answer with it (source: cli/cli#12597).
inline constexpr char kPullFields[] =
    "number title url state isDraft createdAt updatedAt author{login} headRefName headRefOid baseRefName "
    "isCrossRepository mergeable reviewDecision labels(first:10){nodes{name}} commits(first:1){totalCount}";

/// nullopt when what makes a change of it (number, head) is missing. `main`: name of the main branch.
std::optional<Change> pullFromGraph(const QJsonObject &node, const QString &main);
/// A list of REST carries neither conflicts nor reviews.
std::optional<Change> pullFromRest(const QJsonObject &pull, const QString &main, const QString &fullName);

/// A branch without a pull request: of one commit its subject is the title, of more the branch's name.
Change branchChange(const QString &name, const QString &head, const QString &subject, const QUrl &repository);
void nameBranch(Change &branch); ///< once commitsAhead is known

} // namespace Slipway::GitHub
