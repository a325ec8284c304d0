// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/heroku/lookup.h"

namespace Slipway::Heroku {

/// A database of one app and the one of another that gets what is in it.
struct DatabasePair
{
    App source;
    App target;
    Addon from;
    Addon to;
    QString mark; ///< tells one copy of the same pair from a later one; empty: there is only ever one, a clone's
};

/// Copies Postgres databases through Heroku's data API. Addresses of databases carry passwords: they go from one answer
/// into the next request and nowhere else. Account's thread.
class DatabaseCopy
{
public:
    explicit DatabaseCopy(HerokuApi &api);

    /// Overwrites the target's database. A copy of the same pair and mark that is under way, or that succeeded, is not
    /// started again. Failed: detail() holds the service's own words.
    Task<void> copy(DatabasePair pair, Progress progress);
    /// Whether a copy of this pair and mark was begun, however it ended.
    Task<bool> wasBegun(DatabasePair pair);

    static bool isPostgres(const Addon &addon) { return addon.plan.startsWith(QLatin1String("heroku-postgresql:")); }

private:
    Task<void> untilReady(Addon database, Progress progress);
    Task<QList<QJsonObject>> all(DatabasePair pair); ///< of this pair and mark
    Task<QJsonObject> find(DatabasePair pair);
    Task<QJsonObject> start(DatabasePair pair);
    Task<void> follow(DatabasePair pair, QJsonObject transfer, Progress progress);

    HerokuApi &m_api;
    Lookup m_lookup;
};

} // namespace Slipway::Heroku
