// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/local/daemon/supervisor.h"

#include "providers/local/client/unixsocket.h"
#include "providers/local/daemon/procfs.h"

#include <QJsonDocument>

#include <algorithm>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

constexpr int kStaggerMs = 250; ///< after a reboot everything is wanted at once
constexpr int kAgainMs = 150; ///< a process that is being killed is still there for a moment
constexpr int kMostRevivals = 5; ///< of one environment within a minute

/// Production comes back first.
int rank(Stage stage)
{
    return stage == Stage::Production ? 0 : stage == Stage::Staging ? 1 : 2;
}

} // namespace

Supervisor::Supervisor(LocalState &state, const Launcher &launcher, const Lifecycle &lifecycle, Jobs &jobs,
                       QObject *parent)
    : QObject(parent)
    , m_state(state)
    , m_launcher(launcher)
    , m_lifecycle(lifecycle)
    , m_jobs(jobs)
{
    m_stagger.setInterval(kStaggerMs);
    m_again.setInterval(kAgainMs);
    m_again.setSingleShot(true);
    connect(&m_stagger, &QTimer::timeout, this, &Supervisor::reviveNext);
    connect(&m_again, &QTimer::timeout, this, &Supervisor::sync);
    connect(&m_jobs, &Jobs::ended, this, &Supervisor::sync);
}

bool Supervisor::anythingWanted() const
{
    const QStringList pipelines = m_state.pipelines();
    return std::any_of(pipelines.cbegin(), pipelines.cend(), [this](const QString &pipeline) {
        const auto all = m_state.environments(pipeline);
        return std::any_of(all.cbegin(), all.cend(), [](const EnvironmentRecord &e) { return e.wanted; });
    });
}

void Supervisor::sync()
{
    QList<EnvironmentRecord> all;
    const QStringList pipelines = m_state.pipelines();
    for (const QString &pipeline : pipelines)
        all += m_state.environments(pipeline);
    std::stable_sort(all.begin(), all.end(),
                     [](const auto &a, const auto &b) { return rank(a.stage) < rank(b.stage); });
    QSet<QString> keys;
    for (const EnvironmentRecord &environment : std::as_const(all)) {
        keys.insert(environment.key());
        if (!m_jobs.isBusy(environment.pipeline, environment.name)) // its job knows better
            syncOne(environment);
    }
    const QStringList watched = m_watches.keys();
    for (const QString &key : watched) {
        if (!keys.contains(key))
            unwatch(key);
    }
}

void Supervisor::syncOne(const EnvironmentRecord &environment)
{
    const QString key = environment.key();
    const bool shouldRun = environment.wanted && environment.failure.isEmpty() && environment.current();
    const auto watched = m_watches.constFind(key);
    if (watched != m_watches.constEnd() && (!shouldRun || watched->run != environment.run))
        unwatch(key);
    if (!shouldRun || m_watches.contains(key))
        return;
    const bool sameBoot = environment.runBoot == bootId();
    if (environment.run > 0 && sameBoot && shimAlive(m_launcher.runFolder(environment, environment.run)))
        watch(environment);
    else
        enqueue(environment);
}

void Supervisor::watch(const EnvironmentRecord &environment)
{
    const QString key = environment.key();
    const int fd = connectUnix(runSocket(m_launcher.runFolder(environment, environment.run)));
    if (fd < 0) { // alive a moment ago, but does not listen: look again
        m_again.start();
        return;
    }
    Watch entry;
    entry.run = environment.run;
    entry.socket = new QLocalSocket(this);
    entry.socket->setSocketDescriptor(fd);
    if (const auto status = readRunStatus(m_launcher.runFolder(environment, environment.run)))
        entry.status = *status;
    const QString pipeline = environment.pipeline;
    connect(entry.socket, &QLocalSocket::readyRead, this, [this, key, pipeline] { read(key, pipeline); });
    connect(entry.socket, &QLocalSocket::disconnected, this, [this, key, pipeline] {
        unwatch(key);
        m_again.start();
        Q_EMIT changed(pipeline);
    });
    entry.socket->write(QByteArrayLiteral("{\"cmd\":\"watch\"}\n"));
    m_watches.insert(key, entry);
    Q_EMIT changed(pipeline);
}

void Supervisor::unwatch(const QString &key)
{
    const Watch entry = m_watches.take(key);
    if (!entry.socket)
        return;
    entry.socket->disconnect(this);
    entry.socket->abort();
    entry.socket->deleteLater();
}

void Supervisor::read(const QString &key, const QString &pipeline)
{
    const auto entry = m_watches.find(key);
    if (entry == m_watches.end())
        return;
    entry->buffer += entry->socket->readAll();
    for (qsizetype end = entry->buffer.indexOf('\n'); end >= 0; end = entry->buffer.indexOf('\n')) {
        const QJsonDocument document = QJsonDocument::fromJson(entry->buffer.left(end));
        entry->buffer.remove(0, end + 1);
        if (document.isObject())
            entry->status = RunStatus::fromJson(document.object());
    }
    Q_EMIT changed(pipeline);
}

void Supervisor::enqueue(const EnvironmentRecord &environment)
{
    const QPair<QString, QString> entry(environment.pipeline, environment.name);
    if (!m_queue.contains(entry))
        m_queue.append(entry);
    if (!m_stagger.isActive()) {
        m_stagger.start();
        QMetaObject::invokeMethod(this, &Supervisor::reviveNext, Qt::QueuedConnection); // the first at once
    }
}

void Supervisor::reviveNext()
{
    if (m_queue.isEmpty()) {
        m_stagger.stop();
        return;
    }
    // The first one may take a while (it asks the login shell for PATH); the next must not overtake it meanwhile.
    if (m_jobs.callOn(m_reviving.first, m_reviving.second) == u"revive")
        return;
    m_reviving = m_queue.takeFirst();
    const auto [pipeline, name] = m_reviving;
    const auto environment = m_state.environment(pipeline, name);
    if (!environment || !environment->wanted || m_watches.contains(environment->key()) || m_jobs.isBusy(pipeline, name))
        return;
    reviveOne(*environment);
}

void Supervisor::reviveOne(const EnvironmentRecord &environment)
{
    const QString pipeline = environment.pipeline;
    const QString name = environment.name;
    Revivals &revivals = m_revivals[environment.key()];
    if (!revivals.since.isValid() || revivals.since.elapsed() > 60000) {
        revivals.count = 0;
        revivals.since.start();
    }
    if (++revivals.count > kMostRevivals) {
        m_state.change(pipeline, name, [](EnvironmentRecord &e) {
            e.failure = u"Its keeper slipway-run ended %1 times within a minute."_s.arg(kMostRevivals);
            e.run = 0;
        });
        return;
    }
    Jobs::Request request;
    request.call = u"revive"_s;
    request.pipeline = pipeline;
    request.environment = name;
    request.words = u"being started again"_s;
    const Lifecycle &lifecycle = m_lifecycle;
    request.work = [&lifecycle, pipeline, name](const JobContext &) -> Result<QJsonObject> {
        const auto done = lifecycle.revive(pipeline, name);
        return done ? Result<QJsonObject>(QJsonObject()) : tl::unexpected(done.error());
    };
    m_jobs.start(request, {});
}

} // namespace Slipway
