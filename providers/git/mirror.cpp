// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/git/mirror.h"

#include "models/domain/remoteplace.h"
#include "providers/machine/filetree.h"
#include "providers/git/git.h"
#include "providers/git/history.h"
#include "models/domain/nearmatches.h"
#include "providers/git/unpack.h"

#include <QDir>
#include <QFileInfo>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace Slipway {
namespace {

constexpr int kLongestComparison = 1000;

/// Every ref with its commit, and what HEAD names: equal texts mean there is nothing to fetch.
Result<QByteArray> refsOf(const Git &git)
{
    const QString what = u"The branches of %1 cannot be listed"_s.arg(git.directory());
    auto refs = git.ask({u"for-each-ref"_s, u"--format=%(objectname) %(refname)"_s}, what);
    if (!refs)
        return refs;
    const auto head = git.run({u"symbolic-ref"_s, u"-q"_s, u"HEAD"_s}, Cancel());
    if (!head)
        return tl::unexpected(head.error());
    return *refs + head->output;
}

QString lastLine(QByteArray text)
{
    while (text.endsWith('\n'))
        text.chop(1);
    return QString::fromUtf8(text);
}

QString configValue(const Git &git, const QString &key)
{
    const auto answer = git.run({u"config"_s, u"--get"_s, key}, Cancel());
    return answer && answer->status == 0 ? lastLine(answer->output) : QString();
}

Result<void> cloneInto(const QString &repository, const QString &source, const QString &directory, const Cancel &cancel)
{
    const auto cloned = Git(QString()).ask({u"clone"_s, u"--quiet"_s, u"--mirror"_s, u"--"_s, repository, directory},
                                           u"The repository %1 cannot be copied"_s.arg(source), cancel);
    if (!cloned)
        return tl::unexpected(cloned.error());
    const Git git(directory);
    // Commits that releases came from stay readable after their branch is gone: nothing is ever pruned.
    for (const auto &[key, value] : {std::pair{u"slipway.source"_s, source}, {u"gc.auto"_s, u"0"_s}}) {
        if (const auto set = git.ask({u"config"_s, key, value}, u"The copy of the repository cannot be set up"_s); !set)
            return tl::unexpected(set.error());
    }
    return {};
}

/// What was a repository once and is none any more was moved, deleted or is on a disk that is not there.
Error gone(const Error &error, const QString &source)
{
    if (error.kind() != Error::Kind::NotFound && error.kind() != Error::Kind::Invalid)
        return error;
    return Error(Error::Kind::NotFound,
                 u"The repository is no longer at %1. What runs goes on running, without news from it."_s.arg(source),
                 u"Move it back there, mount its disk, or put a link there to where it is now."_s, error.message());
}

Change toChange(const OpenBranch &branch)
{
    Change change;
    change.title = branch.title;
    change.branch = branch.name;
    change.author = branch.author;
    change.head = branch.head;
    change.updatedAt = branch.at;
    change.commitsAhead = static_cast<int>(branch.commits.size());
    return change;
}

Result<QList<Commit>> groupedCommits(const Git &git, const QString &from, const QString &to, const QString &main,
                                     const QList<OpenBranch> &branches, const CommitRange &range)
{
    // From the newest on, whatever is asked for: what brought a commit is newer than it.
    auto history = readHistory(git, {from + u".."_s + to}, range.skip + range.most);
    if (!history)
        return tl::unexpected(history.error());
    groupIntoChanges(*history, to, main, branches);
    QList<Commit> commits;
    for (const HistoryCommit &entry : history->mid(range.skip))
        commits << entry.commit;
    return commits;
}

} // namespace

Result<Mirror> Mirror::create(const QString &source, const QString &directory, const Cancel &cancel)
{
    const auto repository = findRepository(source);
    if (!repository)
        return tl::unexpected(repository.error());
    const auto any =
        Git(*repository)
            .ask({u"rev-list"_s, u"--max-count=1"_s, u"--all"_s}, u"The history of %1 cannot be read"_s.arg(source));
    if (!any)
        return tl::unexpected(any.error());
    if (any->trimmed().isEmpty())
        return fail(Error::Kind::Invalid, u"The repository %1 is empty: it has no commit yet."_s.arg(source),
                    u"Commit the application there, then try again."_s);
    if (QFileInfo::exists(directory))
        return fail(Error::Kind::Conflict, u"%1 exists already."_s.arg(directory));
    const QString made = directory + u".new-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces);
    QDir().mkpath(QFileInfo(directory).absolutePath());
    const QString path = QFileInfo(source).absoluteFilePath();
    Result<void> cloned = cloneInto(*repository, path, made, cancel);
    if (cloned && !QDir().rename(made, directory))
        cloned = fail(Error::Kind::Storage, u"%1 cannot be made."_s.arg(directory));
    if (!cloned) {
        (void)deleteTree(made);
        return tl::unexpected(cloned.error());
    }
    return Mirror(directory, path);
}

