// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/change.h"
#include "providers/github/githubapi.h"

#include <QSet>

namespace Slipway::GitHub {

/// How far a branch is from the main branch.
struct Distance
{
    int ahead = 0;
    int behind = 0;
    Commit newest = {}; ///< of the branch, where the list of branches does not tell it
};

/// What developers want in production: open pull requests, and branches without one that go beyond the main branch.
/// With nothing changed that is one request however many there are; what differs is found by the time of the last
/// update. Account's thread.
class Changes
{
public:
    explicit Changes(GitHubApi &api)
        : m_api(api)
    { }

    /// Newest first. `known`: what was told last, perhaps to another process.
    Task<QList<Change>> read(QString project, QList<Change> known);

private:
    /// What this process remembers of a repository between two looks.
    struct Memory
    {
        QString main; ///< commit of the main branch
        QHash<QString, Distance> distances; ///< from it, by head: both are commits, so that it stays true
        int measured = 60; ///< branches that are compared with it at a time; the others have their turn next time
        QSet<int> unsettled; ///< pull requests of which GitHub did not know yet whether they conflict
    };
    /// One reading, from the first request to the list.
    struct Round
    {
        QString project;
        QList<Change> known;
        QHash<int, Change> before; ///< the pull requests among them
        QString main; ///< name of the branch
        QString mainHead;
        QUrl page; ///< of the repository, for people
        int open = 0; ///< pull requests, as GitHub counts them
        QList<int> asked; ///< pull requests whose conflicts the first request asks for by number
        QHash<int, Change> pulls;
        QList<Change> branches; ///< without a pull request; commitsAhead is not set before it is known
        bool reached = false; ///< what comes next was known
        bool complete = false; ///< no page is left
        QString cursor;
    };

    Task<QList<Change>> byGraph(QString project, QList<Change> known);
    Task<Round> first(Round round);
    Task<Round> page(Round round, bool everything);
    Task<Round> all(Round round);
    Task<QList<Change>> withBranches(Round round);
    Task<void> measure(QString project, QString main, QStringList heads, QStringList names);

    Task<QList<Change>> byRest(QString project, QList<Change> known);
    Task<Round> pullsByRest(Round round);
    Task<Round> branchesByRest(Round round);
    Task<void> measureByRest(Round round);

    bool take(Round &round, const QJsonArray &nodes);
    void settle(Round &round, const QJsonObject &repository);
    void takeBranches(Round &round, const QJsonArray &nodes) const;
    QList<Change> finished(const Round &round);

    GitHubApi &m_api;
    QHash<QString, Memory> m_memory; ///< by project
};

} // namespace Slipway::GitHub
