// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractItemModel>
#include <QHash>
#include <QList>
#include <QSet>

namespace Slipway {

/// Gives a list model new rows without resetting it: what went is removed, what is new inserted, what moved moved, so
/// that current index, selection and persistent indexes survive (STYLE section 7). A class so that a model can let it
/// call the protected begin… functions by being its friend.
class RowMerge
{
public:
    /// `key` names a row for life. Rows that are equal afterwards are left alone: only the others emit dataChanged.
    template<typename Model, typename Row, typename Key>
    static void apply(Model &model, QList<Row> &rows, const QList<Row> &wanted, Key key)
    {
        removeGone(model, rows, wanted, key);
        for (int row = 0; row < wanted.size(); ++row) {
            place(model, rows, wanted.at(row), row, key);
            if (rows.at(row) == wanted.at(row))
                continue;
            rows[row] = wanted.at(row);
            Q_EMIT model.dataChanged(model.index(row), model.index(row));
        }
        if (const int surplus = int(rows.size() - wanted.size()); surplus > 0) { // a key that came twice
            model.beginRemoveRows({}, int(wanted.size()), int(rows.size()) - 1);
            rows.remove(wanted.size(), surplus);
            model.endRemoveRows();
        }
    }

private:
    template<typename Model, typename Row, typename Key>
    static void removeGone(Model &model, QList<Row> &rows, const QList<Row> &wanted, Key key)
    {
        QSet<decltype(key(wanted.first()))> stay;
        stay.reserve(wanted.size());
        for (const Row &one : wanted)
            stay.insert(key(one));
        for (int last = int(rows.size()) - 1; last >= 0; --last) {
            if (stay.contains(key(rows.at(last))))
                continue;
            int first = last; // neighbours that go together are one removal
            while (first > 0 && !stay.contains(key(rows.at(first - 1))))
                --first;
            model.beginRemoveRows({}, first, last);
            rows.remove(first, last - first + 1);
            model.endRemoveRows();
            last = first;
        }
    }

    template<typename Model, typename Row, typename Key>
    static void place(Model &model, QList<Row> &rows, const Row &wanted, int row, Key key)
    {
        int from = row;
        while (from < rows.size() && key(rows.at(from)) != key(wanted))
            ++from;
        if (from == rows.size()) {
            model.beginInsertRows({}, row, row);
            rows.insert(row, wanted);
            model.endInsertRows();
        } else if (from != row) {
            model.beginMoveRows({}, from, from, {}, row);
            rows.move(from, row);
            model.endMoveRows();
        }
    }
};

} // namespace Slipway
