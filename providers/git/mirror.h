// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/change.h"
#include "models/domain/error.h"
#include "providers/machine/cancel.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace Slipway {

/// Slipway's own bare copy of a local repository; the source is only read here. Cheap value; blocking, thread-safe as
/// long as one fetch() of the same mirror runs at a time.
class Mirror
{
public:
    /// Clones `source` (absolute path; a folder inside a repository will do) to `directory`. Invalid: not a repository
    /// or without a commit; NotFound: no such path; nothing is left behind.
    static Result<Mirror> create(const QString &source, const QString &directory, const Cancel &cancel);
    static Result<Mirror> open(const QString &directory);

    QString source() const { return m_source; }
    QString directory() const { return m_directory; }
    QString origin() const; ///< remotePlace() of the source's remote "origin"; empty: it has none, or a folder
    /// Takes over what the source's refs are now; does nothing when they are what they were. Call before listing.
    Result<void> fetch(const Cancel &cancel) const;

    /// What the source's HEAD or its origin's HEAD names if that is main, master or trunk; else one of these; else
    /// HEAD's. A developer's HEAD is on a feature branch as often as not.
    Result<QString> mainBranch() const;
    /// Full SHA of a branch, tag or (abbreviated) SHA. NotFound names the ref and up to three near matches.
    Result<QString> resolve(const QString &ref) const;
    Result<QString> treeOf(const QString &sha) const;
    /// Content of a file at a commit, links inside the repository followed; nullopt when there is none. Invalid: `path`
    /// is no path below the repository's root, or the file has more than 256 KiB.
    Result<std::optional<QByteArray>> file(const QString &sha, const QString &path) const;
    /// Branches with commits that main has not, newest first.
    Result<QList<Change>> changes() const;
    /// What `head` has that `base` has not and the other way round; commits carry the title of their change.
    Result<Comparison> compare(const QString &base, const QString &head, const CommitRange &range = {}) const;
    /// The change a commit stands for: its branch's when it is the tip of one, else its own subject, author, date.
    Result<Change> describe(const QString &sha) const;
    /// Unpacks a commit to `intoDirectory` (made; must not exist), submodules and LFS files included; export-ignore and
    /// export-subst are obeyed. Nothing is left behind on failure.
    Result<void> archive(const QString &sha, const QString &intoDirectory, const Cancel &cancel) const;

private:
    Mirror(QString directory, QString source)
        : m_directory(std::move(directory))
        , m_source(std::move(source))
    { }

    QString m_directory;
    QString m_source;
};

} // namespace Slipway
