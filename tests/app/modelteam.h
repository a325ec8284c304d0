// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/teamprovider.h"

#include <QMap>
#include <QMutex>

namespace Slipway {

/// The shared place of all teams in this process: what several sessions, each with a world of its own, have in common.
class ModelTeam : public TeamProvider
{
public:
    struct Shared
    {
        QList<Comment> comments;
        QSet<QString> writers;
        QMap<QString, QStringList> answers; ///< by mark: what stood there, in order
        QMap<QString, Hold> holds;
        int said = 0; ///< answers that were posted, not changed
        QStringList failing; ///< calls that end with Network: "answer", "claim"
    };
    /// Thread-safe: reads or changes it.
    template<typename Work> static auto with(Work work)
    {
        QMutexLocker locker(&mutex());
        return work(shared());
    }
    static void reset()
    {
        with([](Shared &all) { all = {}; });
    }

    Task<QHash<QString, Verdict>> verdicts(QString project, QStringList versions) override;
    Task<void> publishVerdict(QString project, VerdictNote note) override;
    Task<void> publishDeployment(QString project, DeploymentNote note) override;
    Task<std::optional<Hold>> hold(QString project, QString pipeline) override;
    Task<void> takeHold(QString project, QString pipeline, Hold hold, std::optional<Hold> instead) override;
    Task<void> releaseHold(QString project, QString pipeline, Hold hold) override;
    Task<QList<Comment>> comments(QString project, QDateTime since) override;
    Task<bool> mayWrite(QString project, QString login) override;
    Task<void> answer(QString project, int number, QString mark, QString text) override;
    Task<bool> wasAnswered(QString project, int number, QString mark) override;

private:
    static QMutex &mutex();
    static Shared &shared();
};

} // namespace Slipway
