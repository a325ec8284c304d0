// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
// "Is my change live?"
#include "app/cli/commands.h"
#include "app/cli/documents/documents.h"
#include "app/cli/lookup.h"
#include "app/operations/changeplaces.h"

using namespace Qt::StringLiterals;

namespace Slipway::Cli {

namespace {

Result<int> where(Context &context, const Invocation &invocation)
{
    const auto pipeline = findPipeline(context, invocation.arguments.constFirst());
    if (!pipeline)
        return tl::unexpected(pipeline.error());
    if (const auto fresh = context.refresh(pipeline->name); !fresh)
        return tl::unexpected(fresh.error());
    const QString change = invocation.arguments.at(1);
    const auto where = context.wait<ChangePlaces>(
        [&](auto done) { context.session().whereIs(pipeline->name, change, std::move(done)); });
    if (!where)
        return tl::unexpected(where.error());
    if (context.json()) {
        context.document({{u"pipeline"_s, pipeline->name},
                          {u"change"_s, change},
                          {u"version"_s, where->commit.version},
                          {u"merged"_s, where->commit.merged},
                          {u"state"_s, where->state},
                          {u"environments"_s, QJsonArray::fromStringList(where->environments)}});
    } else {
        context.terminal().say(sentenceOf(change, *where));
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
