// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/github/githubapi.h"

namespace Slipway::GitHub {

/// What names mean, and what files hold. Account's thread.
class Refs
{
public:
    explicit Refs(GitHubApi &api)
        : m_api(api)
    { }

    /// Full SHA of a branch, tag, "#number" or abbreviated SHA; NotFound names it and near matches.
    Task<QString> resolve(QString project, QString ref);
    Task<QString> title(QString project, QString version); ///< as SourceProvider::title()
    /// Full SHA of exactly that ref ("heads/main"); empty: it is not there, and the repository can be seen.
    Task<QString> exact(QString project, QString ref);
    /// nullopt: there is no such file. An empty ref is the main branch.
    Task<std::optional<QByteArray>> file(QString project, QString ref, QString path);
    /// The repository's own description; asked each time, and free while nothing changed.
    Task<QJsonObject> repository(QString project);

private:
    Task<QString> pullHead(QString project, QString number);
    Task<QString> missing(QString project, QString ref);

    GitHubApi &m_api;
};

} // namespace Slipway::GitHub
