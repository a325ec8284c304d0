// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/team.h"
#include "providers/github/githubapi.h"

namespace Slipway::GitHub {

/// "<!-- slipway:… -->": what a comment begins with that Slipway wrote; people do not see it.
QString invisibleMark(const QString &mark);
bool isMarked(const QString &text, const QString &mark);
bool isMarkedAtAll(const QString &text);

/// What is said on pull requests. Account's thread.
class Conversation
{
public:
    explicit Conversation(GitHubApi &api)
        : m_api(api)
    { }

    /// Once: a repeated call with the same mark finds it there. `since`: what was said before need not be looked
    /// through; invalid: everything is.
    Task<void> say(QString project, int number, QString mark, QString text, QDateTime since);
    /// The same, but what was said with that mark before becomes `text`.
    Task<void> sayNow(QString project, int number, QString mark, QString text);
    Task<bool> wasSaid(QString project, int number, QString mark, QDateTime since);
    /// Oldest first, without what Slipway itself said. One that came in the second of `since` may be told again.
    Task<QList<Comment>> comments(QString project, QDateTime since);

private:
    struct Said
    {
        QString id; ///< empty: it is not there
        QString text; ///< with the mark
    };
    Task<Said> find(QString project, int number, QString mark, QDateTime since);

    GitHubApi &m_api;
};

} // namespace Slipway::GitHub
