// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/git/branchmerge.h"

#include "providers/machine/filetree.h"
#include "providers/git/checkouts.h"
#include "providers/git/git.h"

#include <QDir>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace Slipway {
namespace {

QString refOf(const QString &branch)
{
    return u"refs/heads/"_s + branch;
}

QString firstLine(const QByteArray &text)
{
    return QString::fromUtf8(text.left(text.indexOf('\n')));
}

Error moved(const QString &branch)
{
    return Error(Error::Kind::Conflict, u"“%1” has moved since you looked at it."_s.arg(branch),
                 u"Look at what came, then update it again."_s);
}

/// The clone in which is merged; goes in every case.
class Scratch
{
public:
    explicit Scratch(QString folder)
        : m_folder(std::move(folder))
    { }
    ~Scratch() { (void)deleteTree(m_folder); }
    Scratch(const Scratch &) = delete;
    Scratch &operator=(const Scratch &) = delete;

private:
    QString m_folder;
};

Result<QString> headOf(const Git &repository, const QString &source, const QString &branch)
{
    const auto found = repository.run({u"show-ref"_s, u"--verify"_s, u"--hash"_s, u"--"_s, refOf(branch)}, Cancel());
    if (!found)
        return tl::unexpected(found.error());
    if (found->status == 0)
        return firstLine(found->output);
    return fail(Error::Kind::NotFound, u"There is no branch “%1” in %2."_s.arg(branch, source),
                u"It may have been merged and deleted; look at the list of changes again."_s, found->errors);
}

Result<bool> contains(const Git &mirror, const QString &head, const QString &version)
{
    const auto answer =
        mirror.run({u"merge-base"_s, u"--is-ancestor"_s, u"--end-of-options"_s, version, head}, Cancel());
    return answer ? Result<bool>(answer->status == 0) : tl::unexpected(answer.error());
}

/// Who merges: as git in that repository would say it, but never guessed from the name of the machine.
QMap<QString, QString> person(const Git &repository)
{
    QString name = u"Slipway"_s;
    QString email = u"slipway@localhost"_s;
    const auto known =
        repository.run({u"-c"_s, u"user.useConfigOnly=true"_s, u"var"_s, u"GIT_COMMITTER_IDENT"_s}, Cancel());
    const QString text = known && known->status == 0 ? firstLine(known->output) : QString();
    if (const qsizetype end = text.lastIndexOf(u'>'), start = text.lastIndexOf(u" <"_s, end);
        start > 0 && end > start) {
        name = text.left(start);
        email = text.mid(start + 2, end - start - 2);
    }
    return {{u"GIT_AUTHOR_NAME"_s, name},
            {u"GIT_AUTHOR_EMAIL"_s, email},
            {u"GIT_COMMITTER_NAME"_s, name},
            {u"GIT_COMMITTER_EMAIL"_s, email}};
}

/// What the user's settings would add to a merge (hooks of a template, signatures with a pass phrase, remembered
/// resolutions) has no place in it.
Result<void> prepare(const Mirror &mirror, const MergePlan &plan, const Cancel &cancel)
{
    const QString what = u"A copy to merge in cannot be made"_s;
    QDir().mkpath(QFileInfo(plan.scratch).path());
    QStringList clone{u"clone"_s, u"--quiet"_s, u"--shared"_s, u"--no-checkout"_s, u"--no-tags"_s};
    for (const QString &setting : {u"core.hooksPath=/dev/null"_s, u"commit.gpgSign=false"_s, u"rerere.enabled=false"_s})
        clone << u"--config"_s << setting;
    if (const auto made =
            Git(QString()).ask(clone + QStringList{u"--"_s, mirror.directory(), plan.scratch}, what, cancel);
        !made)
        return tl::unexpected(made.error());
    const auto files = Git(plan.scratch)
                           .ask({u"checkout"_s, u"--quiet"_s, u"--detach"_s, u"--no-recurse-submodules"_s, plan.head},
                                what, cancel, {{u"GIT_LFS_SKIP_SMUDGE"_s, u"1"_s}});
    return files ? Result<void>() : tl::unexpected(files.error());
}

Error conflict(const Git &scratch, const MergePlan &plan, const GitAnswer &merge)
{
    const auto listed = scratch.ask({u"diff"_s, u"--name-only"_s, u"--diff-filter=U"_s, u"-z"_s}, u"Conflicts"_s);
    QStringList files = QString::fromUtf8(listed ? *listed : QByteArray()).split(u'\0', Qt::SkipEmptyParts);
    files.replaceInStrings(u"\n"_s, u" "_s);
    if (files.isEmpty())
        return Error(Error::Kind::Failed, u"git cannot merge %1 into “%2”."_s.arg(plan.version.left(7), plan.branch),
                     u"Merge it by hand: git switch %2 && git merge %1"_s.arg(plan.version.left(7), plan.branch),
                     merge.errors.isEmpty() ? QString::fromUtf8(merge.output).trimmed() : merge.errors);
    return Error(Error::Kind::Conflict,
                 u"Merging %1 into “%2” conflicts in %3 %4."_s.arg(
                     plan.version.left(7), plan.branch,
                     files.size() == 1 ? u"one file,"_s : u"%1 files, the first"_s.arg(files.size()), files.first()),
                 u"Merge staging's version into %1 by hand: git switch %1 && git merge %2, then commit."_s.arg(
                     plan.branch, plan.version.left(7)),
                 files.join(u'\n'));
}

Result<QString> merged(const Git &repository, const MergePlan &plan, const Cancel &cancel)
{
    const Git scratch(plan.scratch);
    QMap<QString, QString> environment = person(repository);
    environment.insert(u"GIT_LFS_SKIP_SMUDGE"_s, u"1"_s);
    const QString message =
        plan.message.trimmed().isEmpty() ? u"Merge %1 into %2"_s.arg(plan.version.left(7), plan.branch) : plan.message;
    const auto merge = scratch.run({u"merge"_s, u"--quiet"_s, u"--ff"_s, u"--no-edit"_s, u"--no-stat"_s, u"--no-log"_s,
                                    u"--no-autostash"_s, u"--no-verify-signatures"_s, u"-m"_s, message, plan.version},
                                   cancel, environment);
    if (!merge)
        return tl::unexpected(merge.error());
    if (merge->status != 0)
        return tl::unexpected(conflict(scratch, plan, *merge));
    const auto head = scratch.ask({u"rev-parse"_s, u"--verify"_s, u"HEAD"_s}, u"The merge cannot be found"_s);
    return head ? Result<QString>(firstLine(*head)) : tl::unexpected(head.error());
}

/// What hooks said, without git's mark in front.
QString saidByHooks(const QString &errors)
{
    QStringList said;
    const QStringList lines = errors.split(u'\n');
    for (const QString &line : lines) {
        if (line.startsWith(u"remote: "_s) && !line.contains(u"hook declined to update"_s))
            said.append(line.mid(8).trimmed());
    }
    return said.join(u'\n').trimmed();
}

/// The words in brackets that end the line of a refused branch in git push's table for programs.
QString reasonOf(const QByteArray &table)
{
    const QByteArrayList lines = table.split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith('!'))
            return QString::fromUtf8(line.mid(line.lastIndexOf('(')));
    }
    return {};
}

