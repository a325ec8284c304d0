// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/operations/step.h"
#include "models/domain/merge.h"

namespace Slipway {

/// Asks the source once more whether the pull request can be merged; true: it is, at this head. Blocked says by what it
/// cannot; Conflict: its branch moved on.
Task<bool> checkMerge(StepContext c, PullRequestMerge merge);

/// Merges it; what was merged already at this head is not merged again. Facts: "code", the merge.
Task<QJsonObject> mergePullRequest(StepContext c, PullRequestMerge merge);

/// Deletes its branch, unless somebody pushed to it meanwhile.
Task<QJsonObject> deleteMergedBranch(StepContext c, PullRequestMerge merge);

} // namespace Slipway
