// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
// "Is my change live?"
#include "app/cli/ask.h"
#include "app/cli/commands.h"
#include "app/cli/documents/documents.h"
#include "app/cli/lookup.h"
#include "app/cli/words.h"
#include "app/operations/changeplaces.h"

using namespace Qt::StringLiterals;

namespace Slipway::Cli {

namespace {

/// Whether the environment runs the commit or one that came after it.
Result<bool> contains(Context &context, const Environment &environment, const QString &version)
{
    if (const auto known = knownToHave(context.reader().cache(), environment, version))
        return *known;
    const QString runs = environment.release->version;
    const auto compared = askSource<Comparison>(
        context, environment.pipeline,
        [runs, version](SourceProvider &source, const QString &id) { return source.compare(id, runs, version); });
    if (compared)
        return compared->ahead == 0;
    if (compared.error().kind() == Error::Kind::NotFound)
        return false; // what runs there was never pushed
    return tl::unexpected(compared.error());
}

Result<int> where(Context &context, const Invocation &invocation)
{
    const auto pipeline = findPipeline(context, invocation.arguments.constFirst());
    if (!pipeline)
        return tl::unexpected(pipeline.error());
    if (const auto fresh = context.refresh(pipeline->name); !fresh)
        return tl::unexpected(fresh.error());
    const QString change = invocation.arguments.at(1);
    const auto found =
        askSource<ChangeCommit>(context, pipeline->name, [change](SourceProvider &source, const QString &id) {
            return commitOf(&source, id, change);
        });
    if (!found)
        return tl::unexpected(found.error());
    const QList<Environment> all = context.reader().cache().environments(pipeline->name);
    QList<Environment> holding;
    for (const Environment &environment : all) {
        const auto there = contains(context, environment, found->version);
        if (!there)
            return tl::unexpected(there.error());
        if (*there)
            holding.append(environment);
    }
    const ChangePlaces where = placesOf(*found, holding, all);
    if (context.json()) {
        context.document({{u"pipeline"_s, pipeline->name},
                          {u"change"_s, change},
                          {u"version"_s, found->version},
                          {u"merged"_s, found->merged},
                          {u"state"_s, where.state},
                          {u"environments"_s, QJsonArray::fromStringList(where.environments)}});
    } else {
        context.terminal().say(sentenceOf(change, where));
    }
    return Done;
}

} // namespace

QList<Command> whereCommands()
{
    return {{.name = u"where"_s,
             .usage = u"PIPELINE CHANGE"_s,
             .least = 2,
             .most = 2,
             .summary = u"Whether a pull request, branch or commit is live."_s,
             .run = where}};
}

} // namespace Slipway::Cli
