// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/team.h"
#include "providers/github/githubapi.h"

namespace Slipway::GitHub {

/// Keeps GitHub's record of deployments. Each carries the operation it is of, by which it is found again. Account's
/// thread.
class DeploymentLog
{
public:
    explicit DeploymentLog(GitHubApi &api)
        : m_api(api)
    { }

    Task<void> publish(QString project, DeploymentNote note); ///< as TeamProvider::publishDeployment

private:
    Task<QJsonArray> list(QString project, QString environment, QString version);
    Task<QString> find(QString project, DeploymentNote note);
    Task<QString> make(QString project, DeploymentNote note);
    Task<bool> setState(QString project, QString deployment, DeploymentNote note);
    Task<void> end(QString project, DeploymentNote note);

    GitHubApi &m_api;
};

} // namespace Slipway::GitHub
