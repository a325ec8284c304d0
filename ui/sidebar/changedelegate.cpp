// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sidebar/changedelegate.h"

#include "models/board/changemodel.h"
#include "models/board/openchangemodel.h"
#include "ui/theme/paint.h"
#include "ui/theme/words.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

QString below(const QModelIndex &index)
{
    const auto change = index.data(OpenChangeModel::ChangeRole).value<Change>();
    const QString carrier = index.data(OpenChangeModel::CarrierRole).toString();
    QStringList facts{change.author};
    if (!carrier.isEmpty()) {
        facts += ChangeDelegate::tr("on %1").arg(carrier);
    } else {
        facts += Words::age(change.updatedAt);
        if (const int commits = change.commitsAhead.value_or(0); commits > 0)
            facts += Words::some(commits, ChangeDelegate::tr("1 commit"), ChangeDelegate::tr("%1 commits"));
    }
    facts.removeAll(QString());
    return facts.join(u" · "_s);
}

} // namespace

int ChangeDelegate::rowHeight(const QFontMetrics &metrics)
{
    return 2 * metrics.height() + 3 * unitOf(metrics);
}

QSize ChangeDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {unitOf(option.fontMetrics) * 30, rowHeight(option.fontMetrics)};
}

void ChangeDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.palette);
    const int unit = unitOf(option.fontMetrics);
    const QRect box = option.rect.adjusted(0, 1, 0, -1);
    const bool carried = !index.data(OpenChangeModel::CarrierRole).toString().isEmpty();
    painter->save();
    // Which one is current shows only while the list has the keys: a selection here would look like the pipeline's.
    const bool focused = option.state & QStyle::State_HasFocus && option.state & QStyle::State_Active;
    if (option.state & QStyle::State_MouseOver || focused)
        paintPanel(*painter, box, theme.raised, {}, unit * 1.5);
    if (focused)
        paintFocusRing(*painter, box, theme, unit * 1.5);
    const QRect inner = box.adjusted(2 * unit, unit, -2 * unit, -unit);
    const QFont small = scaledFont(option.font, 0.92);
    const QFontMetrics metrics(small);
    const QRect first(inner.topLeft(), QSize(inner.width(), option.fontMetrics.height()));
    const QRect second(inner.left(), inner.bottom() + 1 - metrics.height(), inner.width(), metrics.height());
    painter->setFont(option.font);
    painter->setPen(carried ? theme.muted : theme.text);
    painter->drawText(first, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                      option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, first.width()));
    painter->setFont(small);
    painter->setPen(theme.muted);
    painter->drawText(second, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                      metrics.elidedText(below(index), Qt::ElideRight, second.width()));
    painter->restore();
}

bool ChangeDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                               const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip || !index.isValid())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    const QString text = u"%1\n%2\n%3"_s.arg(index.data().toString(), below(index),
                                             tr("Drag it to the dev environments to try it in one of its own."));
    QToolTip::showText(event->globalPos(), u"<p>%1</p>"_s.arg(text.toHtmlEscaped().replace(u'\n', u"<br>"_s)), view);
    return true;
}

} // namespace Slipway
