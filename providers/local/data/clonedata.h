// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"
#include "models/domain/intent.h"
#include "providers/local/artifact/appmanifest.h"
#include "providers/machine/cancel.h"

#include <QList>
#include <QMap>
#include <QString>

#include <functional>

namespace Slipway {

/// How the data of a new environment is made.
struct DataPlan
{
    DataChoice choice = DataChoice::Copy;
    QString from; ///< data directory of the source environment; absent is as good as empty
    QString to; ///< data directory to make; must be absent or empty
    QString release; ///< directory of the source environment's release: where seeds are
    QList<DataRecipe> recipes;
    QString scrub; ///< command run on the copy; empty: none
    /// For the commands, besides SOURCE_DATA and TARGET_DATA. To those that work on the copy alone (scrub, seeds)
    /// `from` in a value becomes `to`: what they change is never the source's.
    QMap<QString, QString> variables;
};

struct DataSize
{
    qint64 bytes = 0; ///< allocated on disk
    int files = 0;
    QString text() const; ///< "12.4 MB in 31 files"
};

/// What a copy would take. Storage names what cannot be read.
Result<DataSize> dataSize(const QString &directory, const Cancel &cancel);

/// Makes plan.to. SQLite databases go through SQLite's backup, so that the source may be in use; other files are cloned
/// where the file system can, else copied, holes kept; sockets, pipes and pid files are left out.
/// Errors: Invalid (a seed was asked for and none is declared), NoSpace, Storage (names the file), Failed (a command),
/// Cancelled; plan.to is then as it was before.
Result<void> cloneData(const DataPlan &plan, const Cancel &cancel,
                       const std::function<void(const QString &)> &progress);

} // namespace Slipway
