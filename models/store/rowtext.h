// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/database.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QLoggingCategory>

/// Private to models/store: what several stores do with a row.
namespace Slipway {

Q_DECLARE_LOGGING_CATEGORY(storeLog)

inline QByteArray toText(const QJsonObject &json)
{
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

inline QJsonObject toObject(const QVariant &text)
{
    return QJsonDocument::fromJson(text.toByteArray()).object();
}

/// For reads that answer plain values: a file that cannot be read shows nothing, and the log says why.
inline QList<Database::Row> rowsOrNone(const Database &db, const QString &sql, const QVariantList &values = {})
{
    auto found = db.rows(sql, values);
    if (!found) {
        qCWarning(storeLog, "%ls (%ls)", qUtf16Printable(found.error().text()),
                  qUtf16Printable(found.error().detail()));
        return {};
    }
    return std::move(*found);
}

/// Null strings would be bound as NULL; the tables hold NOT NULL texts.
inline QString orEmpty(const QString &text)
{
    return text.isNull() ? QLatin1String("") : text;
}

/// Runs statements in order until one fails.
inline Result<void> run(const Database &db, const QString &sql, const QVariantList &values = {})
{
    if (const auto done = db.execute(sql, values); !done)
        return tl::unexpected(done.error());
    return {};
}

} // namespace Slipway