/// Why the user's repository did not take the merge.
Error refusal(const MergePlan &plan, const QString &source, const GitAnswer &push)
{
    const QString reason = reasonOf(push.output);
    if (reason.contains("hook"_L1)) {
        const QString said = saidByHooks(push.errors);
        return Error(Error::Kind::Blocked,
                     said.isEmpty() ? u"A hook of %1 refuses the merge into “%2”."_s.arg(source, plan.branch)
                                    : u"A hook of %1 refuses the merge into “%2”: %3"_s.arg(source, plan.branch,
                                                                                            said.section(u'\n', 0, 0)),
                     u"Do what it asks for, or merge by hand: git switch %1 && git merge %2"_s.arg(
                         plan.branch, plan.version.left(7)),
                     said.isEmpty() ? push.errors : said);
    }
    if (reason.contains("orking directory"_L1) || reason.contains("orking tree"_L1))
        return Error(Error::Kind::Conflict,
                     u"The files of “%1” cannot follow where it is checked out: something there is in the way."_s.arg(
                         plan.branch),
                     u"Commit, stash or move what is there, then try again."_s, push.errors);
    for (const char *words : {"stale info", "fetch first", "fast-forward", "failed to update ref", "lock"}) {
        if (reason.contains(QLatin1String(words)))
            return moved(plan.branch);
    }
    return Error(Error::Kind::Storage, u"%1 did not take the merge into “%2”."_s.arg(source, plan.branch),
                 u"Check that the repository belongs to you and that there is space."_s,
                 push.errors.isEmpty() ? reason : push.errors);
}

/// Not to be cancelled: git may be putting files into the user's work tree.
Result<void> push(const QString &repository, const QString &source, const MergePlan &plan, const QString &head)
{
    // For this one push; the user's settings stay as they are.
    const QString receiver = u"git -c receive.denyCurrentBranch=updateInstead -c receive.denyNonFastForwards=true "
                             "receive-pack"_s;
    const auto pushed =
        Git(plan.scratch)
            .run({u"push"_s, u"--porcelain"_s, u"--no-follow-tags"_s, u"--no-signed"_s, u"--recurse-submodules=no"_s,
                  u"--force-with-lease=%1:%2"_s.arg(refOf(plan.branch), plan.head),
                  u"--receive-pack=%1"_s.arg(receiver), u"--"_s, repository, head + u':' + refOf(plan.branch)},
                 Cancel());
    if (!pushed)
        return tl::unexpected(pushed.error());
    return pushed->status == 0 ? Result<void>() : tl::unexpected(refusal(plan, source, *pushed));
}

} // namespace

Result<QString> mergeIntoBranch(const Mirror &mirror, const MergePlan &wanted, const Cancel &cancel)
{
    MergePlan plan = wanted;
    const auto folder = findRepository(mirror.source());
    if (!folder)
        return tl::unexpected(folder.error());
    const Git repository(*folder);
    const auto now = headOf(repository, mirror.source(), plan.branch);
    if (!now)
        return now;
    const auto version = mirror.resolve(plan.version);
    if (!version)
        return version;
    plan.version = *version;
    const auto done = contains(Git(mirror.directory()), *now, *version);
    if (!done)
        return tl::unexpected(done.error());
    if (*done)
        return now;
    if (*now != plan.head)
        return tl::unexpected(moved(plan.branch));
    if (const auto free = checkWorkTrees(repository, plan.branch); !free)
        return tl::unexpected(free.error());
    const Scratch scratch(plan.scratch);
    if (const auto ready = prepare(mirror, plan, cancel); !ready)
        return tl::unexpected(ready.error());
    const auto head = merged(repository, plan, cancel);
    if (!head)
        return head;
    if (const auto taken = push(*folder, mirror.source(), plan, *head); !taken)
        return tl::unexpected(taken.error());
    return head;
}

} // namespace Slipway