Result<Mirror> Mirror::open(const QString &directory)
{
    if (!QFileInfo(directory).isDir())
        return fail(Error::Kind::NotFound, u"Slipway's copy of the repository, %1, is gone."_s.arg(directory),
                    u"Set the pipeline up again."_s);
    const QString source = configValue(Git(directory), u"slipway.source"_s);
    if (source.isEmpty())
        return fail(Error::Kind::Storage, u"Slipway's copy of the repository, %1, is damaged."_s.arg(directory),
                    u"Set the pipeline up again."_s);
    return Mirror(directory, source);
}

Result<void> Mirror::fetch(const Cancel &cancel) const
{
    const auto repository = findRepository(m_source);
    if (!repository)
        return tl::unexpected(gone(repository.error(), m_source));
    const Git mirror(m_directory);
    const auto theirs = refsOf(Git(*repository));
    if (!theirs)
        return tl::unexpected(theirs.error());
    const auto ours = refsOf(mirror);
    if (ours && *ours == *theirs)
        return {};
    const auto fetched = mirror.ask({u"fetch"_s, u"--quiet"_s, u"--prune"_s, u"--force"_s, u"--no-write-fetch-head"_s,
                                     u"--"_s, *repository, u"+refs/*:refs/*"_s},
                                    u"News from the repository %1 cannot be taken over"_s.arg(m_source), cancel);
    if (!fetched)
        return tl::unexpected(fetched.error());
    const auto head = Git(*repository).run({u"symbolic-ref"_s, u"-q"_s, u"HEAD"_s}, cancel);
    if (!head || head->status != 0)
        return {}; // detached: the old one is as good as any
    const auto set = mirror.ask({u"symbolic-ref"_s, u"HEAD"_s, lastLine(head->output)},
                                u"The copy of the repository cannot be brought up to date"_s);
    return set ? Result<void>() : tl::unexpected(set.error());
}

Result<QString> Mirror::mainBranch() const
{
    const Git git(m_directory);
    const auto listed = git.ask({u"for-each-ref"_s, u"--format=%(refname:lstrip=2)"_s, u"refs/heads/"_s},
                                u"The branches of %1 cannot be listed"_s.arg(m_source));
    if (!listed)
        return tl::unexpected(listed.error());
    const QStringList branches = QString::fromUtf8(*listed).split(u'\n', Qt::SkipEmptyParts);
    static const QStringList usual{u"main"_s, u"master"_s, u"trunk"_s};
    QStringList candidates;
    for (const QString &ref : {u"HEAD"_s, u"refs/remotes/origin/HEAD"_s}) {
        const auto named = git.run({u"symbolic-ref"_s, u"-q"_s, ref}, Cancel());
        if (named && named->status == 0)
            candidates << lastLine(named->output).section(u'/', ref == "HEAD"_L1 ? 2 : 3);
    }
    for (const QString &name : candidates + usual) {
        if (usual.contains(name) && branches.contains(name))
            return name;
    }
    // Names of a team's own: the origin's choice counts more than where a developer happens to be.
    for (qsizetype i = candidates.size() - 1; i >= 0; --i) {
        if (branches.contains(candidates.at(i)))
            return candidates.at(i);
    }
    if (branches.size() == 1)
        return branches.first();
    return fail(Error::Kind::NotFound, u"The repository %1 has no main branch."_s.arg(m_source),
                u"Name its main branch \"main\", or check it out there, and try again."_s, branches.join(u'\n'));
}

Result<QString> Mirror::resolve(const QString &ref) const
{
    const QString wanted = ref.trimmed();
    if (wanted.isEmpty())
        return fail(Error::Kind::Invalid, u"No version was given."_s, u"Give a branch, a tag or a commit."_s);
    const Git git(m_directory);
    // A branch first: git itself would take a tag of the same name.
    for (const QString &candidate : {u"refs/heads/"_s + wanted, wanted}) {
        const auto found = git.run(
            {u"rev-parse"_s, u"--verify"_s, u"--quiet"_s, u"--end-of-options"_s, candidate + u"^{commit}"_s}, Cancel());
        if (!found)
            return tl::unexpected(found.error());
        if (found->status == 0)
            return lastLine(found->output);
        if (found->errors.contains("ambiguous"_L1))
            return fail(Error::Kind::Invalid, u"\"%1\" is the start of several commits."_s.arg(wanted),
                        u"Give more digits of the commit."_s, found->errors);
    }
    const auto listed =
        git.ask({u"for-each-ref"_s, u"--format=%(refname:lstrip=2)"_s, u"refs/heads/"_s, u"refs/tags/"_s},
                u"The branches of %1 cannot be listed"_s.arg(m_source));
    const QStringList near =
        listed ? nearMatches(wanted, QString::fromUtf8(*listed).split(u'\n', Qt::SkipEmptyParts)) : QStringList();
    return fail(Error::Kind::NotFound, u"There is no branch, tag or commit \"%1\" in %2."_s.arg(wanted, m_source),
                near.isEmpty() ? u"Give the name of a branch or tag, or a commit."_s
                               : u"Did you mean %1?"_s.arg(near.join(u", "_s)));
}

