// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/database.h"
#include "models/store/filecheck.h"

#include <QString>
#include <QStringList>

namespace Slipway {

/// Opens one of the two database files whatever state it is in: new, old, newer or damaged.
class StoreFile
{
public:
    enum class Kind {
        Cache, ///< may be dropped: a newer one is, a damaged one is moved aside
        Record ///< never lost: a newer one is refused, a damaged one replaced by its newest good backup
    };
    struct Opened
    {
        Database db;
        QString notice; ///< what happened to the file, a sentence for the user; normally empty
    };

    static QString path(const QString &home, Kind kind); ///< where it is in SLIPWAY_HOME

    StoreFile(QString path, Kind kind, QList<QStringList> steps);
    /// `state` spares it from looking the whole file over once more.
    Result<Opened> open(FileState state) const;

    /// Writes a consistent copy beside the file and keeps the newest few.
    static Result<void> backUp(const Database &db);
    static bool hasBackupOfToday(const Database &db); ///< by UTC, as their names have it

private:
    Result<Database> openChecked(FileState state) const; ///< migrated
    Result<QString> replaceDamaged() const; ///< answers the notice
    Result<QString> moveAside() const; ///< answers the new name
    QStringList backups() const; ///< newest first
    Error newerError() const;
    void removeFiles() const;

    QString m_path;
    Kind m_kind;
    QList<QStringList> m_steps;
};

} // namespace Slipway
