// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
// "Is my change live?"
#include "app/cli/ask.h"
#include "app/cli/commands.h"
#include "app/cli/documents/documents.h"
#include "app/cli/lookup.h"
#include "app/cli/words.h"

using namespace Qt::StringLiterals;

namespace Slipway::Cli {

namespace {

/// The commit that a change is by now.
struct Whereabouts
{
    QString version; ///< full SHA
    bool merged = false;
};

/// "#482" or "482" is a pull request; anything else is a branch or a commit.
std::optional<int> numberOf(const QString &text)
{
    bool ok = false;
    const int number = (text.startsWith(u'#') ? text.mid(1) : text).toInt(&ok);
    return ok && number > 0 ? std::optional<int>(number) : std::nullopt;
}

Result<Whereabouts> find(Context &context, const QString &pipeline, const QString &change)
{
    if (const auto number = numberOf(change)) {
        const auto outlook =
            askSource<MergeOutlook>(context, pipeline, [number = *number](SourceProvider &source, const QString &id) {
                return source.mergeOutlook(id, number);
            });
        if (outlook)
            return Whereabouts{outlook->mergedAs.isEmpty() ? outlook->head : outlook->mergedAs,
                               !outlook->mergedAs.isEmpty()};
        if (outlook.error().kind() != Error::Kind::Unsupported)
            return tl::unexpected(outlook.error());
    }
    const auto version = askSource<QString>(
        context, pipeline, [change](SourceProvider &source, const QString &id) { return source.resolve(id, change); });
    return version ? Result<Whereabouts>(Whereabouts{*version, false}) : tl::unexpected(version.error());
}

/// Whether the environment runs the commit or one that came after it.
Result<bool> contains(Context &context, const Environment &environment, const QString &version)
{
    const QString runs = environment.release ? environment.release->version : QString();
    if (runs.isEmpty() || runs == version)
        return runs == version;
    if (const auto known = context.reader().cache().comparison(environment.pipeline, runs, version))
        return known->ahead == 0;
    const auto compared = askSource<Comparison>(
        context, environment.pipeline,
        [runs, version](SourceProvider &source, const QString &id) { return source.compare(id, runs, version); });
    if (compared)
        return compared->ahead == 0;
    if (compared.error().kind() == Error::Kind::NotFound)
        return false; // what runs there was never pushed
    return tl::unexpected(compared.error());
}

QString stateOf(const QList<Environment> &holding, const QList<Environment> &all, bool merged)
{
    const auto count = [](const QList<Environment> &some, Stage stage) {
        return std::count_if(some.cbegin(), some.cend(),
                             [stage](const Environment &one) { return one.stage == stage; });
    };
    const auto live = count(holding, Stage::Production);
    if (live > 0)
        return live == count(all, Stage::Production) ? u"live"_s : u"partly live"_s;
    if (count(holding, Stage::Staging) > 0)
        return u"staging"_s;
    if (!holding.isEmpty())
        return u"development"_s;
    return merged ? u"merged"_s : u"open"_s;
}

QString sentence(const QString &change, const QString &state, const QStringList &names)
{
    if (state == u"live")
        return u"%1 is live: %2."_s.arg(change, names.join(u", "_s));
    if (state == u"partly live")
        return u"%1 is live in some places only: %2."_s.arg(change, names.join(u", "_s));
    if (state == u"staging")
        return u"%1 is on staging, not in production yet: %2."_s.arg(change, names.join(u", "_s));
    if (state == u"development")
        return u"%1 is in a dev environment only: %2."_s.arg(change, names.join(u", "_s));
    return state == u"merged" ? u"%1 is merged and runs nowhere yet."_s.arg(change)
                              : u"%1 runs nowhere yet."_s.arg(change);
}

Result<int> where(Context &context, const Invocation &invocation)
{
    const auto pipeline = findPipeline(context, invocation.arguments.constFirst());
    if (!pipeline)
        return tl::unexpected(pipeline.error());
    if (const auto fresh = context.refresh(pipeline->name); !fresh)
        return tl::unexpected(fresh.error());
    const QString change = invocation.arguments.at(1);
    const auto found = find(context, pipeline->name, change);
    if (!found)
        return tl::unexpected(found.error());
    const QList<Environment> all = context.reader().cache().environments(pipeline->name);
    QList<Environment> holding;
    QStringList names;
    for (const Environment &environment : all) {
        const auto there = contains(context, environment, found->version);
        if (!there)
            return tl::unexpected(there.error());
        if (*there) {
            holding.append(environment);
            names.append(environment.name);
        }
    }
    const QString state = stateOf(holding, all, found->merged);
    if (context.json()) {
        context.document({{u"pipeline"_s, pipeline->name},
                          {u"change"_s, change},
                          {u"version"_s, found->version},
                          {u"merged"_s, found->merged},
                          {u"state"_s, state},
                          {u"environments"_s, QJsonArray::fromStringList(names)}});
    } else {
        context.terminal().say(sentence(change, state, names));
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
