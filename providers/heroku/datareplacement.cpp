// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/heroku/datareplacement.h"

#include "providers/heroku/phrases.h"

#include <algorithm>

namespace Slipway::Heroku {

using namespace Qt::StringLiterals;

namespace {

QList<Addon> databasesOf(const App &app, const QList<Addon> &addons)
{
    QList<Addon> databases;
    std::copy_if(addons.cbegin(), addons.cend(), std::back_inserter(databases),
                 [&app](const Addon &one) { return one.isOwnedBy(app) && DatabaseCopy::isPostgres(one); });
    return databases;
}

bool shareKey(const Addon &a, const Addon &b)
{
    return std::any_of(a.configKeys.cbegin(), a.configKeys.cend(),
                       [&b](const QString &key) { return b.configKeys.contains(key); });
}

/// By the key that the application knows them by; where there is one of each there is no choice.
Result<QList<DatabasePair>> paired(const App &source, const App &target, const QList<Addon> &from,
                                   const QList<Addon> &to, const QString &mark)
{
    QList<DatabasePair> pairs;
    for (const Addon &database : to) {
        const auto match = std::find_if(from.cbegin(), from.cend(), [&](const Addon &one) {
            return shareKey(one, database) || (from.size() == 1 && to.size() == 1);
        });
        if (match == from.cend()) {
            return fail(Error::Kind::Invalid,
                        Phrases::tr("%1 has no database that stands for %2 of %3.")
                            .arg(source.name, database.name, target.name),
                        Phrases::tr("Attach both under the same name, such as DATABASE, or go on without data."));
        }
        pairs.append({source, target, *match, database, mark});
    }
    if (pairs.isEmpty()) {
        return fail(Error::Kind::Invalid, Phrases::tr("%1 has no Heroku Postgres of its own.").arg(target.name),
                    Phrases::tr("Go on without data: other add-ons are not copied."));
    }
    return pairs;
}

} // namespace

DataReplacement::DataReplacement(HerokuApi &api, Lifecycle &lifecycle)
    : m_lookup(api)
    , m_lifecycle(lifecycle)
    , m_databases(api)
{ }

Task<QList<DatabasePair>> DataReplacement::pairs(QString from, QString to, QString mark)
{
    using Pairs = Result<QList<DatabasePair>>;
    const auto source = co_await m_lookup.app(from);
    if (!source)
        co_return Pairs(tl::unexpect, source.error());
    const auto target = co_await m_lookup.app(to);
    if (!target)
        co_return Pairs(tl::unexpect, target.error());
    const auto given = co_await m_lookup.addons(source->id);
    if (!given)
        co_return Pairs(tl::unexpect, given.error());
    const auto taken = co_await m_lookup.addons(target->id);
    if (!taken)
        co_return Pairs(tl::unexpect, taken.error());
    co_return paired(*source, *target, databasesOf(*source, *given), databasesOf(*target, *taken), mark);
}

Task<void> DataReplacement::copyAll(QList<DatabasePair> pairs, Progress progress)
{
    for (const DatabasePair &pair : pairs) {
        const auto copied = co_await m_databases.copy(pair, progress);
        if (!copied) {
            const Error &why = copied.error();
            const Error half(
                why.kind(), why.message(),
                Phrases::tr("The data of %1 may be incomplete now, and it stays behind its maintenance page. "
                            "Try again.")
                    .arg(pair.target.name),
                why.detail());
            co_return Result<void>(tl::unexpect, half);
        }
    }
    co_return Result<void>();
}

Task<void> DataReplacement::replace(Ticket ticket, QString from, QString to, Progress progress)
{
    const auto wanted = co_await pairs(from, to, ticket.id);
    if (!wanted)
        co_return Result<void>(tl::unexpect, wanted.error());
    const auto begun = co_await m_databases.wasBegun(wanted->constFirst());
    if (!begun)
        co_return Result<void>(tl::unexpect, begun.error());
    // Somebody else's page stays; one that is there because of an earlier try of this goes.
    const bool page = *begun || !wanted->constFirst().target.maintenance;
    if (page) {
        const auto shown = co_await m_lifecycle.setMaintenance(to, true);
        if (!shown)
            co_return shown;
    }
    const auto copied = co_await copyAll(*wanted, progress);
    if (!copied)
        co_return copied;
    const auto fresh = co_await m_lifecycle.restart(to, progress); // connections and caches of the old data
    if (!fresh)
        co_return fresh;
    if (!page)
        co_return Result<void>();
    Result<void> taken = co_await m_lifecycle.setMaintenance(to, false);
    co_return taken;
}

} // namespace Slipway::Heroku
