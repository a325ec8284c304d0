// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/environment.h"
#include "models/domain/error.h"
#include "models/domain/logline.h"

#include <QObject>
#include <QTimer>

namespace Slipway {

class LogModel;
class Session;

/// Keeps the LogModel filled with the log of the one environment that the inspector shows: the last lines first, then
/// whatever comes, by asking the provider to answer when there is something new. GUI thread.
class LogFollower final : public QObject
{
    Q_OBJECT
public:
    LogFollower(Session &session, LogModel &model, QObject *parent = nullptr);

    /// Clears the model and follows this environment; an empty id stops.
    void follow(const QString &environmentId, LogKind kind);

private:
    void ask();
    void take(int generation, const Result<LogPage> &page);

    Session &m_session;
    LogModel &m_model;
    EnvironmentRef m_environment;
    LogKind m_kind = LogKind::Runtime;
    QString m_cursor;
    int m_generation = 0; ///< answers to a question about an earlier environment are dropped
    QTimer m_retry; ///< after an error only: while all is well the provider paces us
};

} // namespace Slipway
