// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/github/githubapi.h"

#include <memory>

namespace Slipway {
class Background;
}

namespace Slipway::GitHub {

/// Brings the source of a version here. Account's thread; what takes the disk's time is done beside it.
class Archives
{
public:
    explicit Archives(GitHubApi &api);
    ~Archives();

    /// As SourceProvider::archive. GitHub leaves out what submodules hold, and what Git LFS does unless the repository
    /// is told to include it: Unsupported names what is missing rather than packing half a version.
    Task<void> write(QString project, QString version, QString file);
    void stop(std::function<void()> drained); ///< ends what is being unpacked or packed

private:
    Task<QUrl> place(QString project, QString version);
    Task<void> download(QString project, QString version, QString file);

    GitHubApi &m_api;
    std::unique_ptr<Background> m_background;
};

} // namespace Slipway::GitHub
