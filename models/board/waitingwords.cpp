// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/board/waitingwords.h"

#include "models/domain/json.h"

#include <QCoreApplication>

namespace Slipway {

namespace {

struct WaitingTr
{
    Q_DECLARE_TR_FUNCTIONS(Slipway::Waiting)
};

/// Whether a check that does not hold keeps an entry from going: a warning passes with the reason it came with.
bool stops(const Policy &policy, const char *check, const QueueEntry &entry)
{
    const PolicyLevel level = policy.level(QLatin1String(check));
    return level == PolicyLevel::Block || (level == PolicyLevel::Warn && entry.reason.trimmed().isEmpty());
}

QString ownProblem(const std::optional<Card> &waiting, const QueueEntry &entry, const Policy &policy)
{
    if (!waiting)
        return WaitingTr::tr("Its dev environment is gone: take it out of the queue");
    const QString &name = waiting->environment.name;
    if (waiting->operation && waiting->operation->isActive())
        return WaitingTr::tr("%1 is busy: %2").arg(name, waiting->operation->title);
    if (waiting->verdict.state == VerdictState::ChangesRequested)
        return WaitingTr::tr("Changes were requested on %1").arg(name);
    if (waiting->verdict.state != VerdictState::Accepted && stops(policy, "verdict", entry)) {
        return waiting->earlier.state == VerdictState::Accepted
            ? WaitingTr::tr("%1 changed since it was accepted: accept it again").arg(name)
            : WaitingTr::tr("%1 is not accepted yet").arg(name);
    }
    if (waiting->environment.state != EnvironmentState::Running)
        return WaitingTr::tr("%1 does not run").arg(name);
    if (waiting->environment.behind.value_or(0) > 0 && stops(policy, "contains-staging", entry))
        return WaitingTr::tr("%1 lacks what staging runs: update it from staging").arg(name);
    return {};
}

} // namespace

QString waitsFor(const BoardReader &reader, const QString &pipeline, const Policy &policy, const QueueEntry &entry,
                 const std::optional<Card> &waiting, const StagingGauge &gauge, const QString &first)
{
    if (const QString problem = ownProblem(waiting, entry, policy); !problem.isEmpty())
        return problem;
    if (!first.isEmpty())
        return WaitingTr::tr("“%1” goes first").arg(first);
    if (gauge.hold) {
        return gauge.hold->reason.isEmpty()
            ? WaitingTr::tr("%1 holds staging").arg(gauge.hold->by)
            : WaitingTr::tr("%1 holds staging: %2").arg(gauge.hold->by, gauge.hold->reason);
    }
    const auto staging = reader.environmentAt(pipeline, Stage::Staging);
    if (staging) {
        const bool same = staging->release && waiting->environment.release && !staging->release->artifact.isEmpty()
            && staging->release->artifact == waiting->environment.release->artifact;
        if (same)
            return WaitingTr::tr("Staging runs this very artifact already: take it out of the queue");
        const auto operation = reader.store().activeOperation(staging->id());
        if (operation)
            return WaitingTr::tr("Staging is busy: %1").arg(operation->title);
    }
    if (!gauge.changesAhead)
        return WaitingTr::tr("It is not known how far staging is ahead of production");
    if (!gauge.isClean()) {
        return *gauge.changesAhead == 1
            ? WaitingTr::tr("Staging is 1 change ahead of production")
            : WaitingTr::tr("Staging is %1 changes ahead of production").arg(*gauge.changesAhead);
    }
    const QString tried = reader.store().ruleNotes(pipeline, QStringLiteral("queue")).value(entry.environment);
    if (policy.queueStarts() && tried == queueTurn(entry, *waiting))
        return WaitingTr::tr(
            "It was started by itself and did not arrive: move it yourself, or put it in the queue again");
    return {};
}

QString queueTurn(const QueueEntry &entry, const Card &waiting)
{
    return waiting.version() + u' ' + toIso(entry.since);
}

} // namespace Slipway
