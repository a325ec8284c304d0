// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/operations/changeplaces.h"

#include "app/operations/comparisons.h"

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

/// "#482" or "482" is a pull request; anything else is a branch or a commit.
std::optional<int> numberOf(const QString &text)
{
    bool ok = false;
    const int number = (text.startsWith(u'#') ? text.mid(1) : text).toInt(&ok);
    return ok && number > 0 ? std::optional<int>(number) : std::nullopt;
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

Task<ChangeCommit> commitOf(SourceProvider *source, QString project, QString change)
{
    if (const auto number = numberOf(change)) {
        const auto outlook = co_await source->mergeOutlook(project, *number);
        if (outlook) {
            const bool merged = !outlook->mergedAs.isEmpty();
            const ChangeCommit commit{merged ? outlook->mergedAs : outlook->head, merged};
            co_return Result<ChangeCommit>(commit);
        }
        if (outlook.error().kind() != Error::Kind::Unsupported)
            co_return Result<ChangeCommit>(tl::unexpect, outlook.error());
    }
    const auto version = co_await source->resolve(project, change);
    if (!version)
        co_return Result<ChangeCommit>(tl::unexpect, version.error());
    const ChangeCommit commit{*version, false};
    co_return Result<ChangeCommit>(commit);
}

ChangePlaces placesOf(const ChangeCommit &commit, const QList<Environment> &holding, const QList<Environment> &all)
{
    ChangePlaces where{commit, stateOf(holding, all, commit.merged), {}};
    for (const Environment &environment : holding)
        where.environments.append(environment.name);
    return where;
}

} // namespace

QString sentenceOf(const QString &change, const ChangePlaces &where)
{
    const QString names = where.environments.join(u", "_s);
    if (where.state == u"live")
        return u"%1 is live: %2."_s.arg(change, names);
    if (where.state == u"partly live")
        return u"%1 is live in some places only: %2."_s.arg(change, names);
    if (where.state == u"staging")
        return u"%1 is on staging, not in production yet: %2."_s.arg(change, names);
    if (where.state == u"development")
        return u"%1 is in a dev environment only: %2."_s.arg(change, names);
    return where.state == u"merged" ? u"%1 is merged and runs nowhere yet."_s.arg(change)
                                    : u"%1 runs nowhere yet."_s.arg(change);
}

Task<ChangePlaces> whereIs(StepContext c, QString change)
{
    const std::function<Task<ChangeCommit>(SourceProvider &)> find =
        [id = sourceOf(c.pipeline).id, change](SourceProvider &source) { return commitOf(&source, id, change); };
    const auto commit = co_await onSource<ChangeCommit>(c, find);
    if (!commit)
        co_return Result<ChangePlaces>(tl::unexpect, commit.error());
    const QList<Environment> all = c.cache->environments(c.pipeline.name);
    QList<Environment> holding;
    for (const Environment &environment : all) {
        const QString runs = environment.release ? environment.release->version : QString();
        const QString version = commit->version;
        const auto there = co_await hasCommit(c, runs, version);
        if (!there)
            co_return Result<ChangePlaces>(tl::unexpect, there.error());
        if (*there)
            holding.append(environment);
    }
    co_return Result<ChangePlaces>(placesOf(*commit, holding, all));
}

} // namespace Slipway
