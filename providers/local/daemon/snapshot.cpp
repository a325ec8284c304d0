// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/local/daemon/activity.h"
#include "providers/local/daemon/supervisor.h"

// The part of Supervisor that puts what it sees into words.
namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

QString processState(const RunProcessStatus &process)
{
    if (process.state == u"backoff" || process.state == u"waiting")
        return u"starting"_s;
    return process.state == u"exited" ? u"stopped"_s : process.state;
}

/// One entry a type: as many as run alike; one that does worse decides its state.
void addProcess(QList<Process> &all, const Process &one)
{
    for (Process &known : all) {
        if (known.type != one.type)
            continue;
        ++known.count;
        known.restarts += one.restarts;
        if (known.state == u"running")
            known.state = one.state;
        return;
    }
    all.append(one);
}

QString label(const RunProcessStatus &process)
{
    return process.type == u"web" ? u"web process"_s : u"process %1"_s.arg(process.name);
}

QString lastWith(const RunProcessStatus &process)
{
    const QString ending = process.ending();
    return ending.isEmpty() ? QString() : u", last with "_s + ending;
}

} // namespace

Snapshot Supervisor::snapshot(const QString &pipeline) const
{
    Snapshot snapshot;
    snapshot.pipeline = pipeline;
    snapshot.asOf = QDateTime::currentDateTimeUtc();
    const auto environments = m_state.environments(pipeline);
    for (const EnvironmentRecord &record : environments) {
        if (record.removing)
            continue;
        snapshot.environments.append(describe(record));
        QList<Release> releases;
        for (auto it = record.releases.crbegin(); it != record.releases.crend(); ++it)
            releases.append(it->release);
        snapshot.releases.insert(record.name, releases);
    }
    return snapshot;
}

Environment Supervisor::describe(const EnvironmentRecord &record) const
{
    Environment environment;
    environment.pipeline = record.pipeline;
    environment.name = record.name;
    environment.stage = record.stage;
    environment.provider = u"local"_s;
    environment.address = addressOf(record);
    environment.directAddress = directAddressOf(record);
    if (record.current())
        environment.release = record.current()->release;
    environment.clonedFrom = record.clonedFrom;
    environment.dataNote = record.dataNote;
    environment.createdAt = record.createdAt;
    environment.stateSince = record.stateSince;
    environment.lastActiveAt = lastActive(m_launcher.logFolder(record), record.stateSince);
    environment.config = m_state.configHashes(record.pipeline, record.name);
    describeState(environment, record);
    return environment;
}

void Supervisor::describeState(Environment &environment, const EnvironmentRecord &record) const
{
    const QString call = m_jobs.callOn(record.pipeline, record.name);
    const auto watched = m_watches.constFind(record.key());
    const bool alive = watched != m_watches.constEnd();
    if (alive)
        describeProcesses(environment, watched->status, record.stateSince);
    if (record.creating || (!call.isEmpty() && call != u"suspend" && call != u"shutDown")) {
        environment.state = EnvironmentState::Deploying;
        environment.stateText =
            record.creating && call.isEmpty() ? u"Being made"_s : m_jobs.progressOf(record.pipeline, record.name);
    } else if (!record.failure.isEmpty()) {
        environment.state = EnvironmentState::Crashed;
        environment.stateText = record.failure;
    } else if (!record.current()) {
        environment.state = EnvironmentState::Stopped;
        environment.stateText = u"Nothing is deployed yet"_s;
    } else if (!record.wanted) {
        environment.state = EnvironmentState::Suspended;
    } else if (!alive) {
        environment.state = EnvironmentState::Deploying;
        environment.stateText = u"Starting"_s;
    }
}

void Supervisor::describeProcesses(Environment &environment, const RunStatus &status, const QDateTime &since) const
{
    environment.state = EnvironmentState::Running;
    for (const RunProcessStatus &process : status.processes) {
        addProcess(environment.processes, {process.type, 1, processState(process), process.restarts});
        const bool web = process.type == u"web";
        if (process.state == u"crashed") {
            environment.stateText = u"The %1 ended %2 times in a row%3."_s.arg(label(process))
                                        .arg(qMax(1, process.restarts))
                                        .arg(lastWith(process));
        } else if (process.state == u"backoff") {
            environment.stateText =
                u"The %1 ended%2; it is being started again."_s.arg(label(process), lastWith(process));
        } else {
            continue;
        }
        if (web || process.state == u"crashed") {
            environment.state = EnvironmentState::Crashed;
            environment.stateSince = qMax(since, process.since);
        }
    }
}

} // namespace Slipway
