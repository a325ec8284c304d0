// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/operations/step.h"

#include "models/domain/intent.h"

namespace Slipway {

/// Finds out what a choice of code means now. Facts: "code", an object with "version" (full SHA), or "directory", or
/// "from" and "artifact" (what the environment `source` runs; only when the choice is empty), and "change" as JSON.
Task<QJsonObject> findCode(StepContext c, CodeChoice code, QString source);

/// The facts of findCode() for an empty choice: what `source` runs, to release the identical thing elsewhere.
Result<QJsonObject> whatRuns(const Snapshot &snapshot, const QString &pipeline, const QString &source);

/// Has the provider make a review app of the code of the facts, which is a change. Facts: "review", its name.
Task<QJsonObject> makeReview(StepContext c);

/// Releases what the facts say in `environment`. Facts: "release" as JSON.
Task<QJsonObject> deployFound(StepContext c, QString environment, QString note);

/// Looks whether `environment` runs exactly the artifact of the facts.
Task<QJsonObject> assertIdentical(StepContext c, QString environment);

/// Looks whether `environment` runs the very artifact that `source` runs now.
Task<QJsonObject> assertSameAs(StepContext c, QString source, QString environment);

/// The same artifact that `source` runs now, in `environment`. Facts as deployFound().
Task<QJsonObject> releaseArtifactOf(StepContext c, QString source, QString environment, QString note);

} // namespace Slipway
