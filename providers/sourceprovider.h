// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/change.h"
#include "models/domain/merge.h"
#include "providers/task.h"

#include <optional>

namespace Slipway {

/// A branch that is to contain a version it lacks.
struct BranchUpdate
{
    QString pipeline;
    QString branch;
    QString head; ///< full SHA of the branch as the user saw it; another one there is Error::Kind::Conflict
    QString version; ///< full SHA of what it must contain afterwards
    QString message; ///< of the merge commit
};

struct MergeSpec
{
    QString pipeline;
    int number = 0; ///< of the pull request
    QString head; ///< full SHA of its branch as the user saw it
    MergeMethod method = MergeMethod::Merge;
    QString title; ///< of the merge commit; empty: the source's own
};

/// `pipeline` is RemoteProject::id throughout.
class SourceProvider
{
public:
    virtual ~SourceProvider() = default;
    /// What this account calls the project that a repository was cloned from (RemotePipeline::origin); empty: that is
    /// somewhere else, or this account does not see it.
    virtual Task<QString> projectAt(QString origin);
    /// Open changes, newest first: pull requests and branches that go beyond the main branch.
    /// `known` is what was told last, perhaps to another process: who pays for each question asks only about what
    /// differs.
    virtual Task<QList<Change>> changes(QString pipeline, QList<Change> known) = 0;
    /// The counts are always whole; of the commits those in `range`, grouped by what that range tells.
    virtual Task<Comparison> compare(QString pipeline, QString base, QString head, CommitRange range) = 0;
    /// Full SHA of a branch, tag, "#number" or abbreviated SHA; Error NotFound names it and near matches.
    virtual Task<QString> resolve(QString pipeline, QString ref) = 0;
    /// What a commit (full SHA) is called: the change it came with, else its subject. Here as compare() of it with its
    /// first parent tells; empty: not known.
    virtual Task<QString> title(QString pipeline, QString version);
    /// Content of a file at a ref (`path` from the repository's root), at most 256 KiB; nullopt when there is none.
    virtual Task<std::optional<QByteArray>> file(QString pipeline, QString ref, QString path) = 0;
    /// Merges `update.version` into the branch, in a scratch clone, and moves the branch there if its head is still the
    /// one given. Answers the new head; a branch that contains the version already answers its head, so a repeated
    /// call merges nothing twice. Conflicts are never resolved: Error::Kind::Conflict whose detail() lists the files,
    /// one a line, and nothing has changed.
    virtual Task<QString> updateBranch(BranchUpdate update) = 0;
    /// Writes a .tar.gz of a version (full SHA), submodules and LFS files included, to `file` (absolute, not there
    /// yet). On failure there is no such file. A provider of working copies on this machine packs `pipeline`, a folder
    /// of one, as it is when `version` is empty.
    virtual Task<void> archive(QString pipeline, QString version, QString file);
    /// What stands in the way of merging a pull request now.
    virtual Task<MergeOutlook> mergeOutlook(QString pipeline, int number);
    /// Merges a pull request if its branch is still at `spec.head`; answers the commit that the main branch is at
    /// afterwards (full SHA). A pull request that was merged at this head already answers that, so a repeated call
    /// merges nothing twice. Another head is Error::Kind::Conflict, refusal Error::Kind::Blocked that says by what
    /// rule.
    virtual Task<QString> merge(MergeSpec spec);
    /// Deletes a branch if it is still at `head`. Gone already is success; moved on is Error::Kind::Conflict.
    virtual Task<void> deleteBranch(QString pipeline, QString branch, QString head);
};

inline Task<QString> SourceProvider::projectAt(QString)
{
    co_return Result<QString>(QString());
}

inline Task<QString> SourceProvider::title(QString pipeline, QString version)
{
    const QString parent = version + QStringLiteral("~1");
    const CommitRange whole;
    const auto comparison = co_await compare(pipeline, parent, version, whole);
    if (!comparison || comparison->commits.isEmpty())
        co_return Result<QString>(QString());
    const Commit commit = comparison->commits.constFirst();
    co_return Result<QString>(commit.change.isEmpty() ? commit.subject : commit.change);
}

inline Task<void> SourceProvider::archive(QString, QString, QString)
{
    co_return fail(Error::Kind::Unsupported, QStringLiteral("This account cannot pack a version."));
}

inline Task<MergeOutlook> SourceProvider::mergeOutlook(QString, int)
{
    co_return fail(Error::Kind::Unsupported, QStringLiteral("This account has no pull requests."));
}

inline Task<QString> SourceProvider::merge(MergeSpec)
{
    co_return fail(Error::Kind::Unsupported, QStringLiteral("This account has no pull requests."));
}

inline Task<void> SourceProvider::deleteBranch(QString, QString, QString)
{
    co_return fail(Error::Kind::Unsupported, QStringLiteral("This account does not delete branches."));
}

} // namespace Slipway
