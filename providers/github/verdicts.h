// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/github/conversation.h"

namespace Slipway::GitHub {

/// "Accepted by Ines: note", at most as long as GitHub takes; enough to tell who and what again.
QString describeVerdict(const Verdict &verdict);
/// From a commit status: state in the words of either API. State None when it was taken back or says nothing.
Verdict verdictFrom(const QString &state, const QString &description);

/// Verdicts as commit statuses, said on pull requests too, and as reviews where that is allowed (DESIGN section 7). The
/// status is what counts: every desktop of a team reads it, and rules of a branch can ask for it. Account's thread.
class Verdicts
{
public:
    explicit Verdicts(GitHubApi &api)
        : m_api(api)
        , m_talk(api)
    { }

    Task<QHash<QString, Verdict>> read(QString project, QStringList versions); ///< as TeamProvider::verdicts
    Task<void> publish(QString project, VerdictNote note); ///< as TeamProvider::publishVerdict

private:
    Task<QHash<QString, Verdict>> readSingly(QString project, QStringList versions);
    Task<QJsonObject> status(QString project, QString version);
    Task<void> publishStatus(QString project, VerdictNote note);
    Task<void> publishReview(QString project, VerdictNote note, QString mark);
    Task<QString> ownLogin();
    Task<void> review(QString project, VerdictNote note, QString mark, QString login);
    Task<void> dismiss(QString project, int number, QJsonArray reviews, QString login);

    GitHubApi &m_api;
    Conversation m_talk;
};

} // namespace Slipway::GitHub
