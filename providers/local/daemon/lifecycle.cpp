// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/local/daemon/lifecycle.h"

#include "providers/machine/filetree.h"
#include "providers/local/daemon/logfiles.h"
#include "providers/local/daemon/mirrors.h"
#include "providers/local/daemon/procfs.h"
#include "providers/local/daemon/statefile.h"

#include <QDir>
#include <QFile>

namespace Slipway {

using namespace Qt::StringLiterals;

Result<void> Lifecycle::suspend(const QString &pipeline, const QString &name) const
{
    const auto environment = m_state.environment(pipeline, name);
    if (!environment)
        return tl::unexpected(environment.error());
    // What is wanted first: a crash in between must not wake it up again.
    const auto asleep = m_state.change(pipeline, name, [](EnvironmentRecord &e) {
        e.wanted = false;
        e.failure.clear();
        e.stateSince = QDateTime::currentDateTimeUtc();
    });
    if (!asleep)
        return tl::unexpected(asleep.error());
    if (const auto stopped = stopRuns(*environment); !stopped)
        return stopped;
    const auto saved = m_state.change(pipeline, name, [](EnvironmentRecord &e) { e.run = 0; });
    return saved ? Result<void>() : tl::unexpected(saved.error());
}

Result<void> Lifecycle::stopRuns(const EnvironmentRecord &environment) const
{
    const QList<int> runs = m_launcher.runs(environment);
    for (const int run : runs) {
        if (const auto stopped = m_launcher.stop(environment, run); !stopped)
            return stopped;
    }
    return {};
}

Result<void> Lifecycle::start(const EnvironmentRecord &environment, const JobContext &job) const
{
    const auto app = m_launcher.openCurrent(environment);
    if (!app)
        return tl::unexpected(app.error());
    job.progress(u"Starting v%1"_s.arg(app->release.number));
    const auto run = m_launcher.start(*app);
    Result<bool> live = false;
    if (run) {
        m_state.change(environment.pipeline, environment.name, [&](EnvironmentRecord &e) {
            e.run = *run;
            e.runBoot = bootId();
        });
        job.progress(u"Waiting until it answers"_s);
        live = m_launcher.awaitLive(*app, *run, environment.port, job.cancel);
        if (!live)
            m_launcher.stop(environment, *run);
    } else {
        live = tl::unexpected(run.error());
    }
    const auto saved = m_state.change(environment.pipeline, environment.name, [&](EnvironmentRecord &e) {
        e.run = live ? *run : 0;
        e.failure = live ? QString() : live.error().message();
        e.ipv6 = live ? *live : e.ipv6;
        e.stateSince = QDateTime::currentDateTimeUtc();
    });
    if (!live)
        return tl::unexpected(live.error());
    return saved ? Result<void>() : tl::unexpected(saved.error());
}

Result<void> Lifecycle::resume(const QString &pipeline, const QString &name, const JobContext &job) const
{
    const auto environment = m_state.environment(pipeline, name);
    if (!environment)
        return tl::unexpected(environment.error());
    if (environment->wanted && environment->failure.isEmpty() && environment->run > 0
        && shimAlive(m_launcher.runFolder(*environment, environment->run)))
        return {}; // awake already
    return restart(pipeline, name, job);
}

Result<void> Lifecycle::restart(const QString &pipeline, const QString &name, const JobContext &job) const
{
    const auto known = m_state.environment(pipeline, name);
    if (!known)
        return tl::unexpected(known.error());
    if (!known->current())
        return fail(Error::Kind::Invalid, u"Nothing is deployed to “%1” yet."_s.arg(name),
                    u"Deploy a version to it first."_s);
    const auto wanted = m_state.change(pipeline, name, [](EnvironmentRecord &e) { e.wanted = true; });
    if (!wanted)
        return tl::unexpected(wanted.error());
    if (const auto stopped = stopRuns(*wanted); !stopped)
        return stopped;
    return start(*wanted, job);
}

Result<void> Lifecycle::revive(const QString &pipeline, const QString &name) const
{
    const auto environment = m_state.environment(pipeline, name);
    if (!environment)
        return tl::unexpected(environment.error());
    endLeftovers(*environment);
    const auto app = m_launcher.openCurrent(*environment);
    const auto run = app ? m_launcher.start(*app) : tl::unexpected(app.error());
    if (run)
        LogWriter(m_launcher.logFolder(*environment), u"slipway"_s)
            .write(u"Started again after its processes were gone"_s, 's');
    const auto saved = m_state.change(pipeline, name, [&](EnvironmentRecord &e) {
        e.run = run ? *run : 0;
        e.runBoot = bootId();
        e.failure = run ? QString() : run.error().message();
        e.stateSince = QDateTime::currentDateTimeUtc();
    });
    if (!run)
        return tl::unexpected(run.error());
    return saved ? Result<void>() : tl::unexpected(saved.error());
}

void Lifecycle::endLeftovers(const EnvironmentRecord &environment) const
{
    const QList<int> runs = m_launcher.runs(environment);
    for (const int run : runs) {
        const QString folder = m_launcher.runFolder(environment, run);
        const bool serves =
            environment.wanted && run == environment.run && environment.runBoot == bootId() && shimAlive(folder);
        if (!serves)
            m_launcher.stop(environment, run);
    }
}

Result<void> Lifecycle::shutDown(const QString &pipeline, const QString &name, const JobContext &job) const
{
    const auto environment = m_state.environment(pipeline, name);
    if (!environment) {
        const bool gone = environment.error().kind() == Error::Kind::NotFound;
        return gone ? Result<void>() : tl::unexpected(environment.error());
    }
    if (environment->current() && environment->wanted) {
        const auto app = m_launcher.openCurrent(*environment);
        if (app && !app->manifest.preDestroy.isEmpty()) {
            job.progress(u"Before shutting down: %1"_s.arg(app->manifest.preDestroy));
            m_launcher.runOnce(*app, app->manifest.preDestroy, job.cancel, {});
        }
    }
    const auto going = m_state.change(pipeline, name, [](EnvironmentRecord &e) {
        e.removing = true;
        e.wanted = false;
    });
    if (!going)
        return tl::unexpected(going.error());
    job.progress(u"Stopping its processes"_s);
    return discard(*going);
}

/// Stops what runs, then moves the folder out of the way before deleting it: a crash leaves no half environment.
Result<void> Lifecycle::discard(const EnvironmentRecord &environment) const
{
    const QList<int> runs = m_launcher.runs(environment);
    for (const int run : runs) {
        if (const auto stopped = stopRun(m_launcher.runFolder(environment, run), kLeftoverGraceMs); !stopped)
            return stopped;
    }
    const QString folder = m_state.environmentFolder(environment.pipeline, environment.name);
    const auto onDisk = readState(folder + u"/environment.json"_s);
    if (onDisk && onDisk->value(u"id"_s).toString() != environment.id)
        return fail(Error::Kind::Conflict, u"%1 holds another environment than the one to shut down."_s.arg(folder),
                    u"Nothing was removed; look at the folder."_s);
    const QString removed = m_state.pipelineFolder(environment.pipeline) + u"/removed"_s;
    if (const auto made = makeFolder(removed); !made)
        return made;
    const QString aside = removed + u'/' + environment.id;
    if (QFile::exists(folder) && !QFile::rename(folder, aside))
        return fail(Error::Kind::Storage, u"%1 cannot be removed."_s.arg(folder),
                    u"Check that its files belong to you."_s);
    m_state.forgetEnvironment(environment.pipeline, environment.name);
    return deleteTree(aside);
}

Result<void> Lifecycle::discardPipeline(const QString &name) const
{
    const QString removed = m_state.root() + u"/removed"_s;
    if (const auto made = makeFolder(removed); !made)
        return made;
    const QString aside = removed + u'/' + name + u'-' + QString::number(QDateTime::currentMSecsSinceEpoch());
    const QString folder = m_state.pipelineFolder(name);
    if (QFile::exists(folder) && !QFile::rename(folder, aside))
        return fail(Error::Kind::Storage, u"%1 cannot be removed."_s.arg(folder),
                    u"Check that its files belong to you."_s);
    m_state.forgetPipeline(name);
    return deleteTree(aside);
}

Result<void> Lifecycle::removePipeline(const QString &name) const
{
    if (!m_state.isKnown(name))
        return {}; // gone already
    const auto pipeline = m_state.pipeline(name);
    if (!pipeline)
        return tl::unexpected(pipeline.error());
    QStringList left;
    const auto environments = m_state.environments(name);
    for (const EnvironmentRecord &environment : environments) {
        if (environment.current())
            left.append(environment.name);
    }
    if (!left.isEmpty())
        return fail(Error::Kind::Conflict, u"“%1” still has environments: %2."_s.arg(name, left.join(u", "_s)),
                    u"Shut them down first."_s);
    for (const EnvironmentRecord &environment : environments) {
        if (const auto gone = discard(environment); !gone)
            return gone;
    }
    return discardPipeline(name);
}

void Lifecycle::cleanUp() const
{
    deleteTree(m_state.root() + u"/removed"_s);
    const QStringList pipelines = m_state.pipelines();
    for (const QString &name : pipelines) {
        deleteTree(m_state.pipelineFolder(name) + u"/removed"_s);
        deleteTree(mergeFolder(m_state, name));
        const auto pipeline = m_state.pipeline(name);
        const auto environments = m_state.environments(name);
        for (const EnvironmentRecord &environment : environments) {
            if (environment.creating || environment.removing || (pipeline && pipeline->creating)) {
                discard(environment);
            } else {
                endLeftovers(environment);
                putBack(environment);
            }
        }
        if (pipeline && pipeline->creating)
            discardPipeline(name);
        else
            m_launcher.releases(name).prune({}, INT_MAX); // scratch folders of builds that died with the daemon
    }
}

} // namespace Slipway
