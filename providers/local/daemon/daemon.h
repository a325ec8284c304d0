// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/local/daemon/connection.h"
#include "providers/local/daemon/deployer.h"
#include "providers/local/daemon/jobs.h"
#include "providers/local/daemon/lifecycle.h"
#include "providers/local/daemon/supervisor.h"

#include <QHash>
#include <QLocalServer>
#include <QObject>
#include <QSet>
#include <QThreadPool>
#include <QTimer>

#include <functional>
#include <memory>

namespace Slipway {

/// slipwayd: answers clients on its socket; hands what changes something to Jobs, reads by itself. Event loop thread.
class Daemon final : public QObject
{
    Q_OBJECT
public:
    explicit Daemon(const QString &home, QObject *parent = nullptr);
    ~Daemon() override;

    /// Reads the state, cleans up after a crash, listens, brings back what is wanted.
    Result<void> start();
    void stop(); ///< environments run on; the event loop ends

private:
    using Handler = void (Daemon::*)(Connection &, int id, const QJsonObject &);
    using Work = std::function<Result<QJsonObject>(const JobContext &)>;
    static const QHash<QString, Handler> &handlers();

    void accept();
    void handle(Connection &connection, const QJsonObject &request);
    void hello(Connection &connection, int id, const QJsonObject &request);
    void stopCall(Connection &connection, int id, const QJsonObject &request);
    void pipelines(Connection &connection, int id, const QJsonObject &request);
    void observe(Connection &connection, int id, const QJsonObject &request);
    void config(Connection &connection, int id, const QJsonObject &request);
    void logs(Connection &connection, int id, const QJsonObject &request);
    void run(Connection &connection, int id, const QJsonObject &request);
    void changes(Connection &connection, int id, const QJsonObject &request);
    void compare(Connection &connection, int id, const QJsonObject &request);
    void resolve(Connection &connection, int id, const QJsonObject &request);
    void file(Connection &connection, int id, const QJsonObject &request);
    void updateBranch(Connection &connection, int id, const QJsonObject &request);
    void change(Connection &connection, int id, const QJsonObject &request); ///< everything with a ticket

    Result<Jobs::Request> jobOf(const QJsonObject &request);
    Work workOf(const QString &call, const QJsonObject &request);
    Work lifecycleWork(const QString &call, const QString &pipeline, const QString &environment);
    /// Reads on a thread of the pool and answers.
    void query(Connection &connection, int id, const std::function<Result<QJsonObject>()> &read);
    void awaitLogs(Connection &connection, int id, const QJsonObject &request);
    void noteChange(const QString &pipeline);
    void publish();
    void considerIdle();
    void pruneLogs();

    LocalState m_state;
    Launcher m_launcher;
    Deployer m_deployer;
    Lifecycle m_lifecycle;
    std::unique_ptr<Tickets> m_tickets;
    std::unique_ptr<Jobs> m_jobs;
    std::unique_ptr<Supervisor> m_supervisor;
    QLocalServer m_server;
    QSet<Connection *> m_connections;
    QSet<QString> m_changed;
    QTimer m_publish;
    QTimer m_idle;
    QTimer m_daily;
    QThreadPool m_readers;
    Cancel m_cancelReads;
};

} // namespace Slipway
