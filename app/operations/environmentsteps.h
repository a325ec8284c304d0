// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/operations/step.h"
#include "models/domain/intent.h"

namespace Slipway {

/// The provider's own mutations as steps: one call each, with the step's ticket.
Task<QJsonObject> cloneEnvironment(StepContext c, CloneIntent intent);
/// Already gone is success. Its verdict goes with it.
Task<QJsonObject> shutDownEnvironment(StepContext c, QString name);
/// As undo of a clone.
Task<void> removeClone(StepContext c, QString name);
Task<QJsonObject> changeLifecycle(StepContext c, LifecycleIntent intent);
Task<QJsonObject> replaceData(StepContext c, QString from, QString to, DataChoice data);
/// Sets and unsets keys of `to` until its config is that of `from`. Values stay in memory.
Task<QJsonObject> copyConfig(StepContext c, QString from, QString to);
/// Staging is held by whoever asked, until somebody says that it is resolved.
Task<QJsonObject> holdStaging(StepContext c, QString reason);

} // namespace Slipway
