// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/local/daemon/jobs.h"
#include "providers/local/daemon/lifecycle.h"

#include <QElapsedTimer>
#include <QHash>
#include <QLocalSocket>
#include <QObject>
#include <QTimer>

namespace Slipway {

/// Keeps what is wanted running: watches the shims that live, starts again what is gone, and says how each environment
/// is. Event loop thread.
class Supervisor final : public QObject
{
    Q_OBJECT
public:
    Supervisor(LocalState &state, const Launcher &launcher, const Lifecycle &lifecycle, Jobs &jobs,
               QObject *parent = nullptr);

    /// Compares what is wanted with what is watched. After the start, after jobs, after a loss.
    void sync();
    bool anythingWanted() const;

    Snapshot snapshot(const QString &pipeline) const;

Q_SIGNALS:
    void changed(const QString &pipeline);

private:
    struct Watch
    {
        int run = 0;
        QLocalSocket *socket = nullptr;
        QByteArray buffer;
        RunStatus status;
    };
    struct Revivals
    {
        int count = 0;
        QElapsedTimer since;
    };

    void syncOne(const EnvironmentRecord &environment);
    void watch(const EnvironmentRecord &environment);
    void unwatch(const QString &key);
    void read(const QString &key, const QString &pipeline);
    void enqueue(const EnvironmentRecord &environment);
    void reviveNext();
    void reviveOne(const EnvironmentRecord &environment);
    Environment describe(const EnvironmentRecord &record) const;
    void describeState(Environment &environment, const EnvironmentRecord &record) const;
    void describeProcesses(Environment &environment, const RunStatus &status, const QDateTime &since) const;

    LocalState &m_state;
    const Launcher &m_launcher;
    const Lifecycle &m_lifecycle;
    Jobs &m_jobs;
    QHash<QString, Watch> m_watches; ///< by "pipeline/environment"
    QHash<QString, Revivals> m_revivals;
    QList<QPair<QString, QString>> m_queue; ///< to be started again: pipeline, environment
    QPair<QString, QString> m_reviving; ///< the last one taken from there
    QTimer m_stagger;
    QTimer m_again;
};

} // namespace Slipway
