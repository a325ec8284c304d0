// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace Slipway {

/// An open change in the side bar: its title; below it number, author, age and commits, or where it runs; and where
/// anybody told how changes stand (drafts, conflicts, reviews, CI), a third line of signs with their words.
class ChangeDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    int rowHeight(const QFontMetrics &metrics) const;
    bool hasSigns() const { return m_signs; }
    void setSigns(bool shown) { m_signs = shown; } ///< all rows are of one height: lay the list out anew afterwards
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;

private:
    bool m_signs = false;
};

} // namespace Slipway
