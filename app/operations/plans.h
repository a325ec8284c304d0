// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/operations/step.h"
#include "models/board/boardreader.h"
#include "models/domain/intent.h"

#include <QCoreApplication>

namespace Slipway {

/// One function a kind of intent. The intent is complete: names that may be left out were filled in by admit().
Plan planClone(const CloneIntent &intent);
Plan planDeploy(const DeployIntent &intent);
Plan planPromote(const PromoteIntent &intent);
Plan planRollBack(const RollBackIntent &intent);
Plan planLifecycle(const LifecycleIntent &intent);
Plan planConfig(const ConfigIntent &intent);
Plan planScale(const ScaleIntent &intent);
Plan planReview(const ReviewIntent &intent);
Plan planSetUp(const SetUpIntent &intent);
Plan planRemove(const RemovePipelineIntent &intent, const BoardReader &reader);
Plan planUpdate(const UpdateIntent &intent);
Plan planReset(const ResetIntent &intent);
Plan planSendBack(const SendBackIntent &intent);

/// What steps are called, for translators: one context for all plans.
struct PlanTr
{
    Q_DECLARE_TR_FUNCTIONS(Slipway::Plan)
};

Plan planFor(const Intent &intent, const BoardReader &reader);

} // namespace Slipway
