// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/ciprovider.h"
#include "providers/github/checkrecords.h"
#include "providers/github/githubapi.h"

namespace Slipway::GitHub {

/// What checks say of commits. Fine-grained tokens may not read check runs of private repositories, only the state of
/// all together (GitHub offers no permission for it): that is said, and never taken for "no checks" or for green.
/// Account's thread.
class Checks
{
public:
    explicit Checks(GitHubApi &api)
        : m_api(api)
    { }

    Task<QHash<QString, CiStatus>> states(QString project, QList<CiCommit> commits); ///< as CiProvider::states
    Task<CiReport> report(QString project, QString version); ///< as CiProvider::report

private:
    /// What GraphQL told of one commit.
    struct Look
    {
        CiStatus status;
        bool certain = true; ///< false: the verdict's own status hides what the checks say
        bool asked = true; ///< false: it was refused
    };
    /// What REST told of one commit.
    struct Evidence
    {
        QList<CheckedRun> runs;
        bool closed = false; ///< check runs, to this token
        QString note;
        bool masked = false; ///< the verdict's own status is among those that GitHub counts together
    };

    Task<QHash<QString, Look>> looks(QString project, QStringList versions);
    static Look lookFrom(const QJsonObject &commit, bool refused);
    Task<Evidence> evidence(QString project, QString version);
    Task<QJsonArray> optional(Call call, QString key);

    GitHubApi &m_api;
};

} // namespace Slipway::GitHub
