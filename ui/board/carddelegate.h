// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/board/cardlayout.h"

#include <QCache>
#include <QStyledItemDelegate>

namespace Slipway {

/// Paints cards: fixed height from the font, layouts cached by environment, colours from the palette at paint time.
class CardDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    enum class Spot { Card, Link, Copy, Keep };
    explicit CardDelegate(QObject *parent = nullptr);

    void setFont(const QFont &font); ///< call when the view's font changes
    const CardMetrics &metrics() const { return m_metrics; }
    void setLifted(const QString &environmentId) { m_lifted = environmentId; } ///< its card is in the user's hand
    void setDimmed(bool dimmed) { m_dimmed = dimmed; } ///< its column takes no drop
    /// What lies under `position` (in the view) on the card that fills `item`.
    Spot spotAt(const QModelIndex &index, const QRect &item, const QPoint &position) const;
    QRect cardIn(const QRect &item) const; ///< the card without the room around it
    /// The card alone, for a drag.
    QPixmap picture(const QModelIndex &index, const QStyleOptionViewItem &option, qreal ratio) const;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;

private:
    const CardLayout &layoutFor(const QModelIndex &index, int width) const;
    void paintBody(QPainter &painter, const QRect &card, const QStyleOptionViewItem &option, const CardText &text,
                   bool lifted) const;
    void paintText(QPainter &painter, const CardLayout &layout, const Theme &theme) const;
    void paintCopy(QPainter &painter, const QRect &box, const Theme &theme) const;
    void paintProgress(QPainter &painter, const QRect &card, double progress, const Theme &theme) const;

    CardMetrics m_metrics;
    QString m_lifted;
    bool m_dimmed = false;
    mutable QCache<QString, CardLayout> m_layouts;
};

} // namespace Slipway
