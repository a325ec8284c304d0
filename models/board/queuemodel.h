// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/board/card.h"

#include <QAbstractListModel>

namespace Slipway {

/// The changes that wait for staging, in the order they go. A drop inside asks for another place and moves nothing by
/// itself: the row moves when the store says so. GUI thread.
class QueueModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role { QueuedRole = Qt::UserRole + 1 /**< Slipway::QueuedChange */, NameRole /**< of its environment */ };
    static constexpr auto kMimeType = "application/x-slipway-queued"; ///< carries the environment's name, UTF-8

    explicit QueueModel(QObject *parent = nullptr);
    void setQueue(const QList<QueuedChange> &queue);
    int placeOf(const QString &environment) const; ///< from 1; 0 when it does not wait

    int rowCount(const QModelIndex &parent = {}) const override;
    /// DisplayRole: "1. Faster checkout". AccessibleTextRole: the row as a sentence.
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;
    bool dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                      const QModelIndex &parent) override;
    Qt::DropActions supportedDragActions() const override { return Qt::CopyAction; }
    Qt::DropActions supportedDropActions() const override { return Qt::CopyAction; }

Q_SIGNALS:
    void placeWanted(const QString &environment, int place); ///< from 1; after the drop event has returned

private:
    friend class RowMerge;
    QList<QueuedChange> m_rows;
};

} // namespace Slipway

Q_DECLARE_METATYPE(Slipway::QueuedChange)
