// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/twolinedelegate.h"

#include "ui/theme/paint.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace Slipway {

TwoLineDelegate::TwoLineDelegate(Reader reader, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_reader(std::move(reader))
{ }

QSize TwoLineDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    const int unit = unitOf(option.fontMetrics);
    return {unit * 40, option.fontMetrics.height() * 2 + unit * 5};
}

/// What had no room in the row.
bool TwoLineDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                                const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip || !index.isValid())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    const TwoLines row = m_reader(index);
    const QString text = row.tip.isEmpty() ? u"%1\n%2"_s.arg(row.title, row.below).trimmed() : row.tip;
    QToolTip::showText(event->globalPos(), u"<p>%1</p>"_s.arg(text.toHtmlEscaped().replace(u'\n', u"<br>"_s)), view);
    return true;
}

void TwoLineDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.palette);
    const TwoLines row = m_reader(index);
    const int unit = unitOf(option.fontMetrics);
    painter->save();
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, theme.accentSoft);
    else if (option.state & QStyle::State_MouseOver)
        painter->fillRect(option.rect, theme.raised);
    painter->setPen(mix(theme.line, theme.surface, 0.4));
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    if (option.state & QStyle::State_HasFocus && option.state & QStyle::State_Active)
        paintFocusRing(*painter, option.rect.adjusted(1, 1, -1, -1), theme, unit);
    const QRect inner = option.rect.adjusted(4 * unit, 2 * unit, -4 * unit, -2 * unit);
    const QFont small = scaledFont(option.font, kSmallText);
    const QFontMetrics metrics(small);
    QRect first(inner.topLeft(), QSize(inner.width(), option.fontMetrics.height()));
    QRect second(inner.left(), inner.bottom() + 1 - metrics.height(), inner.width(), metrics.height());
    painter->setFont(small);
    painter->setPen(theme.muted);
    painter->drawText(first, Qt::AlignRight | Qt::AlignVCenter, row.aside);
    first.setRight(first.right() - metrics.horizontalAdvance(row.aside) - 2 * unit);
    if (!row.badge.text.isEmpty()) {
        const QSize size = badgeSize(row.badge.text, metrics);
        const QRect badge(QPoint(second.right() + 1 - size.width(), second.center().y() - size.height() / 2), size);
        paintBadge(*painter, badge, row.badge.text, row.badge.tone, theme);
        second.setRight(badge.left() - 2 * unit);
    }
    painter->setPen(theme.muted);
    painter->drawText(second, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                      metrics.elidedText(row.below, Qt::ElideRight, second.width()));
    painter->setFont(option.font);
    painter->setPen(theme.text);
    painter->drawText(first, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                      option.fontMetrics.elidedText(row.title, Qt::ElideRight, first.width()));
    painter->restore();
}

} // namespace Slipway
