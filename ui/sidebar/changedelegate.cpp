// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sidebar/changedelegate.h"

#include "models/board/changemodel.h"
#include "models/board/openchangemodel.h"
#include "ui/sidebar/changesigns.h"
#include "ui/theme/paint.h"
#include "ui/theme/words.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

/// The second line in parts, so that what has to give way is the author's name and not the facts.
struct Below
{
    QStringList before;
    QString author;
    QStringList after;

    QString text(const QString &shortAuthor) const
    {
        QStringList facts = before + QStringList{shortAuthor} + after;
        facts.removeAll(QString());
        return facts.join(u" · "_s);
    }
    QString elided(const QFontMetrics &metrics, int width) const
    {
        const int over = metrics.horizontalAdvance(text(author)) - width;
        if (over <= 0 || author.isEmpty())
            return metrics.elidedText(text(author), Qt::ElideRight, width);
        const int room = qMax(metrics.averageCharWidth() * 5, metrics.horizontalAdvance(author) - over);
        return metrics.elidedText(text(metrics.elidedText(author, Qt::ElideRight, room)), Qt::ElideRight, width);
    }
};

Below below(const Change &change, const QString &carrier)
{
    Below facts;
    if (change.number)
        facts.before += change.ref();
    facts.author = change.author;
    facts.after += carrier.isEmpty() ? Words::age(change.updatedAt) : ChangeDelegate::tr("on %1").arg(carrier);
    const int ahead = change.commitsAhead.value_or(0);
    const int behind = change.commitsBehind.value_or(0);
    QStringList distance;
    if (ahead > 0)
        distance += ChangeDelegate::tr("↑%1").arg(ahead);
    if (behind > 0)
        distance += ChangeDelegate::tr("↓%1").arg(behind);
    facts.after += distance.join(u' ');
    return facts;
}

} // namespace

int ChangeDelegate::rowHeight(const QFontMetrics &metrics) const
{
    return (m_signs ? 3 : 2) * metrics.height() + 3 * unitOf(metrics);
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
    painter->save();
    // Which one is current shows only while the list has the keys: a selection here would look like the pipeline's.
    const bool focused = option.state & QStyle::State_HasFocus && option.state & QStyle::State_Active;
    if (option.state & QStyle::State_MouseOver || focused)
        paintPanel(*painter, box, theme.raised, {}, unit * 1.5);
    if (focused)
        paintFocusRing(*painter, box, theme, unit * 1.5);
    const auto change = index.data(OpenChangeModel::ChangeRole).value<Change>();
    const QString carrier = index.data(OpenChangeModel::CarrierRole).toString();
    const QFont small = scaledFont(option.font, kSmallText);
    const QFontMetrics metrics(small);
    const QList<ChangeWords::Standing> signs = ChangeWords::standing(change);
    // One that nobody told anything of stands in the middle of its row.
    const int lower = m_signs && signs.isEmpty() ? metrics.height() / 2 : 0;
    const QRect inner = box.adjusted(2 * unit, unit + lower, -2 * unit, -unit);
    QRect line(inner.topLeft(), QSize(inner.width(), option.fontMetrics.height()));
    painter->setFont(option.font);
    painter->setPen(carrier.isEmpty() ? theme.text : theme.muted);
    painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                      option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, line.width()));
    line = QRect(inner.left(), line.bottom() + 1 + unit / 2, inner.width(), metrics.height());
    painter->setFont(small);
    painter->setPen(theme.muted);
    painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                      below(change, carrier).elided(metrics, line.width()));
    if (m_signs && !signs.isEmpty()) {
        line = QRect(inner.left(), inner.bottom() + 1 - metrics.height(), inner.width(), metrics.height());
        paintSigns(*painter, line, signs, theme);
    }
    painter->restore();
}

bool ChangeDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                               const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip || !index.isValid())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    const auto change = index.data(OpenChangeModel::ChangeRole).value<Change>();
    const Below facts = below(change, index.data(OpenChangeModel::CarrierRole).toString());
    QStringList words;
    for (const ChangeWords::Standing one : ChangeWords::standing(change))
        words += ChangeWords::word(one);
    QStringList lines{index.data().toString(), facts.text(facts.author), ChangeWords::commits(change),
                      words.join(u" · "_s), tr("Drag it to the dev environments to try it in one of its own.")};
    lines.removeAll(QString());
    const QString text = lines.join(u'\n');
    QToolTip::showText(event->globalPos(), u"<p>%1</p>"_s.arg(text.toHtmlEscaped().replace(u'\n', u"<br>"_s)), view);
    return true;
}

} // namespace Slipway
