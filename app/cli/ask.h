// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/context.h"
#include "app/operations/detached.h"

namespace Slipway::Cli {

/// Runs `work` with the provider that deploys the pipeline, in its account's thread, and waits for the answer.
template<typename T>
Result<T> askDeploys(Context &context, const QString &pipeline,
                     std::function<Task<T>(DeployProvider &, const QString &deploysId)> work)
{
    const std::function<Task<T>(Provider &, Pipeline)> job = [work](Provider &provider, const Pipeline &known) {
        DeployProvider *deploys = provider.deploys();
        if (!deploys) {
            return ended<T>(fail(Error::Kind::Unsupported,
                                 QStringLiteral("The account “%1” runs no environments.").arg(known.deploysAccount)));
        }
        return work(*deploys, known.deploysId);
    };
    return context.wait<T>(
        [&context, pipeline, job](auto done) { context.session().withPipeline<T>(pipeline, job, std::move(done)); });
}

/// The same with the provider that knows the pipeline's changes.
template<typename T>
Result<T> askSource(Context &context, const QString &pipeline,
                    std::function<Task<T>(SourceProvider &, const QString &id)> work)
{
    const std::function<Task<T>(Provider &, QString)> job = [work, pipeline](Provider &provider, const QString &id) {
        SourceProvider *source = provider.source();
        if (!source) {
            return ended<T>(fail(
                Error::Kind::Unsupported, QStringLiteral("The source code of “%1” is not known.").arg(pipeline),
                QStringLiteral("Name its git repository: take it off the board and add it again with --repo PATH.")));
        }
        return work(*source, id);
    };
    return context.wait<T>(
        [&context, pipeline, job](auto done) { context.session().withSource<T>(pipeline, job, std::move(done)); });
}

/// The same with the provider that checks the pipeline's commits.
template<typename T>
Result<T> askCi(Context &context, const QString &pipeline, std::function<Task<T>(CiProvider &, const QString &id)> work)
{
    const std::function<Task<T>(Provider &, QString)> job = [work](Provider &provider, const QString &id) {
        if (CiProvider *ci = provider.ci())
            return work(*ci, id);
        return ended<T>(fail(Error::Kind::Unsupported, QStringLiteral("The account named for it checks no commits."),
                             QStringLiteral("Name another one: `slipwayctl pipeline set NAME --ci ACCOUNT:PROJECT`.")));
    };
    return context.wait<T>(
        [&context, pipeline, job](auto done) { context.session().withCi<T>(pipeline, job, std::move(done)); });
}

} // namespace Slipway::Cli
