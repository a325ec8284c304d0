// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The rest of CacheStore: reads, and facts that do not come with a snapshot.
#include "models/store/cachestore.h"

#include "models/domain/json.h"
#include "models/store/rowtext.h"

#include <QJsonArray>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

/// More than anybody looks at; the next poll asks again for one that was forgotten.
constexpr int kComparisonsKept = 4000;

QJsonObject factsJson(const AccountFacts &facts)
{
    return {{u"who"_s, facts.who},
            {u"scopes"_s, QJsonArray::fromStringList(facts.scopes)},
            {u"left"_s, facts.budgetLeft},
            {u"total"_s, facts.budgetTotal}};
}

AccountFacts factsFrom(const QJsonObject &json)
{
    AccountFacts facts{
        json.value(u"who"_s).toString(), {}, json.value(u"left"_s).toInt(-1), json.value(u"total"_s).toInt(-1)};
    const QJsonArray scopes = json.value(u"scopes"_s).toArray();
    for (const QJsonValue &scope : scopes)
        facts.scopes += scope.toString();
    return facts;
}

} // namespace

QStringList CacheStore::environmentNames(const QString &pipeline, Stage stage) const
{
    QStringList names;
    const auto found = rowsOrNone(m_db,
                                  u"SELECT name FROM environment WHERE pipeline = ? AND stage = ? "
                                  "ORDER BY created, name"_s,
                                  {orEmpty(pipeline), int(stage)});
    names.reserve(found.size());
    for (const Database::Row &row : found)
        names.append(row.at(0).toString());
    return names;
}

namespace {

QList<Environment> environmentsOf(const QList<Database::Row> &rows)
{
    QList<Environment> environments;
    environments.reserve(rows.size());
    for (const Database::Row &row : rows)
        environments.append(environmentFromJson(toObject(row.at(0))));
    return environments;
}

} // namespace

QList<Environment> CacheStore::environments(const QString &pipeline) const
{
    return environmentsOf(rowsOrNone(
        m_db, u"SELECT body FROM environment WHERE pipeline = ? ORDER BY stage, created, name"_s, {orEmpty(pipeline)}));
}

QList<Environment> CacheStore::environments(const QString &pipeline, Stage stage) const
{
    return environmentsOf(
        rowsOrNone(m_db, u"SELECT body FROM environment WHERE pipeline = ? AND stage = ? ORDER BY created, name"_s,
                   {orEmpty(pipeline), int(stage)}));
}

std::optional<Environment> CacheStore::environment(const QString &id) const
{
    const EnvironmentRef ref = EnvironmentRef::parse(id);
    const auto found = rowsOrNone(m_db, u"SELECT body FROM environment WHERE pipeline = ? AND name = ?"_s,
                                  {orEmpty(ref.pipeline), orEmpty(ref.name)});
    return found.isEmpty() ? std::optional<Environment>() : environmentFromJson(toObject(found.constFirst().at(0)));
}

QList<StateCount> CacheStore::states(const QString &pipeline) const
{
    const auto found = pipeline.isEmpty()
        ? rowsOrNone(m_db, u"SELECT pipeline, state, count(*) FROM environment GROUP BY pipeline, state"_s)
        : rowsOrNone(m_db, u"SELECT pipeline, state, count(*) FROM environment WHERE pipeline = ? GROUP BY state"_s,
                     {pipeline});
    QList<StateCount> states;
    states.reserve(found.size());
    for (const Database::Row &row : found)
        states.append({row.at(0).toString(), environmentStateFromString(row.at(1).toString()), row.at(2).toInt()});
    return states;
}

QList<Release> CacheStore::releases(const QString &environmentId, int limit) const
{
    const EnvironmentRef ref = EnvironmentRef::parse(environmentId);
    QList<Release> releases;
    const auto found = rowsOrNone(m_db,
                                  u"SELECT body FROM release WHERE pipeline = ? AND environment = ? "
                                  "ORDER BY number DESC LIMIT ?"_s,
                                  {orEmpty(ref.pipeline), orEmpty(ref.name), limit});
    releases.reserve(found.size());
    for (const Database::Row &row : found)
        releases.append(releaseFromJson(toObject(row.at(0))));
    return releases;
}

bool CacheStore::knowsChanges(const QString &pipeline) const
{
    return !rowsOrNone(m_db, u"SELECT 1 FROM change WHERE pipeline = ?"_s, {orEmpty(pipeline)}).isEmpty();
}

