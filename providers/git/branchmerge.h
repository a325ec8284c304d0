// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"
#include "providers/machine/cancel.h"
#include "providers/git/mirror.h"

#include <QString>

namespace Slipway {

/// A branch of the user's repository that is to contain a version it lacks.
struct MergePlan
{
    QString branch;
    QString head; ///< full SHA of the branch as the user saw it
    QString version; ///< full SHA, known to the mirror
    QString message; ///< of the merge commit
    QString scratch; ///< folder for the clone in which is merged; made and removed
};

/// Merges wanted.version into the branch and moves the branch of the user's repository there: the only thing Slipway
/// ever writes to it. A branch without commits of its own is moved to the version itself. Where the branch is checked
/// out, the files go along. The repository's own hooks are asked, as for any push. Call with a mirror that was just
/// fetched. Answers the new head, or the present one when it contains the version already. Errors, nothing changed with
/// any of them: NotFound (no such branch, repository gone), Blocked (a hook refused), Conflict (the branch moved, is
/// checked out with changes, or the two conflict: detail() lists the files), Cancelled.
Result<QString> mergeIntoBranch(const Mirror &mirror, const MergePlan &wanted, const Cancel &cancel);

} // namespace Slipway
