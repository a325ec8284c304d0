// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/local/daemon/deployer.h"

#include "models/domain/plaintext.h"
#include "providers/local/daemon/logfiles.h"
#include "providers/local/daemon/ports.h"
#include "providers/local/daemon/procfs.h"

#include <QUuid>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

constexpr int kKeptReleases = 10; ///< of each pipeline, besides all that an environment points at
constexpr int kPhaseLines = 30;

} // namespace

Result<Release> Deployer::deploy(const Request &request, const JobContext &job) const
{
    const auto environment = m_state.environment(request.pipeline, request.environment);
    if (!environment)
        return tl::unexpected(environment.error());
    if (const auto folders = m_launcher.checkFolders(*environment); !folders)
        return tl::unexpected(folders.error());
    const auto source = obtain(request, job);
    if (!source)
        return tl::unexpected(source.error());
    const auto config =
        completeConfig(*environment, m_state.config(request.pipeline, request.environment), source->artifact.directory);
    if (!config)
        return tl::unexpected(config.error());
    Release release;
    release.number = environment->nextNumber();
    release.version = source->version;
    release.artifact = source->artifact.identity;
    release.artifactLabel = source->artifact.label;
    release.uncommitted = source->uncommitted;
    release.change = source->change;
    release.note = source->note;
    const auto app = m_launcher.open(*environment, release, source->artifact.directory, *config);
    if (!app)
        return tl::unexpected(app.error());
    return activate(*app, job);
}

Result<Release> Deployer::rollBack(const QString &pipeline, const QString &name, int number, bool withConfig,
                                   const JobContext &job) const
{
    const auto environment = m_state.environment(pipeline, name);
    if (!environment)
        return tl::unexpected(environment.error());
    if (number == 0 && environment->releases.size() > 1)
        number = environment->releases.at(environment->releases.size() - 2).release.number;
    const ReleaseRecord *earlier = environment->releaseNumbered(number);
    if (!earlier)
        return fail(Error::Kind::NotFound,
                    number ? u"“%1” has no release v%2."_s.arg(name).arg(number)
                           : u"“%1” has no earlier release to go back to."_s.arg(name),
                    u"`slipwayctl releases` lists the ones there are."_s);
    const auto artifact = m_launcher.releases(pipeline).find(earlier->release.artifact);
    if (!artifact)
        return fail(Error::Kind::NotFound, u"The files of v%1 of “%2” are no longer kept."_s.arg(number).arg(name),
                    u"Deploy its version again."_s);
    const auto values = withConfig ? configOf(*environment, earlier->release) : m_state.config(pipeline, name);
    const auto config = completeConfig(*environment, values, artifact->directory);
    if (!config)
        return tl::unexpected(config.error());
    Release release = earlier->release;
    release.number = environment->nextNumber();
    release.note =
        withConfig ? u"Rolled back to v%1 with its config"_s.arg(number) : u"Rolled back to v%1"_s.arg(number);
    const auto app = m_launcher.open(*environment, release, artifact->directory, *config);
    if (!app)
        return tl::unexpected(app.error());
    return activate(*app, job);
}

Result<Release> Deployer::patchConfig(const QString &pipeline, const QString &name, const ConfigValues &set,
                                      const QStringList &unset, const JobContext &job) const
{
    const auto environment = m_state.environment(pipeline, name);
    if (!environment)
        return tl::unexpected(environment.error());
    const auto before = m_state.config(pipeline, name);
    if (!before)
        return tl::unexpected(before.error());
    ConfigValues values = *before;
    values.insert(set);
    for (const QString &key : unset)
        values.remove(key);
    const ReleaseRecord *current = environment->current();
    if (!current) { // nothing runs: the first deploy will take it
        const auto saved = m_state.saveConfig(pipeline, name, values);
        return saved ? Result<Release>(Release()) : tl::unexpected(saved.error());
    }
    const auto running = m_launcher.openCurrent(*environment);
    if (!running)
        return tl::unexpected(running.error());
    Application app = *running;
    QStringList words;
    for (auto it = set.cbegin(); it != set.cend(); ++it)
        words.append(u"set "_s + it.key());
    for (const QString &key : unset)
        words.append(u"unset "_s + key);
    app.config = values;
    app.release.number = environment->nextNumber();
    app.release.note = u"Config: "_s + words.join(u", "_s);
    if (environment->wanted || !environment->failure.isEmpty()) // the new values may be what it lacked
        return activate(app, job);
    return record(app, job, [](EnvironmentRecord &) {}); // asleep: it wakes up with the new values
}

