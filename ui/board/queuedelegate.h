// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace Slipway {

/// Paints a row of the queue: its place and title, below it what it waits for or a way to go on.
class QueueDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    enum class Spot { Row, Leave, Deploy };
    using QStyledItemDelegate::QStyledItemDelegate;
    static int rowHeight(const QFontMetrics &metrics);
    Spot spotAt(const QModelIndex &index, const QRect &row, const QFont &font, const QPoint &position) const;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;
};

} // namespace Slipway
