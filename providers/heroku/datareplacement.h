// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/heroku/databasecopy.h"
#include "providers/heroku/lifecycle.h"

namespace Slipway::Heroku {

/// Puts the data of one app in place of another's, behind the maintenance page. Heroku overwrites the database as it
/// goes: a copy that fails half-way leaves it incomplete, and the error says so. Account's thread.
class DataReplacement
{
public:
    DataReplacement(HerokuApi &api, Lifecycle &lifecycle);
    /// Again with the same ticket: what was copied is not copied twice.
    Task<void> replace(Ticket ticket, QString from, QString to, Progress progress);

private:
    Task<QList<DatabasePair>> pairs(QString from, QString to, QString mark);
    Task<void> copyAll(QList<DatabasePair> pairs, Progress progress);

    Lookup m_lookup;
    Lifecycle &m_lifecycle; ///< outlives this
    DatabaseCopy m_databases;
};

} // namespace Slipway::Heroku
