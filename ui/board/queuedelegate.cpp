// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/board/queuedelegate.h"

#include "models/board/queuemodel.h"
#include "ui/theme/paint.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

/// Where the parts of a row are.
struct Parts
{
    QRect title;
    QRect below;
    QRect leave; ///< the cross
    QRect deploy; ///< empty: not ready

    Parts(const QRect &row, const QFont &font, const QString &deployText)
    {
        const QFontMetrics metrics(font);
        const QFontMetrics small(scaledFont(font, 0.92));
        const int unit = unitOf(metrics);
        const QRect inner = row.adjusted(5 * unit / 2, unit, -unit, -unit);
        const int line = metrics.height();
        leave = QRect(inner.right() + 1 - line - unit, inner.top(), line + unit, line);
        title = QRect(inner.left(), inner.top(), leave.left() - inner.left() - unit, line);
        below = QRect(inner.left(), inner.bottom() + 1 - small.height(), inner.width() - unit, small.height());
        if (deployText.isEmpty())
            return;
        const int width = small.horizontalAdvance(deployText) + 2 * unit;
        deploy = QRect(below.right() + 1 - width, below.top() - unit / 2, width, below.height() + unit);
        below.setRight(deploy.left() - unit);
    }
};

QString deployText(const QueuedChange &row)
{
    return row.ready ? QueueDelegate::tr("Deploy now") : QString();
}

} // namespace

int QueueDelegate::rowHeight(const QFontMetrics &metrics)
{
    return 2 * metrics.height() + 3 * unitOf(metrics);
}

QSize QueueDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {unitOf(option.fontMetrics) * 30, rowHeight(option.fontMetrics)};
}

QueueDelegate::Spot QueueDelegate::spotAt(const QModelIndex &index, const QRect &row, const QFont &font,
                                          const QPoint &position) const
{
    const Parts parts(row, font, deployText(index.data(QueueModel::QueuedRole).value<QueuedChange>()));
    if (parts.leave.contains(position))
        return Spot::Leave;
    return parts.deploy.contains(position) ? Spot::Deploy : Spot::Row;
}

void QueueDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.palette);
    const auto row = index.data(QueueModel::QueuedRole).value<QueuedChange>();
    const QString deploy = deployText(row);
    const Parts parts(option.rect, option.font, deploy);
    const QFont small = scaledFont(option.font, 0.92);
    const int unit = unitOf(option.fontMetrics);
    const QRect box = option.rect.adjusted(2, 1, -2, -1);
    const bool hovered = option.state & QStyle::State_MouseOver;
    const bool focused = option.state & QStyle::State_HasFocus && option.state & QStyle::State_Active;
    painter->save();
    paintPanel(*painter, box, hovered ? theme.raised : theme.surface, theme.line, unit * 1.5);
    if (focused)
        paintFocusRing(*painter, box, theme, unit * 1.5);
    painter->setFont(option.font);
    painter->setPen(theme.text);
    painter->drawText(parts.title, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                      option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, parts.title.width()));
    painter->setFont(small);
    const QString below = row.ready ? tr("Ready") : tr("Waits for: %1").arg(row.waitsFor);
    painter->setPen(row.ready ? theme.ink(Tone::Good) : theme.muted);
    painter->drawText(parts.below, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                      QFontMetrics(small).elidedText(below, Qt::ElideRight, parts.below.width()));
    painter->setPen(theme.accent);
    painter->drawText(parts.deploy, Qt::AlignCenter | Qt::TextSingleLine, deploy);
    if (hovered || focused) {
        painter->setPen(theme.muted);
        painter->drawText(parts.leave, Qt::AlignCenter, u"✕"_s);
    }
    painter->restore();
}

bool QueueDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                              const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip || !index.isValid())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    QString text = index.data(Qt::AccessibleTextRole).toString();
    switch (spotAt(index, option.rect, view->font(), event->pos())) {
    case Spot::Leave:
        text = tr("Take it out of the queue");
        break;
    case Spot::Deploy:
        text = tr("Staging is free: deploy it now");
        break;
    case Spot::Row:
        break;
    }
    QToolTip::showText(event->globalPos(), u"<p>%1</p>"_s.arg(text.toHtmlEscaped()), view);
    return true;
}

} // namespace Slipway
