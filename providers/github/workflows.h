// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/logline.h"
#include "providers/github/githubapi.h"

namespace Slipway::GitHub {

/// What can be done to runs of GitHub Actions, and what their jobs printed. Other runs are somebody else's: Unsupported
/// says where. Account's thread.
class Workflows
{
public:
    explicit Workflows(GitHubApi &api)
        : m_api(api)
    { }

    Task<void> rerun(QString project, QString run); ///< as CiProvider::rerun
    Task<void> cancel(QString project, QString run); ///< as CiProvider::cancel
    Task<void> approve(QString project, QString run); ///< as CiProvider::approve: all that the run waits for
    Task<LogPage> log(QString project, QString job); ///< as CiProvider::log

private:
    Task<QJsonObject> run(QString project, QString number);
    Task<void> approveFork(QString project, QString number);

    GitHubApi &m_api;
};

/// The text of a job's log as lines: "2026-01-31T12:00:00.1234567Z ##[group]Run npm test".
QList<LogLine> readActionsLog(const QByteArray &text);

} // namespace Slipway::GitHub
