// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/stores.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

namespace Slipway {

/// Tells that another process wrote to one of the two files. No polling: the kernel says that a write-ahead log was
/// written, and the file says by whom. Lives in the thread of the stores it is given, which outlive it.
class StoreWatcher final : public QObject
{
    Q_OBJECT
public:
    StoreWatcher(const CacheStore &cache, const SlipwayStore &store, QObject *parent = nullptr);

Q_SIGNALS:
    /// `everything` is set: what another process changed is not known. Never for writes of this process.
    void changed(const Slipway::ChangeSet &changes);

private:
    struct Watched
    {
        const Database *database = nullptr;
        qint64 version = -1; ///< PRAGMA data_version when last looked
        QString foreign; ///< Database::foreignWrites() then
    };
    void watchFiles();
    void look();

    QFileSystemWatcher m_files;
    QTimer m_settle{this}; ///< a transaction is several writes; "settle" to tests
    QList<Watched> m_watched;
};

} // namespace Slipway
