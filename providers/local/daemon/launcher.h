// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/local/artifact/appmanifest.h"
#include "providers/machine/cancel.h"
#include "providers/local/artifact/procfile.h"
#include "providers/local/artifact/releasestore.h"
#include "providers/local/daemon/localstate.h"
#include "providers/local/daemon/shim.h"

#include <QUrl>

#include <functional>

namespace Slipway {

constexpr int kLeftoverGraceMs = 4000; ///< more than a guard takes to end its command

struct Health;

/// What a job knows of the one who asked.
struct JobContext
{
    QString ticket;
    QString by;
    const Cancel &cancel;
    std::function<void(const QString &)> progress; ///< a sentence; thread-safe
};

/// A release of an environment, ready to be started: what its files say and the variables its processes get.
struct Application
{
    EnvironmentRecord environment;
    Release release;
    QString directory; ///< of the artifact, read-only
    Procfile procfile;
    AppManifest manifest;
    ConfigValues config;

    bool hasWeb() const { return procfile.find(QStringLiteral("web")); }
};

QByteArray hostOf(const EnvironmentRecord &environment); ///< "dev1.shop.localhost:20012"
QUrl addressOf(const EnvironmentRecord &environment);
QUrl directAddressOf(const EnvironmentRecord &environment);

/// Starts and stops the processes of environments and watches them come up. Blocking; called from job threads.
class Launcher
{
public:
    explicit Launcher(LocalState &state)
        : m_state(state)
    { }

    /// Reads Procfile and manifests of an artifact. Errors name file and line.
    Result<Application> open(const EnvironmentRecord &environment, const Release &release, const QString &directory,
                             const ConfigValues &config) const;
    /// The current release of an environment, with its config.
    Result<Application> openCurrent(const EnvironmentRecord &environment) const;

    QMap<QString, QString> variables(const Application &app, int port) const;
    QString dataFolder(const EnvironmentRecord &environment) const;
    QString logFolder(const EnvironmentRecord &environment) const;
    QString runFolder(const EnvironmentRecord &environment, int run) const;
    QList<int> runs(const EnvironmentRecord &environment) const;
    ReleaseStore releases(const QString &pipeline) const;

    /// Data and log folders exist and can be used.
    Result<void> checkFolders(const EnvironmentRecord &environment) const;
    /// Error Conflict names the port and, if it can be seen, who has it.
    Result<void> checkPort(const EnvironmentRecord &environment) const;

    /// Starts a run and answers its number. The environment's record is not touched.
    Result<int> start(const Application &app) const;
    /// Starts the web process alone on `port`, as "try-out".
    Result<int> startTryOut(const Application &app, int port) const;
    /// Until the run is live: web answers, or workers stayed up. Answers whether web listens on ::1 only.
    Result<bool> awaitLive(const Application &app, int run, int port, const Cancel &cancel) const;
    /// Stops a run and removes its folder.
    Result<void> stop(const EnvironmentRecord &environment, int run) const;

    /// Runs a command of the application to its end with its release, config and data; the lines go to `sink`.
    Result<int> runOnce(const Application &app, const QString &command, const Cancel &cancel,
                        const LineSink &sink) const;

private:
    Result<QString> viewOf(const Application &app, int run) const;
    Result<int> newRun(const EnvironmentRecord &environment) const;
    QList<RunProcess> processesOf(const Application &app, const QString &directory) const;
    Error notLive(const Application &app, int run, int port, const Health &health, const QDateTime &since) const;

    LocalState &m_state;
};

} // namespace Slipway
