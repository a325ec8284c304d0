// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/board/changemodel.h"

#include "models/board/rowmerge.h"

namespace Slipway {

ChangeModel::ChangeModel(const BoardReader &reader, QObject *parent)
    : QAbstractListModel(parent)
    , m_reader(reader)
{ }

void ChangeModel::setPipeline(const QString &pipeline)
{
    if (pipeline == m_pipeline)
        return;
    beginResetModel();
    m_pipeline = pipeline;
    m_rows = m_reader.cache().changes(pipeline);
    endResetModel();
}

void ChangeModel::apply(const ChangeSet &changes)
{
    if (m_pipeline.isEmpty() || !(changes.everything || changes.changes.contains(m_pipeline)))
        return;
    RowMerge::apply(*this, m_rows, m_reader.cache().changes(m_pipeline),
                    [](const Change &change) { return change.ref(); });
}

int ChangeModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant ChangeModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Change &change = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return change.title.isEmpty() ? change.ref() : change.title;
    case Qt::AccessibleTextRole:
        return change.author.isEmpty() ? tr("%1, %2").arg(change.title, change.ref())
                                       : tr("%1, %2, by %3").arg(change.title, change.ref(), change.author);
    case ChangeRole:
        return QVariant::fromValue(change);
    case RefRole:
        return change.ref();
    default:
        return {};
    }
}

} // namespace Slipway
