// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/operations/cistates.h"

#include "app/operations/observation.h"

#include <algorithm>

namespace Slipway {

namespace {

using States = QHash<QString, CiStatus>;

constexpr int kMostChanges = 20; ///< open ones, newest first, that are asked about: CircleCI wants a request for each

/// What is known to have passed, by version.
States passedOf(const StepContext &c)
{
    States passed;
    const auto keep = [&passed](const QString &version, const CiStatus &ci) {
        if (ci.state == CiState::Passed)
            passed.insert(version, ci);
    };
    const QList<Environment> environments = c.cache->environments(c.pipeline.name);
    for (const Environment &environment : environments) {
        if (environment.release)
            keep(environment.release->version, environment.ci);
    }
    const QList<Change> changes = c.cache->changes(c.pipeline.name);
    for (const Change &change : changes)
        keep(change.head, change.ci);
    return passed;
}

QList<CiCommit> toAsk(const Snapshot &snapshot, const States &known)
{
    QList<CiCommit> commits;
    const auto add = [&](const QString &version, const QString &branch) {
        const bool there = std::any_of(commits.cbegin(), commits.cend(),
                                       [&version](const CiCommit &one) { return one.version == version; });
        if (!version.isEmpty() && !known.contains(version) && !there)
            commits.append({version, branch});
    };
    for (const Environment &environment : snapshot.environments)
        add(environment.commit(), environment.release ? environment.release->change.branch : QString());
    const QList<Change> changes = snapshot.changes.value_or(QList<Change>()).mid(0, kMostChanges);
    for (const Change &change : changes)
        add(change.head, change.branch);
    return commits;
}

void write(Snapshot *snapshot, const States &states)
{
    const CiStatus unknown{CiState::Unknown, {}, {}, {}};
    for (Environment &environment : snapshot->environments) {
        const QString version = environment.commit();
        environment.ci = version.isEmpty() ? CiStatus() : states.value(version, unknown);
    }
    if (!snapshot->changes)
        return;
    for (Change &change : *snapshot->changes)
        change.ci = states.value(change.head, unknown);
}

} // namespace

Task<void> learnCi(StepContext c, Snapshot *snapshot)
{
    const RemoteProject project = ciOf(c.pipeline);
    if (project.account.isEmpty())
        co_return Result<void>();
    States states = passedOf(c);
    const QList<CiCommit> commits = toAsk(*snapshot, states);
    if (commits.isEmpty()) {
        write(snapshot, states);
        co_return Result<void>();
    }
    const std::function<Task<States>(CiProvider &)> ask = [id = project.id, commits](CiProvider &ci) {
        return ci.states(id, commits);
    };
    const auto answer = co_await onCi<States>(c, ask);
    if (answer)
        states.insert(*answer);
    write(snapshot, states);
    if (AccountHost *host = ciHost(c); host && host != c.host)
        tellAccount(c, host->account(), answer ? nullptr : &answer.error(), {});
    co_return Result<void>();
}

} // namespace Slipway
