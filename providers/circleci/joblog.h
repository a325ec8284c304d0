// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/logline.h"
#include "providers/circleci/circleciapi.h"
#include "providers/circleci/outputlines.h"

namespace Slipway::CircleCi {

/// What a job printed. The only place that knows API v1.1: the steps of a job, and the addresses of their outputs,
/// which are good for some minutes, for anybody: nothing of them is said or kept.
class JobLog
{
public:
    explicit JobLog(CircleCiApi &api);

    /// Step after step, the newest 10,000 lines; a first line of process "slipway" says when there were more. A job
    /// without a number (an approval, one that has not begun) printed nothing.
    Task<LogPage> read(QString project, QString job);

private:
    /// One step in one of the parallel runs.
    struct Action
    {
        QString process; ///< "Run tests", with parallel runs "Run tests [2]"
        int step = 0;
        int index = 0;
        QUrl output; ///< empty: it printed nothing
        bool truncated = false;
        QDateTime startedAt;
    };

    Task<QList<Action>> actions(QString project, QString job);
    static Result<QList<Action>> actionsFrom(const QJsonObject &answer);
    Task<HttpAnswer> output(QString project, QString job, Action action, std::shared_ptr<QList<Action>> renewed);
    static Result<OutputLines> linesOf(const Result<HttpAnswer> &answer, const Action &action, qsizetype most);

    CircleCiApi &m_api;
};

} // namespace Slipway::CircleCi
