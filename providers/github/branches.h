// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/github/comparer.h"
#include "providers/github/refs.h"
#include "providers/sourceprovider.h"

namespace Slipway::GitHub {

/// Brings branches up to date, and takes them away. Account's thread.
class Branches
{
public:
    explicit Branches(GitHubApi &api)
        : m_api(api)
        , m_refs(api)
        , m_comparer(api)
    { }

    Task<QString> update(BranchUpdate update); ///< as SourceProvider::updateBranch
    Task<void> remove(QString project, QString branch, QString head); ///< as SourceProvider::deleteBranch

private:
    Task<int> pullFor(BranchUpdate update);
    Task<QString> byPull(BranchUpdate update, int number);
    Task<QString> byMerge(BranchUpdate update);
    Task<QString> whenContained(BranchUpdate update);
    Task<QString> conflict(BranchUpdate update);

    GitHubApi &m_api;
    Refs m_refs;
    Comparer m_comparer;
};

} // namespace Slipway::GitHub
