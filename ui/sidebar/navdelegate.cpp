// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sidebar/navdelegate.h"

#include "ui/theme/paint.h"

namespace Slipway {

NavDelegate::NavDelegate(Reader reader, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_reader(std::move(reader))
{ }

int NavDelegate::rowHeight(const QFontMetrics &metrics)
{
    return metrics.height() + 4 * unitOf(metrics);
}

QSize NavDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {unitOf(option.fontMetrics) * 30, rowHeight(option.fontMetrics)};
}

void NavDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.palette);
    const NavRow row = m_reader(index);
    const int unit = unitOf(option.fontMetrics);
    const QRect box = option.rect.adjusted(0, 1, 0, -1);
    const bool selected = option.state & QStyle::State_Selected;
    painter->save();
    if (selected)
        paintPanel(*painter, box, theme.accentSoft, {}, unit * 1.5);
    else if (option.state & QStyle::State_MouseOver && option.state & QStyle::State_Enabled)
        paintPanel(*painter, box, theme.raised, {}, unit * 1.5);
    if (option.state & QStyle::State_HasFocus && option.state & QStyle::State_Active)
        paintFocusRing(*painter, box, theme, unit * 1.5);
    const QRect inner = box.adjusted(2 * unit, 0, -2 * unit, 0);
    int left = inner.left();
    const int size = qRound(option.fontMetrics.height() * 0.5);
    const QRect shape(left, inner.center().y() - size / 2, size, size);
    if (row.state) {
        paintState(*painter, shape, *row.state, theme);
        left += size + 2 * unit;
    } else if (row.dot) {
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(theme.ink(*row.dot));
        painter->drawEllipse(shape);
        left += size + 2 * unit;
    }
    const QFont small = scaledFont(option.font, kSmallText);
    const int asideWidth = QFontMetrics(small).horizontalAdvance(row.aside);
    painter->setFont(option.font);
    painter->setPen(theme.text);
    const QRect text(left, inner.top(), inner.right() - left - asideWidth - unit, inner.height());
    painter->drawText(text, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                      option.fontMetrics.elidedText(row.text, Qt::ElideRight, text.width()));
    painter->setFont(small);
    painter->setPen(theme.muted);
    painter->drawText(inner, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, row.aside);
    painter->restore();
}

} // namespace Slipway
