// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The part of SlipwayStore that keeps two operations off one environment.
#include "models/store/slipwaystore.h"

#include "models/domain/environment.h"
#include "models/domain/json.h"
#include "models/store/processidentity.h"
#include "models/store/rowtext.h"

#include <QCoreApplication>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

struct LeaseTr
{
    Q_DECLARE_TR_FUNCTIONS(Slipway::Lease)
};

/// "dev1" where the id is "shop/dev1"; what is no environment's id stays as it is.
QString shortName(const QString &environmentId)
{
    const EnvironmentRef ref = EnvironmentRef::parse(environmentId);
    return ref.isValid() ? ref.name : environmentId;
}

Error busy(const SlipwayStore &store, const QString &environmentId, const QString &holder)
{
    const std::optional<Operation> operation = store.operation(holder);
    const QString what = operation && !operation->title.isEmpty() ? operation->title : LeaseTr::tr("another operation");
    return Error(Error::Kind::Conflict, LeaseTr::tr("“%1” is busy: %2.").arg(shortName(environmentId), what),
                 LeaseTr::tr("Try again when that has ended."), u"operation "_s + holder);
}

/// Whether one of these owners lives.
bool anyAlive(const QList<Database::Row> &owners)
{
    return std::any_of(owners.cbegin(), owners.cend(), [](const Database::Row &row) {
        const auto owner = ProcessIdentity::parse(row.at(0).toString());
        return owner && owner->isAlive();
    });
}

} // namespace

Result<void> SlipwayStore::takeLeases(const QString &operationId, const QStringList &environmentIds)
{
    const ProcessIdentity self = ProcessIdentity::current();
    return m_db.transaction([&]() -> Result<void> {
        for (const QString &environment : environmentIds) {
            const auto held =
                m_db.row(u"SELECT operation, owner FROM lease WHERE environment = ?"_s, {orEmpty(environment)});
            if (!held)
                return tl::unexpected(held.error());
            if (*held) {
                const QString holder = (*held)->at(0).toString();
                const auto owner = ProcessIdentity::parse((*held)->at(1).toString());
                const bool ours = holder == operationId && owner == self;
                if (!ours && owner && owner->isAlive())
                    return tl::unexpected(busy(*this, environment, holder));
            }
            const auto taken = run(
                m_db,
                u"INSERT OR REPLACE INTO lease (environment, operation, owner, taken) "
                "VALUES (?, ?, ?, ?)"_s,
                {orEmpty(environment), orEmpty(operationId), self.toString(), toIso(QDateTime::currentDateTimeUtc())});
            if (!taken)
                return taken;
        }
        return {};
    });
}

Result<void> SlipwayStore::dropLeases(const QString &operationId)
{
    return m_db.transaction(
        [&] { return run(m_db, u"DELETE FROM lease WHERE operation = ?"_s, {orEmpty(operationId)}); });
}

bool SlipwayStore::isHeld(const QString &operationId) const
{
    return anyAlive(rowsOrNone(m_db, u"SELECT owner FROM lease WHERE operation = ?"_s, {orEmpty(operationId)}));
}

bool SlipwayStore::isLeased(const QString &environmentId) const
{
    return anyAlive(rowsOrNone(m_db, u"SELECT owner FROM lease WHERE environment = ?"_s, {orEmpty(environmentId)}));
}

} // namespace Slipway
