// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/operations/step.h"

namespace Slipway {

/// Where the sample's repository of this pipeline is: below the home, so that it goes with it.
QString sampleRepository(const QString &home, const QString &pipeline);

/// Makes it from the bundled application; one that is there already stays. Facts: "repository".
Task<QJsonObject> makeSampleRepository(StepContext c);

/// Deletes it; nothing outside `home`.
Result<void> removeSampleRepository(const QString &home, const QString &pipeline);

/// The folder of what is shared between users: $SLIPWAY_SHARE, else beside the program, else of the source tree it was
/// built from. Error names where it was looked for.
Result<QString> sharedFile(const QString &relative);

} // namespace Slipway
