// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"
#include "providers/git/git.h"

#include <QMap>
#include <QString>

namespace Slipway {

struct UnpackPlan
{
    Git git{QString()}; ///< has the objects
    QMap<QString, QString> environment; ///< for git: where the objects of a snapshot are
    QString treeish; ///< commit or tree
    QString source; ///< working copy or repository the user knows: submodules and LFS files are looked for there
    QString into; ///< made; must not exist
};

/// `git archive` unpacked, submodules at their recorded commits and LFS files included. On failure nothing is left.
Result<void> unpack(const UnpackPlan &plan, const Cancel &cancel);

/// A .tar.gz as services give it (GitHub's has one folder around it all) unpacked below `into`, which is made. Answers
/// the folder that holds the files. On failure nothing is left.
Result<QString> unpackArchive(const QString &archive, const QString &into, const Cancel &cancel);

} // namespace Slipway