/// The config an earlier release ran with.
Result<ConfigValues> Deployer::configOf(const EnvironmentRecord &environment, const Release &release) const
{
    const auto values = m_state.releaseConfig(environment.pipeline, environment.name, release.number);
    if (values || values.error().kind() != Error::Kind::NotFound)
        return values;
    return fail(Error::Kind::NotFound,
                u"The config of v%1 of “%2” is no longer kept."_s.arg(release.number).arg(environment.name),
                u"Roll back without it, then set what differs."_s);
}

/// `config` with the secrets that app.json wants made up for each environment.
Result<ConfigValues> Deployer::completeConfig(const EnvironmentRecord &environment, const Result<ConfigValues> &config,
                                              const QString &directory) const
{
    if (!config)
        return config;
    const auto manifest = AppManifest::read(directory);
    if (!manifest)
        return tl::unexpected(manifest.error());
    ConfigValues values = *config;
    const QMap<QString, QString> defaults = manifest->defaults();
    for (const DeclaredVariable &variable : manifest->env) {
        if (variable.secret && !values.contains(variable.name))
            values.insert(variable.name, defaults.value(variable.name));
    }
    const QStringList missing = manifest->missing(values);
    if (!missing.isEmpty())
        return fail(
            Error::Kind::Invalid,
            u"“%1” has no value for %2, which app.json requires."_s.arg(environment.name, missing.join(u", "_s)),
            u"Set it with `slipwayctl config %1 set %2=…`, then deploy again."_s.arg(environment.key(),
                                                                                     missing.first()));
    return values;
}

Result<void> Deployer::releasePhase(const Application &app, const JobContext &job) const
{
    const ProcfileEntry *phase = app.procfile.release();
    if (!phase)
        return {};
    job.progress(u"Release phase: %1"_s.arg(phase->command));
    LogWriter log(m_launcher.logFolder(app.environment), u"release"_s);
    log.write(u"v%1: %2"_s.arg(app.release.number).arg(phase->command), 's');
    QStringList last;
    const auto sink = [&log, &last](const QString &text, bool isError) {
        log.write(text, isError ? 'e' : 'o');
        last.append(plainText(text.toUtf8()));
        if (last.size() > kPhaseLines)
            last.removeFirst();
    };
    const auto status = m_launcher.runOnce(app, phase->command, job.cancel, sink);
    if (!status)
        return tl::unexpected(status.error());
    log.write(u"ended with status %1"_s.arg(*status), 's');
    if (*status != 0)
        return fail(Error::Kind::Failed,
                    u"The release phase of “%1” failed (status %2)."_s.arg(app.environment.name).arg(*status),
                    u"Mend what its last lines say and deploy again."_s, last.join(u'\n'));
    return {};
}

Result<void> Deployer::tryOut(const Application &app, const JobContext &job) const
{
    job.progress(u"Trying v%1 out beside the running release"_s.arg(app.release.number));
    const auto port = choosePort(QUuid::createUuid().toString(), m_state.takenPorts());
    if (!port)
        return tl::unexpected(port.error());
    const auto run = m_launcher.startTryOut(app, *port);
    if (!run)
        return tl::unexpected(run.error());
    const auto live = m_launcher.awaitLive(app, *run, *port, job.cancel);
    const auto stopped = m_launcher.stop(app.environment, *run);
    if (!live)
        return tl::unexpected(live.error());
    return stopped;
}

Result<Release> Deployer::activate(const Application &app, const JobContext &job) const
{
    const EnvironmentRecord &environment = app.environment;
    if (const auto folders = m_launcher.checkFolders(environment); !folders)
        return tl::unexpected(folders.error());
    if (const auto phase = releasePhase(app, job); !phase)
        return tl::unexpected(phase.error());
    const bool wasLive = environment.wanted && environment.run > 0 && environment.failure.isEmpty()
        && shimAlive(m_launcher.runFolder(environment, environment.run));
    if (wasLive && app.hasWeb()) {
        if (const auto tried = tryOut(app, job); !tried)
            return tl::unexpected(tried.error());
    }
    if (job.cancel.isCancelled())
        return fail(Error::Kind::Cancelled, u"The deploy to “%1” was cancelled."_s.arg(environment.name));
    return switchTo(app, wasLive, job);
}

