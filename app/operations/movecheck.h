// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/operations/step.h"
#include "models/domain/intent.h"

namespace Slipway {

/// Asks the provider once more about `source` and `targets` and repeats the preflight, right before a move's first
/// change. Facts as findCode() of what `source` runs. Blocked by a check, or Conflict when the target moved since the
/// user looked.
Task<QJsonObject> checkMove(StepContext c, Intent intent, QString source, QStringList targets);

} // namespace Slipway
