// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/ci.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonObject>

/// What GitHub says of checks, as values. Two things are called so: commit statuses, which anybody with a token writes
/// (CircleCI does), and check runs, which apps write (GitHub Actions do).
namespace Slipway::GitHub {

/// The status that carries a verdict (DESIGN section 7): it is no check.
inline constexpr QLatin1String kAcceptance("slipway/acceptance");
bool isAcceptance(const QString &context); ///< contexts do not differ by case

/// What is first made of a run when all jobs are looked at together. Cancelled ones count as failed, as GitHub counts
/// them; skipped ones count for nothing.
enum class Weight { Nothing, Good, Open, Bad, Unknown };
CiState together(const QList<Weight> &weights); ///< None when none of them counts

CiState stateFromRollup(const QString &state); ///< GraphQL's StatusState; empty: None
Weight weightOfStatus(const QString &state); ///< "success", "PENDING" …: of both APIs

/// Jobs and what they weigh, of one place that runs them.
struct CheckedRun
{
    CiRun run;
    QList<Weight> weights;
};

/// All commit statuses but ours as one run; nullopt when there are none.
std::optional<CheckedRun> runOfStatuses(const QJsonArray &statuses);
/// Check runs by their suites. `workflows`: the Actions runs of the commit, which lend names and what can be done.
QList<CheckedRun> runsOfChecks(const QJsonArray &checkRuns, const QJsonArray &workflows);
/// Where check runs are closed to the token: Actions runs alone, without their jobs.
QList<CheckedRun> runsOfWorkflows(const QJsonArray &workflows);

/// State, jobs passed and failed of all runs together.
CiStatus summed(const QList<CheckedRun> &runs);

/// "actions/123": an Actions run that can be started again; other ids name what only its own service can start.
QString actionsRunId(const QString &workflowRun);
/// The number in it; empty for any other id.
QString workflowRunOf(const QString &runId);

} // namespace Slipway::GitHub
