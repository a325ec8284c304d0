// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/operations/step.h"
#include "models/domain/intent.h"

namespace Slipway {

/// The provider's own mutations as steps: one call each, with the step's ticket.
Task<QJsonObject> cloneEnvironment(StepContext c, QString from, QString name, DataChoice data);
/// Already gone is success. Its verdict goes with it.
Task<QJsonObject> shutDownEnvironment(StepContext c, QString name);
/// As undo of a clone.
Task<void> removeClone(StepContext c, QString name);
Task<QJsonObject> changeLifecycle(StepContext c, QString name, LifecycleAction action);

} // namespace Slipway
