// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/local/daemon/launcher.h"

namespace Slipway {

/// What makes a new release of an environment live. Blocking; called from job threads, one at a time per environment.
class Deployer
{
public:
    Deployer(LocalState &state, const Launcher &launcher)
        : m_state(state)
        , m_launcher(launcher)
    { }

    struct Request
    {
        QString pipeline;
        QString environment;
        QString version;
        QString directory;
        QString archive; ///< of `version`, when its repository is not this pipeline's
        QString artifactOf;
        QString artifact;
        Change change;
        QString note;
    };

    Result<Release> deploy(const Request &request, const JobContext &job) const;
    Result<Release> rollBack(const QString &pipeline, const QString &environment, int number, bool withConfig,
                             const JobContext &job) const;
    Result<Release> patchConfig(const QString &pipeline, const QString &environment, const ConfigValues &set,
                                const QStringList &unset, const JobContext &job) const;

private:
    struct Source
    {
        Artifact artifact;
        QString version;
        bool uncommitted = false;
        Change change;
        QString note;
    };
    Result<Source> obtain(const Request &request, const JobContext &job) const;
    Result<Source> fromVersion(const Request &request, const JobContext &job) const;
    Result<Source> fromArchive(const Request &request, const JobContext &job) const;
    Result<Source> fromDirectory(const Request &request, const JobContext &job) const;
    Result<Source> fromEnvironment(const Request &request) const;
    Result<Source> built(Source source, const Tree &tree, const Request &request, const JobContext &job) const;

    /// Release phase, try-out, switch, record. The old release serves on when it fails.
    Result<Release> activate(const Application &app, const JobContext &job) const;
    Result<void> releasePhase(const Application &app, const JobContext &job) const;
    Result<void> tryOut(const Application &app, const JobContext &job) const;
    Result<Release> switchTo(const Application &app, bool wasLive, const JobContext &job) const;
    void bringBack(const EnvironmentRecord &environment) const;
    Result<Release> record(const Application &app, const JobContext &job,
                           const std::function<void(EnvironmentRecord &)> &edit) const;
    void afterwards(const Application &app, const JobContext &job) const;
    Result<ConfigValues> completeConfig(const EnvironmentRecord &environment, const Result<ConfigValues> &values,
                                        const QString &directory) const;
    Result<ConfigValues> configOf(const EnvironmentRecord &environment, const Release &release) const;

    LocalState &m_state;
    const Launcher &m_launcher;
};

} // namespace Slipway
