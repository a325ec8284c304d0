// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/board/boardreader.h"

#include <QAbstractListModel>

namespace Slipway {

/// An open change, and where it can be looked at.
struct OpenChange
{
    Change change;
    QString carrier; ///< name of the dev environment that carries it; empty: none does
    friend bool operator==(const OpenChange &, const OpenChange &) = default;
};

/// The open changes of a pipeline as the side bar offers them to be dragged: those without a dev environment first,
/// each newest first. Re-reads only changed environments. GUI thread.
class OpenChangeModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role { ChangeRole = Qt::UserRole + 1 /**< Slipway::Change */, CarrierRole /**< QString: a name */ };
    static constexpr auto kMimeType = "application/x-slipway-change"; ///< carries Change::ref(), UTF-8

    explicit OpenChangeModel(const BoardReader &reader, QObject *parent = nullptr);
    QString pipeline() const { return m_pipeline; }
    void setPipeline(const QString &pipeline);
    void apply(const ChangeSet &changes);
    int waiting() const; ///< how many have no dev environment
    bool tellsStanding() const; ///< of one at least it is known how it stands: draft, conflicts, review, CI

    int rowCount(const QModelIndex &parent = {}) const override;
    /// DisplayRole: the title. AccessibleTextRole: the row as a sentence.
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;
    Qt::DropActions supportedDragActions() const override { return Qt::CopyAction; }

private:
    friend class RowMerge;
    bool readCarriers(const QSet<QString> *changed); ///< nullptr: all; answers whether one differs
    QList<OpenChange> rows() const;
    const BoardReader &m_reader;
    QString m_pipeline;
    QStringList m_names; ///< of the dev environments, oldest first
    QHash<QString, QString> m_carried; ///< what each one carries: "#482" or a branch
    QList<Change> m_changes;
    QList<OpenChange> m_rows;
};

} // namespace Slipway
