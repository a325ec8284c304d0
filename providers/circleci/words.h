// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/ci.h"

#include <QString>

/// CircleCI's words for how things are (source: circleci.md, "Workflows" and "Jobs"). One that is not known stays as it
/// is and counts as CiState::Unknown.
namespace Slipway::CircleCi {

enum class Phase {
    Going, ///< runs, or will by itself
    Held, ///< waits for somebody's approval
    Passed,
    Failed, ///< ended; no success without somebody's doing
    Cancelled,
    Nothing, ///< ended without having run anything
    Unknown
};

/// Of a workflow. "failing" goes on, although it can only fail: see failing().
Phase workflowPhase(const QString &status);
bool failing(const QString &status);
bool isOver(Phase phase); ///< for good, but for a rerun, which is another workflow

CiState jobState(const QString &status); ///< None: it does not run
QString jobWords(const QString &status); ///< "timed out", "waits for approval"

} // namespace Slipway::CircleCi
