// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/heroku/releasewatch.h"
#include "providers/heroku/sources.h"

namespace Slipway::Heroku {

/// What is to be built.
struct BuildOrder
{
    App app;
    QString archive; ///< path of a .tar.gz
    QString version; ///< full SHA; empty: a folder with work that no commit holds
    Change change;
    QString ticket;
};

/// Uploads a source, has Heroku build it and follows the build to its release. Account's thread.
class Builder
{
public:
    explicit Builder(HerokuApi &api);

    /// The release of a build that succeeded, perhaps still in its release phase. The same ticket never builds twice:
    /// the build carries it in its description. Failed: detail() holds the last lines of the build's output.
    Task<QString> build(BuildOrder order, Progress progress);

private:
    Task<std::optional<Build>> find(BuildOrder order);
    Task<Build> start(BuildOrder order, Progress progress);
    Task<Build> send(BuildOrder order, QUrl source);
    Task<Build> follow(App app, Build build, Progress progress);
    Task<void> listen(Build build, Progress progress);

    HerokuApi &m_api;
    Lookup m_lookup;
    ReleaseWatch m_watch;
    Sources m_sources;
};

} // namespace Slipway::Heroku
