// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/local/daemon/daemon.h"

#include "models/domain/json.h"
#include "providers/local/client/unixsocket.h"
#include "providers/local/client/wire.h"
#include "providers/local/daemon/logfiles.h"

#include <QCoreApplication>
#include <QFile>

#include <cerrno>
#include <cstring>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

constexpr int kPublishMs = 50; ///< changes of one moment are one event
constexpr int kIdleMs = 60000;
constexpr int kReaders = 16;
constexpr int kDayMs = 24 * 3600 * 1000;

} // namespace

Daemon::Daemon(const QString &home, QObject *parent)
    : QObject(parent)
    , m_state(home)
    , m_launcher(m_state)
    , m_deployer(m_state, m_launcher)
    , m_lifecycle(m_state, m_launcher)
{
    m_publish.setInterval(kPublishMs);
    m_publish.setSingleShot(true);
    m_idle.setInterval(kIdleMs);
    m_idle.setSingleShot(true);
    m_readers.setMaxThreadCount(kReaders);
    m_daily.setInterval(kDayMs);
    m_daily.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_daily, &QTimer::timeout, this, &Daemon::pruneLogs);
    connect(&m_publish, &QTimer::timeout, this, &Daemon::publish);
    connect(&m_idle, &QTimer::timeout, this, &Daemon::stop);
    connect(&m_server, &QLocalServer::newConnection, this, &Daemon::accept);
}

Daemon::~Daemon()
{
    m_cancelReads.cancel();
    m_readers.waitForDone();
    m_supervisor.reset();
    m_jobs.reset();
}

Result<void> Daemon::start()
{
    if (const auto loaded = m_state.load(); !loaded)
        return loaded;
    m_state.onChanged = [this](const QString &pipeline) {
        QMetaObject::invokeMethod(
            this, [this, pipeline] { noteChange(pipeline); }, Qt::QueuedConnection);
    };
    m_lifecycle.cleanUp();
    m_tickets = std::make_unique<Tickets>(m_state.root() + u"/tickets"_s);
    m_tickets->resolve(m_state);
    m_jobs = std::make_unique<Jobs>(*m_tickets);
    m_supervisor = std::make_unique<Supervisor>(m_state, m_launcher, m_lifecycle, *m_jobs);
    connect(m_jobs.get(), &Jobs::changed, this, &Daemon::noteChange);
    connect(m_jobs.get(), &Jobs::ended, this, &Daemon::considerIdle);
    connect(m_supervisor.get(), &Supervisor::changed, this, &Daemon::noteChange);
    const QString path = daemonSocketPath(m_state.home());
    const int fd = listenUnix(path);
    if (fd < 0 || !m_server.listen(qintptr(fd)))
        return fail(Error::Kind::Storage,
                    u"slipwayd cannot listen on %1: %2."_s.arg(path, QString::fromLocal8Bit(std::strerror(errno))),
                    u"Check that the folder belongs to you."_s);
    m_supervisor->sync();
    considerIdle();
    pruneLogs();
    m_daily.start();
    return {};
}

/// On a thread of the readers: a slow disk must not hold up a client.
void Daemon::pruneLogs()
{
    m_readers.start([this] {
        const QDate today = QDateTime::currentDateTimeUtc().date();
        const QStringList pipelines = m_state.pipelines();
        for (const QString &pipeline : pipelines) {
            const auto environments = m_state.environments(pipeline);
            for (const EnvironmentRecord &environment : environments)
                Slipway::pruneLogs(m_launcher.logFolder(environment), today);
        }
    });
}

void Daemon::stop()
{
    m_server.close();
    QFile::remove(daemonSocketPath(m_state.home()));
    m_cancelReads.cancel();
    m_jobs->stop();
    QCoreApplication::processEvents(QEventLoop::ExcludeSocketNotifiers); // what those jobs had to say
    const auto connections = m_connections;
    for (Connection *connection : connections) {
        connection->send({{u"event"_s, u"stopping"_s}});
        connection->close();
    }
    QCoreApplication::quit();
}

void Daemon::accept()
{
    while (QLocalSocket *socket = m_server.nextPendingConnection()) {
        auto *connection = new Connection(socket, this);
        m_connections.insert(connection);
        connect(connection, &Connection::requested, this,
                [this, connection](const QJsonObject &request) { handle(*connection, request); });
        connect(connection, &Connection::gone, this, [this, connection] {
            m_connections.remove(connection);
            connection->deleteLater();
            considerIdle();
        });
    }
    m_idle.stop();
}

void Daemon::considerIdle()
{
    if (m_connections.isEmpty() && m_jobs->isEmpty() && !m_supervisor->anythingWanted())
        m_idle.start();
    else
        m_idle.stop();
}

void Daemon::noteChange(const QString &pipeline)
{
    m_changed.insert(pipeline);
    if (!m_publish.isActive())
        m_publish.start();
}

void Daemon::publish()
{
    for (const QString &pipeline : std::as_const(m_changed)) {
        for (Connection *connection : std::as_const(m_connections))
            connection->send({{u"event"_s, u"changed"_s}, {u"pipeline"_s, pipeline}});
    }
    m_changed.clear();
}

const QHash<QString, Daemon::Handler> &Daemon::handlers()
{
    static const QHash<QString, Handler> all{
        {u"hello"_s, &Daemon::hello},
        {u"stop"_s, &Daemon::stopCall},
        {u"pipelines"_s, &Daemon::pipelines},
        {u"observe"_s, &Daemon::observe},
        {u"config"_s, &Daemon::config},
        {u"logs"_s, &Daemon::logs},
        {u"run"_s, &Daemon::run},
        {u"changes"_s, &Daemon::changes},
        {u"compare"_s, &Daemon::compare},
        {u"resolve"_s, &Daemon::resolve},
        {u"setUp"_s, &Daemon::change},
        {u"removePipeline"_s, &Daemon::change},
        {u"clone"_s, &Daemon::change},
        {u"deploy"_s, &Daemon::change},
        {u"rollBack"_s, &Daemon::change},
        {u"suspend"_s, &Daemon::change},
        {u"resume"_s, &Daemon::change},
        {u"restart"_s, &Daemon::change},
        {u"shutDown"_s, &Daemon::change},
        {u"patchConfig"_s, &Daemon::change},
        {u"file"_s, &Daemon::file},
        {u"replaceData"_s, &Daemon::change},
        {u"updateBranch"_s, &Daemon::updateBranch},
    };
    return all;
}

void Daemon::handle(Connection &connection, const QJsonObject &request)
{
    const int id = request.value(u"id"_s).toInt();
    const QString call = request.value(u"call"_s).toString();
    const auto handler = handlers().constFind(call);
    if (handler == handlers().constEnd()) {
        connection.answer(id,
                          fail(Error::Kind::Unsupported, u"This slipwayd does not know “%1”."_s.arg(call),
                               u"Stop it with `slipwayd --stop`; the next start is of your Slipway's version."_s));
        return;
    }
    (this->*handler.value())(connection, id, request);
}

void Daemon::hello(Connection &connection, int id, const QJsonObject &)
{
    connection.answer(id,
                      QJsonObject{{u"protocol"_s, kWireProtocol},
                                  {u"version"_s, QStringLiteral(SLIPWAY_VERSION)},
                                  {u"pid"_s, qint64(QCoreApplication::applicationPid())}});
}

void Daemon::stopCall(Connection &connection, int id, const QJsonObject &)
{
    connection.answer(id, QJsonObject());
    QMetaObject::invokeMethod(this, &Daemon::stop, Qt::QueuedConnection);
}

} // namespace Slipway
