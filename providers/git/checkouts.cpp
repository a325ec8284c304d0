// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/git/checkouts.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace Slipway {
namespace {

struct WorkTree
{
    QString path;
    QByteArray ref; ///< what is checked out, "refs/heads/…"; empty: a commit alone
};

Result<QList<WorkTree>> workTrees(const Git &repository)
{
    const auto listed = repository.ask({u"worktree"_s, u"list"_s, u"--porcelain"_s, u"-z"_s},
                                       u"The work trees of %1 cannot be listed"_s.arg(repository.directory()));
    if (!listed)
        return tl::unexpected(listed.error());
    QList<WorkTree> all;
    const QByteArrayList fields = listed->split('\0');
    for (const QByteArray &field : fields) {
        if (field.startsWith("worktree "))
            all.append({QFile::decodeName(field.mid(9)), {}});
        else if (field.startsWith("branch ") && !all.isEmpty())
            all.last().ref = field.mid(7);
    }
    return all;
}

/// The file in the work tree's own git directory in which git keeps something unfinished; empty when it does not.
QByteArray unfinished(const QString &gitDirectory, const QString &name)
{
    QFile file(gitDirectory + u'/' + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : QByteArray();
}

QStringList changedFiles(const QByteArray &status)
{
    QStringList files;
    const QByteArrayList entries = status.split('\0');
    for (const QByteArray &entry : entries) {
        if (entry.size() > 3 && entry.at(2) == ' ')
            files.append(QString::fromUtf8(entry.mid(3)));
    }
    return files;
}

Result<void> checkCheckout(const WorkTree &tree, const QString &gitDirectory, const QString &branch)
{
    if (!unfinished(gitDirectory, u"MERGE_HEAD"_s).isEmpty())
        return fail(Error::Kind::Conflict,
                    u"“%1” is checked out in %2 with a merge that was not finished."_s.arg(branch, tree.path),
                    u"Commit or abort that merge there, then try again."_s);
    const auto status = Git(tree.path).ask({u"status"_s, u"--porcelain"_s, u"-z"_s, u"--untracked-files=no"_s,
                                            u"--ignore-submodules"_s, u"--no-renames"_s},
                                           u"The state of %1 cannot be read"_s.arg(tree.path));
    if (!status)
        return tl::unexpected(status.error());
    if (status->isEmpty())
        return {};
    return fail(Error::Kind::Conflict,
                u"“%1” is checked out in %2 with changes that are not committed."_s.arg(branch, tree.path),
                u"Commit or stash them there, then try again."_s, changedFiles(*status).join(u'\n'));
}

} // namespace

Result<void> checkWorkTrees(const Git &repository, const QString &branch)
{
    const auto trees = workTrees(repository);
    if (!trees)
        return tl::unexpected(trees.error());
    const QByteArray ref = "refs/heads/" + branch.toUtf8();
    for (const WorkTree &tree : *trees) {
        const auto found = Git(tree.path).run({u"rev-parse"_s, u"--absolute-git-dir"_s}, Cancel());
        if (!found || found->status != 0)
            continue; // its folder is gone
        const QString gitDirectory = QFile::decodeName(found->output.chopped(1));
        for (const QString &name : {u"rebase-merge/head-name"_s, u"rebase-apply/head-name"_s}) {
            if (unfinished(gitDirectory, name) == ref)
                return fail(Error::Kind::Conflict, u"“%1” is being rebased in %2."_s.arg(branch, tree.path),
                            u"Finish or abort the rebase there, then try again."_s);
        }
        if (tree.ref != ref)
            continue;
        if (const auto ready = checkCheckout(tree, gitDirectory, branch); !ready)
            return ready;
    }
    return {};
}

} // namespace Slipway
