// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The part of SlipwayStore that keeps what was set at this desktop.
#include "models/store/slipwaystore.h"

#include "models/store/rowtext.h"

#include <QJsonArray>

namespace Slipway {

using namespace Qt::StringLiterals;

Policy::Layer SlipwayStore::policy(const QString &pipeline) const
{
    Policy::Layer layer;
    const auto found = rowsOrNone(m_db, u"SELECT key, value FROM policy WHERE pipeline = ?"_s, {orEmpty(pipeline)});
    for (const Database::Row &row : found) {
        // QJsonDocument keeps no single values, hence the list around each.
        const QJsonArray value = QJsonDocument::fromJson(row.at(1).toByteArray()).array();
        if (!value.isEmpty())
            layer.insert(row.at(0).toString(), value.at(0));
    }
    return layer;
}

Result<ChangeSet> SlipwayStore::savePolicy(const QString &pipeline, const Policy::Layer &set, const QStringList &unset)
{
    const auto done = m_db.transaction([&]() -> Result<void> {
        for (auto one = set.cbegin(); one != set.cend(); ++one) {
            const QByteArray value = QJsonDocument(QJsonArray{one.value()}).toJson(QJsonDocument::Compact);
            const auto written = run(m_db, u"INSERT OR REPLACE INTO policy (pipeline, key, value) VALUES (?, ?, ?)"_s,
                                     {orEmpty(pipeline), one.key(), QString::fromUtf8(value)});
            if (!written)
                return written;
        }
        for (const QString &key : unset) {
            const auto gone =
                run(m_db, u"DELETE FROM policy WHERE pipeline = ? AND key = ?"_s, {orEmpty(pipeline), orEmpty(key)});
            if (!gone)
                return gone;
        }
        return {};
    });
    if (!done)
        return tl::unexpected(done.error());
    ChangeSet changes;
    changes.pipelines.insert(pipeline);
    return changes;
}

} // namespace Slipway