Result<QString> Mirror::treeOf(const QString &sha) const
{
    const auto found =
        Git(m_directory)
            .ask({u"rev-parse"_s, u"--verify"_s, u"--quiet"_s, u"--end-of-options"_s, sha + u"^{tree}"_s},
                 u"The commit %1 is not in %2"_s.arg(sha, m_source));
    return found ? Result<QString>(lastLine(*found)) : tl::unexpected(found.error());
}

Result<QList<Change>> Mirror::changes() const
{
    const auto main = mainBranch();
    if (!main)
        return tl::unexpected(main.error());
    const Git git(m_directory);
    const auto branches = readOpenBranches(git, *main);
    if (!branches)
        return tl::unexpected(branches.error());
    QList<Change> changes;
    for (const OpenBranch &branch : *branches) {
        Change change = toChange(branch);
        const auto behind = git.ask({u"rev-list"_s, u"--count"_s, branch.head + u"..refs/heads/"_s + *main, u"--"_s},
                                    u"The branch %1 cannot be compared"_s.arg(branch.name));
        if (!behind)
            return tl::unexpected(behind.error());
        change.commitsBehind = behind->trimmed().toInt();
        changes << change;
    }
    return changes;
}

QString Mirror::origin() const
{
    const auto url = Git(m_source).ask({u"remote"_s, u"get-url"_s, u"origin"_s}, u"It has no remote"_s);
    return url ? remotePlace(QString::fromUtf8(*url).trimmed()) : QString();
}

Result<Comparison> Mirror::compare(const QString &base, const QString &head, const CommitRange &range) const
{
    Comparison comparison;
    for (const auto &[ref, id] : {std::pair{base, &comparison.base}, {head, &comparison.head}}) {
        const auto found = resolve(ref);
        if (!found)
            return tl::unexpected(found.error());
        *id = *found;
    }
    const Git git(m_directory);
    const auto counted =
        git.ask({u"rev-list"_s, u"--left-right"_s, u"--count"_s, comparison.base + u"..."_s + comparison.head, u"--"_s},
                u"%1 and %2 cannot be compared"_s.arg(base, head));
    if (!counted)
        return tl::unexpected(counted.error());
    const QByteArrayList counts = counted->trimmed().split('\t');
    comparison.behind = counts.value(0).toInt();
    comparison.ahead = counts.value(1).toInt();
    const QString main = mainBranch().value_or(QString());
    const auto branches = readOpenBranches(git, main);
    if (!branches)
        return tl::unexpected(branches.error());
    const auto commits = groupedCommits(git, comparison.base, comparison.head, main, *branches, range);
    if (!commits)
        return tl::unexpected(commits.error());
    const auto missing = groupedCommits(git, comparison.head, comparison.base, main, *branches, range);
    if (!missing)
        return tl::unexpected(missing.error());
    comparison.commits = *commits;
    comparison.missing = *missing;
    return comparison;
}

Result<Change> Mirror::describe(const QString &sha) const
{
    const Git git(m_directory);
    const auto history = readHistory(git, {sha}, 1);
    if (!history)
        return tl::unexpected(history.error());
    if (history->isEmpty())
        return fail(Error::Kind::NotFound, u"The commit %1 is not in %2."_s.arg(sha, m_source));
    const QString main = mainBranch().value_or(QString());
    const auto branches = readOpenBranches(git, main);
    if (!branches)
        return tl::unexpected(branches.error());
    const HistoryCommit &entry = history->first();
    Change change;
    for (const OpenBranch &branch : *branches) {
        if (branch.head == entry.commit.id && change.isEmpty())
            change = toChange(branch);
    }
    if (!change.isEmpty())
        return change;
    if (const OpenBranch *branch = branchOf(*branches, entry.commit.id)) { // it went on since
        change.title = branch->title;
        change.branch = branch->name;
    } else {
        auto brought = readHistory(
            git, entry.parents.isEmpty() ? QStringList{sha} : QStringList{sha, u"^"_s + entry.parents.first()},
            kLongestComparison);
        if (!brought)
            return tl::unexpected(brought.error());
        groupIntoChanges(*brought, entry.commit.id, main, *branches); // of a merge: what it merged
        change.title = brought->isEmpty() ? entry.commit.subject : brought->first().commit.change;
    }
    change.author = entry.commit.author;
    change.head = entry.commit.id;
    change.updatedAt = entry.commit.at;
    return change;
}

Result<void> Mirror::archive(const QString &sha, const QString &intoDirectory, const Cancel &cancel) const
{
    UnpackPlan plan;
    plan.git = Git(m_directory);
    plan.treeish = sha;
    plan.source = m_source;
    plan.into = intoDirectory;
    return unpack(plan, cancel);
}

} // namespace Slipway
