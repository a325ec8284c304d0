// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/local/daemon/health.h"
#include "providers/local/daemon/launcher.h"
#include "providers/local/daemon/logfiles.h"
#include "providers/local/daemon/procfs.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QThread>

#include <algorithm>

// The part of Launcher that decides whether what was started is live, and says why when it is not.
namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

constexpr int kStaysUpMs = 5000; ///< an application without web is live when its processes ran this long
constexpr int kShownLines = 50;

/// The first process that ended since the run was started.
std::optional<RunProcessStatus> endedProcess(const QString &folder, bool webOnly)
{
    const auto status = readRunStatus(folder);
    if (!status)
        return std::nullopt;
    const auto hit =
        std::find_if(status->processes.cbegin(), status->processes.cend(), [webOnly](const RunProcessStatus &p) {
            const bool toBeStarted = p.state == u"waiting" || (p.state == u"stopped" && p.pid == 0);
            return (!webOnly || p.type == u"web") && (p.restarts > 0 || (p.state != u"running" && !toBeStarted));
        });
    return hit == status->processes.cend() ? std::nullopt : std::optional(*hit);
}

/// The first process that still waits for those it starts after.
std::optional<RunProcessStatus> waitingProcess(const QString &folder)
{
    const auto status = readRunStatus(folder);
    if (!status)
        return std::nullopt;
    const auto hit = std::find_if(status->processes.cbegin(), status->processes.cend(),
                                  [](const RunProcessStatus &p) { return p.state == u"waiting"; });
    return hit == status->processes.cend() ? std::nullopt : std::optional(*hit);
}

QString portsText(const QList<Listener> &listeners)
{
    QStringList ports;
    for (const Listener &listener : listeners) {
        if (const QString text = QString::number(listener.port); !ports.contains(text))
            ports.append(text);
    }
    return ports.join(u", "_s);
}

} // namespace

Error Launcher::notLive(const Application &app, int run, int port, const Health &health, const QDateTime &since) const
{
    const QString folder = runFolder(app.environment, run);
    const auto ended = endedProcess(folder, app.hasWeb());
    const auto status = readRunStatus(folder);
    const QString name = ended                   ? ended->name
        : status && !status->processes.isEmpty() ? status->processes.first().name
                                                 : u"web.1"_s;
    const QString detail = lastLines(logFolder(app.environment), name, since, kShownLines).join(u'\n');
    const QString label = app.hasWeb() ? u"web process"_s : u"process %1"_s.arg(name);
    if (ended)
        return Error(Error::Kind::Failed,
                     ended->ending().isEmpty() ? u"The %1 ended at once."_s.arg(label)
                                               : u"The %1 ended at once (%2)."_s.arg(label, ended->ending()),
                     u"Its last lines say why; mend it and deploy again."_s, detail);
    if (!shimAlive(folder))
        return Error(Error::Kind::Failed, u"The %1 ended: its keeper slipway-run is gone."_s.arg(label),
                     u"Try again."_s, detail);
    if (const auto waiting = waitingProcess(folder); waiting && (waiting->type == u"web" || !app.hasWeb()))
        return Error(Error::Kind::Failed,
                     u"The process %1 was not started within %2 s: it waits until %3 is ready."_s.arg(waiting->name)
                         .arg(app.manifest.healthTimeout)
                         .arg(app.manifest.after.value(waiting->type).join(u", "_s)),
                     u"Look why that one does not stay up, or mend \"after\" in slipway.json."_s, detail);
    if (health.last.accepts) {
        const QString path = app.manifest.health.isEmpty() ? u"/"_s : app.manifest.health;
        return Error(
            Error::Kind::Failed,
            health.last.status ? u"The web process answers GET %1 with status %2."_s.arg(path).arg(health.last.status)
                               : u"The web process accepts connections but does not answer GET %1."_s.arg(path),
            u"A release counts as live when it answers %1."_s.arg(
                app.manifest.health.isEmpty() ? u"with a status below 500"_s : u"with a status of 2xx or 3xx"_s),
            detail);
    }
    const QList<Listener> elsewhere = listenersOf(processesOfRun(runIdOf(folder)));
    if (!elsewhere.isEmpty())
        return Error(
            Error::Kind::Failed,
            u"The web process listens on %1; Slipway expects it on $PORT (%2)."_s.arg(portsText(elsewhere)).arg(port),
            u"Let the application listen on the port that the variable PORT names."_s, detail);
    return Error(
        Error::Kind::Failed,
        u"The web process did not listen on $PORT (%1) within %2 s."_s.arg(port).arg(app.manifest.healthTimeout),
        u"Let the application listen on the port that the variable PORT names."_s, detail);
}

Result<bool> Launcher::awaitLive(const Application &app, int run, int port, const Cancel &cancel) const
{
    const QString folder = runFolder(app.environment, run);
    const QDateTime since = QFileInfo(folder + u"/spec.json"_s).lastModified().toUTC();
    const bool web = app.hasWeb();
    const auto over = [&] { return cancel.isCancelled() || endedProcess(folder, web) || !shimAlive(folder); };
    Health health;
    if (web) {
        health =
            waitHealthy({port, hostOf(app.environment), app.manifest.health, app.manifest.healthTimeout * 1000}, over);
    } else {
        QElapsedTimer clock;
        clock.start();
        const auto waits = [&] {
            return clock.elapsed() < app.manifest.healthTimeout * 1000LL && waitingProcess(folder);
        };
        while ((clock.elapsed() < kStaysUpMs || waits()) && !over())
            QThread::msleep(50);
        health.healthy = !over() && !waitingProcess(folder);
    }
    if (health.healthy)
        return health.ipv6;
    if (cancel.isCancelled())
        return fail(Error::Kind::Cancelled, u"The deploy to “%1” was cancelled."_s.arg(app.environment.name));
    return tl::unexpected(notLive(app, run, port, health, since));
}

} // namespace Slipway
