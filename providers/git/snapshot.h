// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/change.h"
#include "models/domain/error.h"
#include "providers/machine/cancel.h"

#include <QString>

namespace Slipway {

/// Unpacked source in a scratch directory that belongs to whoever holds this value; see ReleaseStore::build.
struct Tree
{
    QString directory;
    QString treeId; ///< git's id of the tree
    QString version; ///< full SHA of the commit, or of the one a working copy is based on; may be empty
    bool uncommitted = false; ///< holds work that no commit holds
};

/// Takes a working copy as it is now into `intoDirectory` (made, must not exist): inside a git repository committed and
/// uncommitted work without what is ignored, elsewhere every file. A copy without uncommitted work gives the tree its
/// commit has, so that both give the same artifact. The source is only ever read. Errors: NotFound, Invalid (nothing in
/// it), Storage, NoSpace, Cancelled; nothing is left behind.
Result<Tree> snapshotDirectory(const QString &directory, const QString &intoDirectory, const Cancel &cancel);

/// Title, branch, author and head for a release made from `directory`: "Working copy of NAME".
Change describeDirectory(const QString &directory);

} // namespace Slipway
