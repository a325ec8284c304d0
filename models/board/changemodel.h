// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/board/boardreader.h"

#include <QAbstractListModel>

namespace Slipway {

/// Open changes of a pipeline, newest first: what "Clone staging" offers to deploy. GUI thread.
class ChangeModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role { ChangeRole = Qt::UserRole + 1 /**< Slipway::Change */, RefRole /**< QString: Change::ref() */ };
    explicit ChangeModel(const BoardReader &reader, QObject *parent = nullptr);
    void setPipeline(const QString &pipeline);
    void apply(const ChangeSet &changes);
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    friend class RowMerge;
    const BoardReader &m_reader;
    QString m_pipeline;
    QList<Change> m_rows;
};

} // namespace Slipway

Q_DECLARE_METATYPE(Slipway::Change)
