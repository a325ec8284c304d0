// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/board/boardreader.h"

#include <QAbstractListModel>

namespace Slipway {

/// The cards of one stage of one pipeline, in board order. Re-reads only changed rows and never resets, except when
/// another pipeline is shown. GUI thread.
class ColumnModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        IdRole = Qt::UserRole + 1, ///< "pipeline/environment"
        CardRole ///< Slipway::Card
    };
    static constexpr auto kMimeType = "application/x-slipway-environment"; ///< carries the id, UTF-8

    ColumnModel(const BoardReader &reader, Stage stage, QObject *parent = nullptr);
    Stage stage() const { return m_stage; }
    void setPipeline(const QString &pipeline);
    void apply(const ChangeSet &changes);
    int rowOf(const QString &environmentId) const; ///< -1 when absent

    int rowCount(const QModelIndex &parent = {}) const override;
    /// DisplayRole: the environment's name. AccessibleTextRole: the whole card as a sentence.
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;
    Qt::DropActions supportedDragActions() const override { return Qt::CopyAction; }

private:
    friend class RowMerge;
    QStringList readIds() const;
    /// Cards not in `changed` are kept as they are; nullptr: all may have changed.
    void merge(const QStringList &ids, const QSet<QString> *changed);
    const BoardReader &m_reader;
    Stage m_stage;
    QString m_pipeline;
    QList<Card> m_cards;
};

} // namespace Slipway
