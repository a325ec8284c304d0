// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/github/refs.h"
#include "providers/sourceprovider.h"

namespace Slipway::GitHub {

/// Merges pull requests. Account's thread.
class Merger
{
public:
    explicit Merger(GitHubApi &api)
        : m_api(api)
        , m_refs(api)
    { }

    Task<MergeOutlook> outlook(QString project, int number); ///< as SourceProvider::mergeOutlook
    Task<QString> merge(MergeSpec spec); ///< as SourceProvider::merge

private:
    Task<QJsonObject> pull(QString project, int number);
    Task<QString> reviews(QString project, int number);
    Task<QStringList> obstacles(QString project, QJsonObject pull, QJsonObject repository);
    Task<QString> refused(MergeSpec spec, Error error);

    GitHubApi &m_api;
    Refs m_refs;
};

} // namespace Slipway::GitHub
