// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/change.h"
#include "models/domain/ci.h"

#include <QDateTime>
#include <QHash>
#include <QList>
#include <QString>
#include <QUrl>

#include <optional>

namespace Slipway {

enum class Stage { Development, Staging, Production };
QString toString(Stage stage); ///< "development", "staging", "production": the contract of `status --json`
std::optional<Stage> stageFromString(const QString &text);

enum class EnvironmentState { Running, Deploying, Suspended, Stopped, Crashed, Unknown };
QString toString(EnvironmentState state); ///< "running" …: the contract of `status --json`
EnvironmentState environmentStateFromString(const QString &text); ///< Unknown for anything else

/// One numbered state of an environment: artifact + config.
struct Release
{
    int number = 0; ///< 7 is shown as "v7"
    QString version; ///< full commit SHA; for an uploaded directory the commit it is based on (may be empty)
    QString artifact; ///< identity of the built form; equal identity means identical bytes
    QString artifactLabel; ///< short human form of the identity
    bool uncommitted = false; ///< built from a directory with changes that no commit holds
    Change change; ///< what was deployed, as known at that time; change.title is never empty for a real release
    QDateTime at; ///< UTC
    /// UTC; when its code came here, where this release changed the config alone; invalid: it brought the code itself.
    QDateTime deployedAt = {};
    QString by; ///< who asked
    QString note; ///< "Promoted from dev1 v3", "Rolled back to v2"
    QHash<QString, QString> config = {}; ///< as Environment::config, of this release; empty where a provider keeps none

    /// Full SHA of the commit that it is; empty: not known, or it holds work that no commit holds.
    QString commit() const { return uncommitted ? QString() : version; }
    /// Since when this code runs here, UTC.
    QDateTime codeSince() const { return deployedAt.isValid() ? deployedAt : at; }
    /// What a verdict is bound to: the artifact, else the version.
    QString identity() const { return artifact.isEmpty() ? version : artifact; }
    friend bool operator==(const Release &, const Release &) = default;
};

/// A process type of the running release.
struct Process
{
    QString type; ///< "web", "worker"
    int count = 1;
    QString state; ///< "running", "starting", "crashed", "stopped"
    int restarts = 0; ///< since the release started
    friend bool operator==(const Process &, const Process &) = default;
};

/// A named, uniquely addressable deploy of the application, as its provider last described it.
struct Environment
{
    QString pipeline; ///< Slipway's name of the pipeline
    QString name; ///< unique in the pipeline
    Stage stage = Stage::Development;
    QString provider; ///< kind of the account that serves it: "local"
    EnvironmentState state = EnvironmentState::Unknown;
    QString stateText; ///< why, in a sentence: "The process web exits at once (status 1)"; may be empty
    QDateTime stateSince; ///< UTC; invalid when unknown
    QUrl address;
    QUrl directAddress; ///< plain loopback address; empty where a provider has none
    std::optional<Release> release; ///< the current one; none before the first deploy
    QList<Process> processes;
    QString clonedFrom; ///< "staging v12"; empty for production and staging
    QString dataNote; ///< "copied from staging", "seed data", "none"
    CiStatus ci;
    std::optional<int> ahead; ///< commits: dev against staging, staging against production
    std::optional<int> behind;
    bool live = false; ///< of dev and staging: every production has the code that it runs
    /// Config keys -> keyed hash of the value: tells equal from different, never the value itself.
    QHash<QString, QString> config;
    QDateTime createdAt;
    QString platform = {}; ///< what it runs on, where that can differ: "heroku-24, Node.js"; empty: the same everywhere
    QString notPromotable = {}; ///< why its artifact cannot be released elsewhere, a sentence; empty: it can
    QDateTime lastActiveAt = {}; ///< UTC: somebody used it (a request, a line of its web log); invalid when unknown

    QString id() const { return pipeline + QLatin1Char('/') + name; }
    QString commit() const { return release ? release->commit() : QString(); } ///< of its release
    friend bool operator==(const Environment &, const Environment &) = default;
};

/// "pipeline/environment" taken apart; both empty when the text has not that shape.
struct EnvironmentRef
{
    QString pipeline;
    QString name;
    static EnvironmentRef parse(const QString &id);
    bool isValid() const { return !pipeline.isEmpty() && !name.isEmpty(); }
};

/// Everything a provider account knows of one pipeline at one moment. What is absent here is gone there.
struct Snapshot
{
    QString pipeline;
    QString account;
    QDateTime asOf; ///< UTC
    QList<Environment> environments;
    QHash<QString, QList<Release>> releases; ///< by environment name, newest first
    std::optional<QList<Change>> changes; ///< newest first; nullopt: not asked this time, keep what is known
    /// slipway.json at the head of the main branch; empty: there is none; nullopt: not asked this time.
    std::optional<QByteArray> teamFile = {};

    const Environment *environment(const QString &name) const; ///< nullptr when there is none
    friend bool operator==(const Snapshot &, const Snapshot &) = default;
};

} // namespace Slipway
