// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"
#include "providers/machine/cancel.h"
#include "providers/local/artifact/releasestore.h"

namespace Slipway {

/// What slipway.json says, else what the files at the root of `directory` call for (a lock file of npm, yarn or pnpm,
/// requirements.txt, Gemfile.lock), then app.json's build script.
BuildRecipe chooseBuild(const QString &directory, const AppManifest &manifest, const QMap<QString, QString> &variables);

/// Runs the recipe in `directory` with `cache` to keep things in. Failed: the last 30 lines are the detail.
Result<void> runBuild(const BuildRecipe &recipe, const QString &directory, const QString &cache,
                      const QMap<QString, QString> &variables, const LineSink &log, const Cancel &cancel);

} // namespace Slipway
