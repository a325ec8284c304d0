// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/activity/operationmodel.h"

#include "models/board/rowmerge.h"

#include <algorithm>

namespace Slipway {

OperationModel::OperationModel(const SlipwayStore &store, QObject *parent)
    : QAbstractListModel(parent)
    , m_store(store)
    , m_rows(store.operations({}, kShown))
{ }

void OperationModel::apply(const ChangeSet &changes)
{
    // A removed pipeline takes its failures off the list.
    if (!changes.everything && changes.operations.isEmpty() && changes.pipelines.isEmpty())
        return;
    const auto known = [&](const QString &id) {
        return std::any_of(m_rows.cbegin(), m_rows.cend(), [&](const Operation &one) { return one.id == id; });
    };
    // A step that went on, by far the most frequent change, moves no row: that one row is read alone.
    if (!changes.everything && changes.pipelines.isEmpty() && changes.operations.size() == 1
        && known(*changes.operations.cbegin())) {
        const auto now = m_store.operation(*changes.operations.cbegin());
        const auto row =
            std::find_if(m_rows.begin(), m_rows.end(), [&](const Operation &one) { return now && one.id == now->id; });
        if (row != m_rows.end() && row->isActive() && now->isActive()) {
            if (*row == *now)
                return;
            *row = *now;
            const QModelIndex changed = index(int(row - m_rows.begin()));
            Q_EMIT dataChanged(changed, changed);
            return;
        }
    }
    RowMerge::apply(*this, m_rows, m_store.operations({}, kShown), [](const Operation &one) { return one.id; });
}

int OperationModel::activeCount() const
{
    return int(std::count_if(m_rows.cbegin(), m_rows.cend(), [](const Operation &one) { return one.isActive(); }));
}

int OperationModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant OperationModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Operation &operation = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return operation.title;
    case Qt::AccessibleTextRole:
        return operation.error ? tr("%1, failed: %2").arg(operation.title, operation.error->message())
            : operation.isActive() && operation.step < operation.steps.size() && operation.step >= 0
            ? tr("%1, step %2 of %3, %4")
                  .arg(operation.title)
                  .arg(operation.step + 1)
                  .arg(operation.steps.size())
                  .arg(operation.steps.at(operation.step).name)
            : tr("%1, %2").arg(operation.title, toString(operation.state));
    case OperationRole:
        return QVariant::fromValue(operation);
    default:
        return {};
    }
}

} // namespace Slipway
