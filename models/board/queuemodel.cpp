// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/board/queuemodel.h"

#include "models/board/rowmerge.h"

#include <QMimeData>

namespace Slipway {

using namespace Qt::StringLiterals;

QueueModel::QueueModel(QObject *parent)
    : QAbstractListModel(parent)
{ }

void QueueModel::setQueue(const QList<QueuedChange> &queue)
{
    QList<QueuedChange> numbered = queue; // a row says its number, which another one that comes or goes changes
    for (qsizetype row = 0; row < numbered.size(); ++row)
        numbered[row].place = int(row) + 1;
    RowMerge::apply(*this, m_rows, numbered, [](const QueuedChange &row) { return row.entry.environment; });
}

int QueueModel::placeOf(const QString &environment) const
{
    for (int row = 0; row < m_rows.size(); ++row) {
        if (m_rows.at(row).entry.environment == environment)
            return row + 1;
    }
    return 0;
}

int QueueModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant QueueModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const QueuedChange &row = m_rows.at(index.row());
    const QString title = u"%1. %2"_s.arg(row.place).arg(row.title);
    switch (role) {
    case Qt::DisplayRole:
        return title;
    case Qt::AccessibleTextRole:
        return row.ready ? tr("%1, on %2, ready for staging").arg(title, row.entry.environment)
                         : tr("%1, on %2, waits for: %3").arg(title, row.entry.environment, row.waitsFor);
    case QueuedRole:
        return QVariant::fromValue(row);
    case NameRole:
        return row.entry.environment;
    default:
        return {};
    }
}

Qt::ItemFlags QueueModel::flags(const QModelIndex &index) const
{
    // Dropped between rows only: there is nothing to drop onto.
    return index.isValid() ? QAbstractListModel::flags(index) | Qt::ItemIsDragEnabled : Qt::ItemIsDropEnabled;
}

QStringList QueueModel::mimeTypes() const
{
    return {QString::fromLatin1(kMimeType)};
}

QMimeData *QueueModel::mimeData(const QModelIndexList &indexes) const
{
    if (indexes.isEmpty())
        return nullptr;
    auto *data = new QMimeData; // the drag owns it
    data->setData(QString::fromLatin1(kMimeType), indexes.constFirst().data(NameRole).toString().toUtf8());
    return data;
}

bool QueueModel::dropMimeData(const QMimeData *data, Qt::DropAction, int row, int, const QModelIndex &)
{
    const QString name = QString::fromUtf8(data->data(QString::fromLatin1(kMimeType)));
    const int from = placeOf(name);
    if (from == 0)
        return false;
    const int gap = row < 0 ? rowCount() : row; // before which row; below the last one there is none
    const int place = gap >= from ? gap : gap + 1; // counted without the row itself
    if (place == from)
        return false;
    QMetaObject::invokeMethod(
        this, [this, name, place] { Q_EMIT placeWanted(name, place); }, Qt::QueuedConnection);
    return true;
}

} // namespace Slipway
