// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/local/daemon/launcher.h"
#include "providers/local/artifact/writableview.h"

#include "providers/machine/childprocess.h"
#include "providers/local/artifact/envfile.h"
#include "providers/machine/filetree.h"
#include "providers/local/daemon/ports.h"
#include "providers/local/daemon/procfs.h"
#include "providers/local/daemon/statefile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QUuid>

#include <algorithm>
#include <cerrno>

#include <sys/stat.h>
#include <unistd.h>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace { } // namespace

QByteArray hostOf(const EnvironmentRecord &environment)
{
    return u"%1.%2.localhost:%3"_s.arg(environment.name, environment.pipeline).arg(environment.port).toLatin1();
}

QUrl addressOf(const EnvironmentRecord &environment)
{
    return QUrl(u"http://"_s + QString::fromLatin1(hostOf(environment)));
}

QUrl directAddressOf(const EnvironmentRecord &environment)
{
    return QUrl(u"http://%1:%2"_s.arg(environment.ipv6 ? u"[::1]"_s : u"127.0.0.1"_s).arg(environment.port));
}

Result<Application> Launcher::open(const EnvironmentRecord &environment, const Release &release,
                                   const QString &directory, const ConfigValues &config) const
{
    Application app;
    app.environment = environment;
    app.release = release;
    app.directory = directory;
    app.config = config;
    const auto procfile = Procfile::read(directory);
    if (!procfile)
        return tl::unexpected(procfile.error());
    app.procfile = *procfile;
    const auto manifest = AppManifest::read(directory);
    if (!manifest)
        return tl::unexpected(manifest.error());
    app.manifest = *manifest;
    return app;
}

Result<Application> Launcher::openCurrent(const EnvironmentRecord &environment) const
{
    const ReleaseRecord *current = environment.current();
    if (!current)
        return fail(Error::Kind::Invalid, u"Nothing is deployed to “%1” yet."_s.arg(environment.name),
                    u"Deploy a version to it first."_s);
    const auto artifact = releases(environment.pipeline).find(current->release.artifact);
    if (!artifact)
        return fail(Error::Kind::NotFound,
                    u"The files of v%1 of “%2” are gone."_s.arg(current->release.number).arg(environment.name),
                    u"Deploy its version again."_s);
    const auto config = m_state.config(environment.pipeline, environment.name);
    if (!config)
        return tl::unexpected(config.error());
    return open(environment, current->release, artifact->directory, *config);
}

QMap<QString, QString> Launcher::variables(const Application &app, int port) const
{
    const EnvironmentRecord &environment = app.environment;
    QMap<QString, QString> all = cleanEnvironment();
    const QString data = dataFolder(environment);
    all[u"HOST"_s] = u"127.0.0.1"_s;
    all[u"SLIPWAY_ENV"_s] = environment.name;
    all[u"SLIPWAY_PIPELINE"_s] = environment.pipeline;
    all[u"SLIPWAY_STAGE"_s] = toString(environment.stage);
    all[u"SLIPWAY_URL"_s] = addressOf(environment).toString();
    all[u"SLIPWAY_INTERNAL_URL"_s] = directAddressOf(environment).toString();
    all[u"SLIPWAY_COMMIT"_s] = app.release.version;
    all[u"SLIPWAY_RELEASE"_s] = u"v%1"_s.arg(app.release.number);
    all[u"DATA_DIR"_s] = data;
    all[u"PYTHONUNBUFFERED"_s] = u"1"_s;
    all[u"PYTHONDONTWRITEBYTECODE"_s] = u"1"_s;
    all[u"HOME"_s] = m_state.environmentFolder(environment.pipeline, environment.name);
    all.insert(app.manifest.dataVariables(data));
    if (const auto file = readEnvFile(app.directory))
        all.insert(*file);
    for (const DeclaredVariable &variable : app.manifest.env) {
        if (!variable.secret && !variable.value.isEmpty())
            all[variable.name] = variable.value;
    }
    all.insert(app.config);
    all[u"PORT"_s] = QString::number(port); // whatever the config says: this is where Slipway looks for it
    all[u"WEB_PORT"_s] = QString::number(port);
    return all;
}

QString Launcher::dataFolder(const EnvironmentRecord &environment) const
{
    return m_state.environmentFolder(environment.pipeline, environment.name) + u"/data"_s;
}

QString Launcher::logFolder(const EnvironmentRecord &environment) const
{
    return m_state.environmentFolder(environment.pipeline, environment.name) + u"/logs"_s;
}

QString Launcher::runFolder(const EnvironmentRecord &environment, int run) const
{
    return u"%1/runs/%2"_s.arg(m_state.environmentFolder(environment.pipeline, environment.name)).arg(run);
}

QList<int> Launcher::runs(const EnvironmentRecord &environment) const
{
    QList<int> numbers;
    const QDir folder(m_state.environmentFolder(environment.pipeline, environment.name) + u"/runs"_s);
    const auto names = folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot | QDir::NoSymLinks);
    for (const QString &name : names) {
        if (name.toInt() > 0)
            numbers.append(name.toInt());
    }
    return numbers;
}

ReleaseStore Launcher::releases(const QString &pipeline) const
{
    return ReleaseStore(m_state.pipelineFolder(pipeline));
}

Result<void> Launcher::checkFolders(const EnvironmentRecord &environment) const
{
    for (const QString &folder : {dataFolder(environment), logFolder(environment)}) {
        if (const auto made = makeFolder(folder); !made)
            return made;
        const QByteArray name = QFile::encodeName(folder);
        if (::access(name.constData(), R_OK | W_OK | X_OK) != 0)
            return fail(Error::Kind::Storage,
                        u"The folder %1 of “%2” cannot be read and written."_s.arg(folder, environment.name),
                        u"Give your user read and write permission to it (chmod u+rwx), then try again."_s);
    }
    return {};
}

