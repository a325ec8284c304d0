// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/heroku/lookup.h"

namespace Slipway::Heroku {

/// Follows a release until it is live: its release phase has ended well and every process runs it. Account's thread.
class ReleaseWatch
{
public:
    explicit ReleaseWatch(HerokuApi &api);

    /// The release as it is when it serves. Failed: the release phase failed (the old one goes on serving) or a process
    /// crashed at start; detail() holds the last lines of output.
    Task<AppRelease> untilLive(App app, QString releaseId, Progress progress);
    /// Until every process of at least this release is up. Nothing to run is as good.
    Task<void> untilUp(App app, int release, Progress progress);
    /// Until the release phase has ended well; Failed as untilLive().
    Task<AppRelease> untilSucceeded(App app, QString releaseId, Progress progress);
    /// The last lines of an output stream as they are now; empty when they cannot be had.
    Task<QString> tailOf(QUrl output);

private:
    /// Until the release phase has ended, whichever way.
    Task<AppRelease> untilReleased(App app, QString releaseId, Progress progress);
    HerokuApi &m_api;
    Lookup m_lookup;
};

} // namespace Slipway::Heroku
