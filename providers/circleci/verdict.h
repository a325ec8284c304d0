// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/ci.h"
#include "providers/circleci/records.h"
#include "providers/circleci/webaddress.h"
#include "providers/circleci/words.h"

#include <QHash>

#include <optional>

namespace Slipway::CircleCi {

/// What is known of one commit.
struct Checks
{
    QList<WorkflowRecord> runs; ///< those that count: of each name the newest
    QHash<QString, QList<JobRecord>> jobs; ///< by workflow; of those that were asked about
    std::optional<PipelineRecord> errored; ///< the newest pipeline, which could not start
    std::optional<PipelineRecord> starting; ///< one whose workflows are still to come
};

/// Adds the workflows of a pipeline; give the newest pipeline first. Setup workflows count only when they are all there
/// is; of several tries of a workflow, in one pipeline or in several, the newest one counts.
void addPipeline(Checks &checks, const PipelineRecord &pipeline, const QList<WorkflowRecord> &workflows);

/// How a workflow that waits for approval stands. Approvals, and what waits for them, are left out: Passed when
/// something ran and nothing of it failed. (A commit that waits to be deployed by CircleCI has been checked.)
CiState heldState(const QList<JobRecord> &jobs);

/// Failed as soon as one workflow can only fail; Unknown when one was cancelled, or says what nobody knows. The jobs
/// are counted once every workflow has ended or waits for approval, all its jobs are known, and one of them says why.
CiStatus statusOf(const Checks &checks, const WebAddress &web);

/// Whether the jobs are worth a request for statusOf().
bool wantsJobs(const Checks &checks);

} // namespace Slipway::CircleCi
