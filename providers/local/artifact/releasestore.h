// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"
#include "providers/local/artifact/appmanifest.h"
#include "providers/machine/cancel.h"
#include "providers/git/snapshot.h"

#include <QMap>
#include <QSet>
#include <QString>

#include <optional>

namespace Slipway {

/// The built form of a version: a read-only directory.
struct Artifact
{
    QString identity; ///< "tree:<tree id>+sha256:<manifest hash>": equal exactly for equal source and equal build
    QString label; ///< "9f2c1ab · 4be8d1f": source and build, short
    QString directory; ///< absolute
    friend bool operator==(const Artifact &, const Artifact &) = default;
};

/// What a build runs, chosen from the declaration or from the files that say how it is done.
struct BuildRecipe
{
    QString command; ///< for /bin/sh -c; empty: nothing to build
    QString reason; ///< "slipway.json", "package-lock.json": for the log
    QString fingerprint; ///< of command, variables and toolchain: another one means "build again"
};

/// Releases of one pipeline below one directory: releases/, index/, cache/ and scratch/. Thread-safe and safe between
/// processes: everything appears by rename(2). Release folders are shared by environments and never change.
class ReleaseStore
{
public:
    explicit ReleaseStore(QString root)
        : m_root(std::move(root))
    { }

    /// A fresh path for a Tree to be unpacked to, on the same file system as the releases; not made yet.
    Result<QString> scratchDirectory() const;
    /// What would be run for this source.
    BuildRecipe recipe(const QString &directory, const AppManifest &manifest,
                       const QMap<QString, QString> &variables = {}) const;
    /// Builds `tree` and stores it, or answers what was built from the same source in the same way before. Consumes
    /// tree.directory in every case: moved into place or deleted. The command sees SLIPWAY_CACHE_DIR, kept between
    /// builds. Failed: detail() holds the last 30 lines; NoSpace; Cancelled; nothing is left behind.
    Result<Artifact> build(const Tree &tree, const AppManifest &manifest, const LineSink &log, const Cancel &cancel,
                           const QMap<QString, QString> &variables = {}) const;
    /// Built before from this tree with this recipe.
    std::optional<Artifact> reuse(const QString &treeId, const BuildRecipe &recipe) const;
    std::optional<Artifact> find(const QString &identity) const;
    /// Whether the bytes on disk still are what `identity` says; Error Storage when not.
    Result<void> verify(const Artifact &artifact, const Cancel &cancel) const;
    /// Deletes releases that are neither in `keep` nor among the `keepLast` newest, and scratch folders of ended
    /// processes.
    Result<void> prune(const QSet<QString> &keep, int keepLast) const;

private:
    QString m_root;
};

/// What the processes of a release start from: cleanEnvironment() with the programs that the build put into the release
/// (.venv/bin, node_modules/.bin, bin) first on PATH. `directory`: where they run (the release or its writableView).
QMap<QString, QString> releaseEnvironment(const QString &directory);

} // namespace Slipway
