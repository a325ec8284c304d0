// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The part of SlipwayStore that keeps operations.
#include "models/store/slipwaystore.h"

#include "models/domain/json.h"
#include "models/store/rowtext.h"

#include <QCoreApplication>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

struct JournalTr
{
    Q_DECLARE_TR_FUNCTIONS(Slipway::Journal)
};

Operation operationFrom(const Database::Row &row)
{
    Operation operation = operationFromJson(toObject(row.at(0)));
    operation.dismissed = row.at(1).toBool();
    return operation;
}

QList<Operation> operationsFrom(const QList<Database::Row> &rows)
{
    QList<Operation> operations;
    operations.reserve(rows.size());
    for (const Database::Row &row : rows)
        operations.append(operationFrom(row));
    return operations;
}

std::optional<Operation> firstFrom(const QList<Database::Row> &rows)
{
    return rows.isEmpty() ? std::optional<Operation>() : operationFrom(rows.constFirst());
}

/// The ids that a change of this operation shows on.
void mark(ChangeSet &changes, const Operation &operation)
{
    changes.operations.insert(operation.id);
    if (!operation.environment.isEmpty())
        changes.environments.insert(operation.environmentId());
}

} // namespace

Result<ChangeSet> SlipwayStore::saveOperation(const Operation &operation)
{
    ChangeSet changes;
    mark(changes, operation);
    const auto done = m_db.transaction([&]() -> Result<void> {
        const auto known = m_db.row(u"SELECT 1 FROM operation WHERE id = ?"_s, {orEmpty(operation.id)});
        if (!known)
            return tl::unexpected(known.error());
        const QVariantList place{orEmpty(operation.pipeline), orEmpty(operation.environment)};
        if (!*known) {
            const auto stale = m_db.rows(u"SELECT id FROM operation WHERE pipeline = ? AND environment = ? "
                                         "AND state = 'failed' AND NOT dismissed"_s,
                                         place);
            if (!stale)
                return tl::unexpected(stale.error());
            for (const Database::Row &row : *stale) {
                changes.operations.insert(row.at(0).toString());
                if (const auto off = run(m_db, u"UPDATE operation SET dismissed = 1 WHERE id = ?"_s, {row.at(0)}); !off)
                    return off;
            }
        }
        return run(m_db,
                   u"INSERT INTO operation (id, pipeline, environment, state, active, requested, body) "
                   "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET state = excluded.state, "
                   "active = excluded.active, body = excluded.body, "
                   "dismissed = CASE WHEN excluded.active THEN 0 ELSE dismissed END"_s,
                   {orEmpty(operation.id), place.at(0), place.at(1), toString(operation.state),
                    int(operation.isActive()), orEmpty(toIso(operation.requestedAt)),
                    QString::fromUtf8(toText(toJson(operation)))});
    });
    if (!done)
        return tl::unexpected(done.error());
    return changes;
}

Result<ChangeSet> SlipwayStore::dismissOperation(const QString &id)
{
    ChangeSet changes;
    const auto done = m_db.transaction([&]() -> Result<void> {
        const std::optional<Operation> known = operation(id);
        if (!known) {
            return fail(Error::Kind::NotFound, JournalTr::tr("There is no operation “%1”.").arg(id),
                        JournalTr::tr("`slipwayctl operations` lists the ones there are."));
        }
        if (known->isActive()) {
            return fail(Error::Kind::Conflict, JournalTr::tr("“%1” has not ended.").arg(known->title),
                        JournalTr::tr("Wait until it has ended."));
        }
        if (known->dismissed)
            return {};
        mark(changes, *known);
        return run(m_db, u"UPDATE operation SET dismissed = 1 WHERE id = ?"_s, {id});
    });
    if (!done)
        return tl::unexpected(done.error());
    return changes;
}

std::optional<Operation> SlipwayStore::operation(const QString &id) const
{
    return firstFrom(rowsOrNone(m_db, u"SELECT body, dismissed FROM operation WHERE id = ?"_s, {orEmpty(id)}));
}

QList<Operation> SlipwayStore::operations(const QString &pipeline, int limit) const
{
    // Three small range reads, each by an index, rather than one sort over the whole journal.
    const bool all = pipeline.isEmpty();
    const QString where = all ? QString() : u" AND pipeline = ?"_s;
    QList<Operation> operations;
    const auto append = [&](const QString &condition) {
        const int room = limit - int(operations.size());
        if (room <= 0)
            return;
        QVariantList values;
        if (!all)
            values.append(pipeline);
        values.append(room);
        operations += operationsFrom(rowsOrNone(m_db,
                                                u"SELECT body, dismissed FROM operation WHERE "_s + condition + where
                                                    + u" ORDER BY requested DESC, rowid DESC LIMIT ?"_s,
                                                values));
    };
    append(u"active"_s);
    append(u"state = 'failed' AND NOT dismissed"_s);
    append(u"NOT active AND NOT (state = 'failed' AND NOT dismissed)"_s);
    return operations;
}

QList<Operation> SlipwayStore::activeOperations() const
{
    return operationsFrom(rowsOrNone(m_db,
                                     u"SELECT body, dismissed FROM operation WHERE active "
                                     "ORDER BY requested, rowid"_s));
}

std::optional<Operation> SlipwayStore::activeOperation(const QString &environmentId) const
{
    const std::optional<Operation> shown = shownOperation(environmentId);
    return shown && shown->isActive() ? shown : std::nullopt;
}

std::optional<Operation> SlipwayStore::shownOperation(const QString &environmentId) const
{
    const qsizetype slash = environmentId.indexOf(u'/');
    if (slash < 0)
        return std::nullopt;
    // Without the body first: most cards show no operation, and a journaled one is long.
    const auto newest = rowsOrNone(m_db,
                                   u"SELECT id, active, state, dismissed FROM operation "
                                   "WHERE pipeline = ? AND environment = ? "
                                   "ORDER BY active DESC, requested DESC, rowid DESC LIMIT 1"_s,
                                   {environmentId.left(slash), environmentId.mid(slash + 1)});
    if (newest.isEmpty())
        return std::nullopt;
    const Database::Row &row = newest.constFirst();
    const bool failed = row.at(2).toString() == toString(OperationState::Failed) && !row.at(3).toBool();
    return row.at(1).toBool() || failed ? operation(row.at(0).toString()) : std::nullopt;
}

} // namespace Slipway
