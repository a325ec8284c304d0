// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"

#include <QString>
#include <QStringList>
#include <QVariantList>

#include <functional>
#include <memory>
#include <optional>

class QSqlError;

namespace Slipway {

/// One SQLite connection of one thread: WAL, foreign keys, busy timeout, migrations. Made, used and destroyed in that
/// thread.
class Database
{
public:
    enum class Durability { Normal, Full }; ///< PRAGMA synchronous
    using Row = QVariantList; ///< one value a column, in the statement's order

    /// Error::Kind::Storage, or NoSpace when the disk is full; message() names the file. The folder must exist.
    static Result<Database> open(const QString &file, Durability durability);
    Database(Database &&other) noexcept;
    Database &operator=(Database &&other) noexcept;
    ~Database();

    Result<int> version() const; ///< PRAGMA user_version
    /// Each element is the statements of one version; each runs in a transaction together with its version number.
    /// Safe when several processes do it at once.
    Result<void> migrate(const QList<QStringList> &steps);

    /// A cached prepared statement, bound, executed and read to its end (a half-read one would hold its snapshot).
    Result<QList<Row>> rows(const QString &sql, const QVariantList &values = {}) const;
    Result<std::optional<Row>> row(const QString &sql, const QVariantList &values = {}) const; ///< the first one
    Result<int> execute(const QString &sql, const QVariantList &values = {}) const; ///< rows affected
    /// BEGIN IMMEDIATE … COMMIT; rolled back when `work` answers an error. Within another one it is a part of that: its
    /// error takes back what it wrote alone, and nothing is kept before the outermost one ends. What it wrote is
    /// counted for this process, see foreignWrites().
    Result<void> transaction(const std::function<Result<void>()> &work) const;

    /// Changes whenever any other connection, of this process or another one, wrote (PRAGMA data_version).
    qint64 dataVersion() const;
    /// Changes when another process wrote, and only then (but for a rare extra change): what tells its writes from
    /// ours.
    QString foreignWrites() const;
    /// The statements of the table that foreignWrites() needs; part of every schema.
    static QString writerTable();
    /// Forgets the write counts of processes that are gone, once there are many.
    Result<void> pruneWriters() const;

    /// Whether an error of this class says that the file itself is damaged.
    static bool isDamage(const Error &error);
    Error damage(const QString &evidence) const; ///< an error of that class

    QString file() const { return m_file; }
    QString connectionName() const { return m_name; }

    /// While one lives, what this connection reads is of one moment, and the file is locked once instead of at each
    /// statement. One within another is part of it; nothing may be written meanwhile by this connection.
    class Reading
    {
    public:
        explicit Reading(const Database &db);
        ~Reading();
        Q_DISABLE_COPY_MOVE(Reading)

    private:
        const Database &m_db;
    };

private:
    struct Statements;
    Database();
    Result<void> configure(Durability durability);
    Result<void> runTransaction(const std::function<Result<void>()> &work, bool counted) const;
    Result<void> runPart(const std::function<Result<void>()> &work) const;
    Error sqlError(const QSqlError &error, const QString &sql) const;
    void close();

    QString m_name;
    QString m_file;
    std::unique_ptr<Statements> m_statements; ///< prepared ones by their text
};

} // namespace Slipway
