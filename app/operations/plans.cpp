// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/operations/plans.h"

namespace Slipway {

namespace {

/// One function an alternative of Intent: a new one does not compile until it can be carried out.
struct Planner
{
    const BoardReader &reader;

    Plan operator()(const CloneIntent &intent) const { return planClone(intent); }
    Plan operator()(const DeployIntent &intent) const { return planDeploy(intent); }
    Plan operator()(const PromoteIntent &intent) const { return planPromote(intent); }
    Plan operator()(const RollBackIntent &intent) const { return planRollBack(intent); }
    Plan operator()(const LifecycleIntent &intent) const { return planLifecycle(intent); }
    Plan operator()(const ConfigIntent &intent) const { return planConfig(intent); }
    Plan operator()(const ScaleIntent &intent) const { return planScale(intent); }
    Plan operator()(const ReviewIntent &intent) const { return planReview(intent); }
    Plan operator()(const SetUpIntent &intent) const { return planSetUp(intent); }
    Plan operator()(const RemovePipelineIntent &intent) const { return planRemove(intent, reader); }
    Plan operator()(const UpdateIntent &intent) const { return planUpdate(intent); }
    Plan operator()(const ResetIntent &intent) const { return planReset(intent); }
    Plan operator()(const SendBackIntent &intent) const { return planSendBack(intent); }
};

} // namespace

Plan planFor(const Intent &intent, const BoardReader &reader)
{
    return std::visit(Planner{reader}, intent);
}

} // namespace Slipway