QList<Change> CacheStore::changes(const QString &pipeline) const
{
    QList<Change> changes;
    const auto found = rowsOrNone(m_db, u"SELECT body FROM change WHERE pipeline = ?"_s, {orEmpty(pipeline)});
    if (found.isEmpty())
        return changes;
    const QJsonArray list = QJsonDocument::fromJson(found.constFirst().at(0).toByteArray()).array();
    changes.reserve(list.size());
    for (const auto &one : list)
        changes.append(changeFromJson(one.toObject()));
    return changes;
}

QDateTime CacheStore::dirtySince(const QString &pipeline) const
{
    const auto found = rowsOrNone(m_db, u"SELECT since FROM dirt WHERE pipeline = ?"_s, {orEmpty(pipeline)});
    return found.isEmpty() ? QDateTime() : fromIso(found.constFirst().at(0).toString());
}

Result<ChangeSet> CacheStore::setAccountStatus(const AccountStatus &status)
{
    const QJsonObject json{{u"name"_s, status.account.name},     {u"kind"_s, status.account.kind},
                           {u"url"_s, status.account.url},       {u"state"_s, toString(status.state)},
                           {u"asOf"_s, toIso(status.asOf)},      {u"error"_s, status.error},
                           {u"facts"_s, factsJson(status.facts)}};
    const QString body = QString::fromUtf8(toText(json));
    ChangeSet changes;
    const auto done = m_db.transaction([&]() -> Result<void> {
        const auto old = m_db.row(u"SELECT body FROM account WHERE name = ?"_s, {orEmpty(status.account.name)});
        if (!old)
            return tl::unexpected(old.error());
        if (*old && (*old)->at(0).toString() == body)
            return {};
        changes.accounts.insert(status.account.name);
        return run(m_db, u"INSERT OR REPLACE INTO account (name, body) VALUES (?, ?)"_s,
                   {orEmpty(status.account.name), body});
    });
    if (!done)
        return tl::unexpected(done.error());
    return changes;
}

std::optional<AccountStatus> CacheStore::accountStatus(const QString &account) const
{
    const auto found = rowsOrNone(m_db, u"SELECT body FROM account WHERE name = ?"_s, {orEmpty(account)});
    if (found.isEmpty())
        return std::nullopt;
    const QJsonObject json = toObject(found.constFirst().at(0));
    AccountStatus status;
    status.account = {json.value(u"name"_s).toString(), json.value(u"kind"_s).toString(),
                      json.value(u"url"_s).toString()};
    status.state = accountStateFromString(json.value(u"state"_s).toString());
    status.asOf = fromIso(json.value(u"asOf"_s).toString());
    status.error = json.value(u"error"_s).toString();
    status.facts = factsFrom(json.value(u"facts"_s).toObject());
    return status;
}

QByteArray CacheStore::teamFile(const QString &pipeline) const
{
    const auto found = rowsOrNone(m_db, u"SELECT body FROM team_file WHERE pipeline = ?"_s, {orEmpty(pipeline)});
    return found.isEmpty() ? QByteArray() : found.constFirst().at(0).toByteArray();
}

std::optional<Comparison> CacheStore::comparison(const QString &pipeline, const QString &base,
                                                 const QString &head) const
{
    const auto found = rowsOrNone(m_db, u"SELECT body FROM comparison WHERE pipeline = ? AND base = ? AND head = ?"_s,
                                  {orEmpty(pipeline), orEmpty(base), orEmpty(head)});
    return found.isEmpty() ? std::optional<Comparison>() : comparisonFromJson(toObject(found.constFirst().at(0)));
}

Result<void> CacheStore::remember(const QString &pipeline, const Comparison &comparison)
{
    return m_db.transaction([&]() -> Result<void> {
        const auto written = run(m_db,
                                 u"INSERT OR REPLACE INTO comparison (pipeline, base, head, body) "
                                 "VALUES (?, ?, ?, ?)"_s,
                                 {orEmpty(pipeline), orEmpty(comparison.base), orEmpty(comparison.head),
                                  QString::fromUtf8(toText(toJson(comparison)))});
        if (!written)
            return written;
        return run(m_db, u"DELETE FROM comparison WHERE id <= (SELECT max(id) FROM comparison) - ?"_s,
                   {kComparisonsKept});
    });
}

} // namespace Slipway
