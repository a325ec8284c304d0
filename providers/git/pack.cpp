// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/git/pack.h"

#include "providers/git/git.h"
#include "providers/git/snapshot.h"
#include "providers/machine/childprocess.h"
#include "providers/machine/filetree.h"
#include "providers/machine/packtree.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QScopeGuard>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

/// Heroku leaves out what .slugignore names, in the language of .gitignore, before it builds; what is not sent is not
/// seen by anybody (source: Heroku Dev Center, "Slug compiler"). git itself tells which files that are.
Result<void> dropSlugIgnored(const QString &tree, const QString &scratch, const Cancel &cancel)
{
    if (!QFileInfo::exists(tree + u"/.slugignore"_s))
        return {};
    const QString asking = u"The files that .slugignore names could not be listed."_s;
    const auto made = Git(tree).ask({u"init"_s, u"--quiet"_s, u"--bare"_s, scratch}, asking, cancel);
    if (!made)
        return tl::unexpected(made.error());
    const QStringList list{u"--git-dir="_s + scratch,
                           u"--work-tree="_s + tree,
                           u"ls-files"_s,
                           u"-z"_s,
                           u"--others"_s,
                           u"--ignored"_s,
                           u"--exclude-from="_s + tree + u"/.slugignore"_s};
    const auto names = Git(tree).ask(list, asking, cancel);
    if (!names)
        return tl::unexpected(names.error());
    const QList<QByteArray> paths = names->split('\0');
    for (const QByteArray &path : paths) {
        if (!path.isEmpty() && path != ".slugignore")
            QFile::remove(tree + u'/' + QFile::decodeName(path));
    }
    return {};
}

} // namespace

Result<void> packDirectory(const QString &directory, const QString &file, const Cancel &cancel)
{
    const QString tree = file + u".tree"_s;
    const QString scratch = file + u".git"_s;
    const auto clean = qScopeGuard([&tree, &scratch] {
        std::ignore = deleteTree(tree);
        std::ignore = deleteTree(scratch);
    });
    std::ignore = deleteTree(tree); // of a process that was killed meanwhile
    std::ignore = deleteTree(scratch);
    const auto taken = snapshotDirectory(directory, tree, cancel);
    if (!taken)
        return tl::unexpected(taken.error());
    const auto dropped = dropSlugIgnored(taken->directory, scratch, cancel);
    if (!dropped)
        return dropped;
    return packTree(taken->directory, file, cancel);
}

} // namespace Slipway