Result<Release> Deployer::switchTo(const Application &app, bool wasLive, const JobContext &job) const
{
    const EnvironmentRecord &environment = app.environment;
    job.progress(u"Starting v%1"_s.arg(app.release.number));
    if (environment.run > 0) {
        if (const auto stopped = m_launcher.stop(environment, environment.run); !stopped)
            return tl::unexpected(stopped.error());
    }
    const auto run = m_launcher.start(app);
    Result<bool> live = false;
    if (run) {
        job.progress(u"Waiting until v%1 answers"_s.arg(app.release.number));
        live = m_launcher.awaitLive(app, *run, environment.port, job.cancel);
    } else {
        live = tl::unexpected(run.error());
    }
    if (live) {
        const auto released = record(app, job, [&](EnvironmentRecord &e) {
            e.run = *run;
            e.runBoot = bootId();
            e.wanted = true;
            e.failure.clear();
            e.ipv6 = *live;
        });
        if (released)
            afterwards(app, job);
        return released;
    }
    if (run)
        m_launcher.stop(environment, *run);
    if (wasLive) {
        bringBack(environment);
    } else if (!environment.current() && live.error().kind() == Error::Kind::Failed) {
        // Nothing to fall back to: the failed release stays on the card, its logs beside it.
        record(app, job, [&](EnvironmentRecord &e) {
            e.run = 0;
            e.wanted = false;
            e.failure = live.error().message();
            e.releases.last().ticket.clear(); // the same ticket asked again is a new try
        });
    } else {
        m_state.change(environment.pipeline, environment.name, [](EnvironmentRecord &e) { e.run = 0; });
    }
    return tl::unexpected(live.error());
}

/// The release that served before the switch, started again where it was.
void Deployer::bringBack(const EnvironmentRecord &environment) const
{
    QString failure;
    int run = 0;
    bool ipv6 = environment.ipv6;
    const auto before = m_launcher.openCurrent(environment);
    if (before) {
        const auto started = m_launcher.start(*before);
        const auto live = started ? m_launcher.awaitLive(*before, *started, environment.port, Cancel())
                                  : tl::unexpected(started.error());
        run = started ? *started : 0;
        ipv6 = live ? *live : ipv6;
        failure = live ? QString() : live.error().message();
    } else {
        failure = before.error().message();
    }
    m_state.change(environment.pipeline, environment.name, [&](EnvironmentRecord &e) {
        e.run = run;
        e.runBoot = bootId();
        e.ipv6 = ipv6;
        e.failure = failure;
    });
}

/// Config first, then the release: a crash between the two leaves the old release with values it will be asked for
/// again.
Result<Release> Deployer::record(const Application &app, const JobContext &job,
                                 const std::function<void(EnvironmentRecord &)> &edit) const
{
    const EnvironmentRecord &environment = app.environment;
    const auto before = m_state.config(environment.pipeline, environment.name);
    if (!before || *before != app.config) {
        if (const auto saved = m_state.saveConfig(environment.pipeline, environment.name, app.config); !saved)
            return tl::unexpected(saved.error());
    }
    if (const auto kept =
            m_state.saveReleaseConfig(environment.pipeline, environment.name, app.release.number, app.config);
        !kept)
        return tl::unexpected(kept.error());
    ReleaseRecord entry{app.release, job.ticket};
    entry.release.config = m_state.hashesOf(app.config);
    entry.release.at = QDateTime::currentDateTimeUtc();
    entry.release.by = job.by;
    const auto saved = m_state.change(environment.pipeline, environment.name, [&](EnvironmentRecord &e) {
        e.releases.append(entry);
        for (qsizetype i = 0; i < e.releases.size() - kKeptReleases; ++i) { // as long as their artifacts
            Release &old = e.releases[i].release;
            if (!old.config.isEmpty())
                m_state.forgetReleaseConfig(e.pipeline, e.name, old.number);
            old.config.clear();
        }
        e.stateSince = entry.release.at;
        edit(e);
    });
    if (!saved)
        return tl::unexpected(saved.error());
    return entry.release;
}

/// What follows a release that is live; its failure is told in the log and undoes nothing.
void Deployer::afterwards(const Application &app, const JobContext &job) const
{
    const EnvironmentRecord &environment = app.environment;
    if (!environment.postdeployDone) {
        m_state.change(environment.pipeline, environment.name, [](EnvironmentRecord &e) { e.postdeployDone = true; });
        if (!app.manifest.postdeploy.isEmpty()) {
            job.progress(u"After the first deploy: %1"_s.arg(app.manifest.postdeploy));
            LogWriter log(m_launcher.logFolder(environment), u"release"_s);
            log.write(u"postdeploy: %1"_s.arg(app.manifest.postdeploy), 's');
            const auto status =
                m_launcher.runOnce(app, app.manifest.postdeploy, job.cancel,
                                   [&log](const QString &text, bool isError) { log.write(text, isError ? 'e' : 'o'); });
            log.write(status ? u"ended with status %1"_s.arg(*status) : status.error().message(), 's');
        }
    }
    QSet<QString> used;
    const auto environments = m_state.environments(environment.pipeline);
    for (const EnvironmentRecord &other : environments) {
        if (other.current())
            used.insert(other.current()->release.artifact);
        for (qsizetype i = qMax<qsizetype>(0, other.releases.size() - kKeptReleases); i < other.releases.size(); ++i)
            used.insert(other.releases.at(i).release.artifact);
    }
    m_launcher.releases(environment.pipeline).prune(used, kKeptReleases);
}

} // namespace Slipway
