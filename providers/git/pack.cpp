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
    const auto fill = [&](const QString &scratch) -> Result<QString> {
        const QString repository = file + u".git"_s;
        std::ignore = deleteTree(repository);
        const auto clean = qScopeGuard([&repository] { std::ignore = deleteTree(repository); });
        const auto taken = snapshotDirectory(directory, scratch, cancel);
        if (!taken)
            return tl::unexpected(taken.error());
        const auto dropped = dropSlugIgnored(taken->directory, repository, cancel);
        if (!dropped)
            return tl::unexpected(dropped.error());
        return taken->directory;
    };
    return packScratch(file, fill, cancel);
}

} // namespace Slipway