Result<void> Launcher::checkPort(const EnvironmentRecord &environment) const
{
    if (portIsFree(environment.port))
        return {};
    const QString owner = ownerOfPort(environment.port);
    return fail(Error::Kind::Conflict,
                owner.isEmpty()
                    ? u"Port %1 of “%2” is taken by another program."_s.arg(environment.port).arg(environment.name)
                    : u"Port %1 of “%2” is taken by %3."_s.arg(environment.port).arg(environment.name, owner),
                u"End that program, then restart the environment."_s);
}

Result<int> Launcher::newRun(const EnvironmentRecord &environment) const
{
    const QList<int> used = runs(environment);
    int number = 1 + std::max(environment.run, used.isEmpty() ? 0 : *std::max_element(used.cbegin(), used.cend()));
    if (const auto made = makeFolder(QFileInfo(runFolder(environment, number)).path()); !made)
        return tl::unexpected(made.error());
    // A one-off command may want a number at the same moment as a deploy: each gets one of its own.
    while (::mkdir(QFile::encodeName(runFolder(environment, number)).constData(), 0700) != 0 && errno == EEXIST)
        ++number;
    if (const auto made = makeFolder(runFolder(environment, number)); !made)
        return tl::unexpected(made.error());
    return number;
}

Result<QString> Launcher::viewOf(const Application &app, int run) const
{
    const QString writable = m_state.environmentFolder(app.environment.pipeline, app.environment.name) + u"/writable"_s;
    return writableView(app.directory, app.manifest.writable, writable, runFolder(app.environment, run) + u"/app"_s);
}

QList<RunProcess> Launcher::processesOf(const Application &app, const QString &directory) const
{
    const QMap<QString, QString> all = variables(app, app.environment.port);
    QList<RunProcess> processes;
    const QList<ProcfileEntry> entries = app.procfile.processes();
    for (const ProcfileEntry &entry : entries) {
        // One port, so one web process; the others as many as the formation says.
        const int count = entry.type == u"web" ? 1 : qBound(0, app.manifest.formation.value(entry.type, 1), 64);
        RunProcess process{{}, entry.type, entry.command, directory, all, app.manifest.after.value(entry.type)};
        if (entry.type == u"web") {
            process.port = app.environment.port;
            process.host = hostOf(app.environment);
            process.path = app.manifest.health;
        }
        for (int i = 1; i <= count; ++i) {
            process.name = u"%1.%2"_s.arg(entry.type).arg(i);
            processes.append(process);
        }
    }
    return processes;
}

Result<int> Launcher::start(const Application &app) const
{
    if (const auto folders = checkFolders(app.environment); !folders)
        return tl::unexpected(folders.error());
    if (const auto port = checkPort(app.environment); !port)
        return tl::unexpected(port.error());
    const auto run = newRun(app.environment);
    if (!run)
        return run;
    const auto view = viewOf(app, *run);
    if (!view)
        return tl::unexpected(view.error());
    RunSpec spec;
    spec.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    spec.folder = runFolder(app.environment, *run);
    spec.logs = logFolder(app.environment);
    spec.processes = processesOf(app, *view);
    if (const auto started = startRun(spec); !started) {
        stop(app.environment, *run);
        return tl::unexpected(started.error());
    }
    return run;
}

Result<int> Launcher::startTryOut(const Application &app, int port) const
{
    const auto run = newRun(app.environment);
    if (!run)
        return run;
    const auto view = viewOf(app, *run);
    if (!view)
        return tl::unexpected(view.error());
    RunSpec spec;
    spec.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    spec.folder = runFolder(app.environment, *run);
    spec.logs = logFolder(app.environment);
    spec.giveUpAtOnce = true;
    spec.processes = {{u"try-out"_s, u"web"_s, app.procfile.find(u"web"_s)->command, *view, variables(app, port)}};
    if (const auto started = startRun(spec); !started) {
        stop(app.environment, *run);
        return tl::unexpected(started.error());
    }
    return run;
}

Result<void> Launcher::stop(const EnvironmentRecord &environment, int run) const
{
    const QString folder = runFolder(environment, run);
    if (const auto stopped = stopRun(folder, kLeftoverGraceMs); !stopped)
        return stopped;
    return deleteTree(folder);
}

Result<int> Launcher::runOnce(const Application &app, const QString &command, const Cancel &cancel,
                              const LineSink &sink) const
{
    const auto run = newRun(app.environment);
    if (!run)
        return run;
    const auto view = viewOf(app, *run);
    if (!view)
        return tl::unexpected(view.error());
    RunSpec spec; // for the daemon that comes after a crash of this one: what carries this id is a leftover
    spec.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    spec.folder = runFolder(app.environment, *run);
    spec.logs = logFolder(app.environment);
    spec.oneshot = true;
    if (const auto written = writeRunSpec(spec); !written)
        return tl::unexpected(written.error());
    ChildSpec child;
    child.program = u"/bin/sh"_s;
    child.arguments = {u"-c"_s, command};
    child.directory = *view;
    child.environment = variables(app, app.environment.port);
    child.environment[u"SLIPWAY_RUN_ID"_s] = spec.id;
    child.guarded = true;
    const auto ran = runChild(child, cancel, sink);
    stop(app.environment, *run);
    if (!ran)
        return tl::unexpected(ran.error());
    return ran->status;
}

} // namespace Slipway
