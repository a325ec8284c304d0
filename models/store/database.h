// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QStringList>
#include <QVariantList>

#include <functional>

namespace Slipway {

/// One SQLite connection of one thread: WAL, foreign keys, busy timeout, migrations. Made, used and destroyed in that thread.
class Database
{
public:
    enum class Durability { Normal, Full }; ///< PRAGMA synchronous

    /// Error::Kind::Storage, or NoSpace when the disk is full; message() names the file.
    static Result<Database> open(const QString &file, Durability durability);
    Database(Database &&other) noexcept;
    Database &operator=(Database &&other) noexcept;
    ~Database();

    Result<int> version() const; ///< PRAGMA user_version
    /// Each element is the statements of one version; each runs in a transaction together with its version number.
    Result<void> migrate(const QList<QStringList> &steps);

    /// A cached prepared statement, bound and executed.
    Result<QSqlQuery> query(const QString &sql, const QVariantList &values = {}) const;
    Result<int> execute(const QString &sql, const QVariantList &values = {}) const; ///< rows affected
    /// BEGIN IMMEDIATE … COMMIT; rolled back when `work` answers an error.
    Result<void> transaction(const std::function<Result<void>()> &work) const;

    QString file() const { return m_file; }
    QString connectionName() const { return m_name; }

private:
    Database() = default;
    QString m_name;
    QString m_file;
};

} // namespace Slipway
