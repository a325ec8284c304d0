// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/context.h"

namespace Slipway::Cli {

/// Whether what an environment runs must be as of now, or what the cache holds will do.
enum class Freshness { Cached, Now };

/// Error names the pipeline and lists the ones there are.
Result<Pipeline> findPipeline(const Context &context, const QString &name);
/// An environment by its address "pipeline/environment". What the cache does not hold is asked for once.
Result<Card> findEnvironment(Context &context, const QString &address, Freshness freshness = Freshness::Cached);
/// `name` may be "staging" or "shop/staging": the name within `pipeline`. Error when it names another pipeline.
Result<QString> nameWithin(const QString &pipeline, const QString &name);

/// Staging, named by its pipeline or by its own address, as of now.
Result<Card> findStaging(Context &context, const QString &name);
/// --data: none, seed or copy.
Result<DataChoice> dataChoice(const Invocation &invocation, DataChoice otherwise);

/// --change, --version and --dir: at most one. A directory must exist and is made absolute.
Result<CodeChoice> codeChoice(const Invocation &invocation);
/// The three options that codeChoice() reads.
QList<OptionSpec> codeOptions();

} // namespace Slipway::Cli
