// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/board/carddelegate.h"

#include "models/board/cardwords.h"
#include "models/board/columnmodel.h"
#include "ui/theme/paint.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainterPath>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace Slipway {

CardDelegate::CardDelegate(QObject *parent)
    : QStyledItemDelegate(parent)
    , m_metrics(QFont())
    , m_layouts(400)
{ }

void CardDelegate::setFont(const QFont &font)
{
    m_metrics = CardMetrics(font);
    m_layouts.clear();
}

QSize CardDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {m_metrics.unit * 40, m_metrics.height + m_metrics.spacing};
}

QRect CardDelegate::cardIn(const QRect &item) const
{
    return item.adjusted(2, 2, -2, 2 - m_metrics.spacing);
}

const CardLayout &CardDelegate::layoutFor(const QModelIndex &index, int width) const
{
    const QString id = index.data(ColumnModel::IdRole).toString();
    const CardText text = cardText(index.data(ColumnModel::CardRole).value<Card>());
    if (const CardLayout *hit = m_layouts.object(id); hit && hit->width() == width && hit->text() == text)
        return *hit;
    auto *made = new CardLayout(text, m_metrics, width);
    m_layouts.insert(id, made);
    return *made;
}

CardDelegate::Spot CardDelegate::spotAt(const QModelIndex &index, const QRect &item, const QPoint &position) const
{
    const QRect card = cardIn(item);
    const CardLayout &layout = layoutFor(index, card.width());
    const QPoint local = position - card.topLeft();
    if (layout.link().contains(local))
        return Spot::Link;
    if (layout.keep().contains(local))
        return Spot::Keep;
    return layout.copy().contains(local) ? Spot::Copy : Spot::Card;
}

void CardDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.palette);
    const QRect card = cardIn(option.rect);
    const CardLayout &layout = layoutFor(index, card.width());
    const bool lifted = !m_lifted.isEmpty() && index.data(ColumnModel::IdRole).toString() == m_lifted;
    painter->save();
    paintBody(*painter, card, option, layout.text(), lifted);
    if (lifted || m_dimmed)
        painter->setOpacity(0.5);
    painter->save();
    painter->translate(card.topLeft());
    paintText(*painter, layout, theme);
    if (option.state & QStyle::State_MouseOver && !lifted)
        paintCopy(*painter, layout.copy(), theme);
    painter->restore();
    if (layout.text().progress >= 0)
        paintProgress(*painter, card, layout.text().progress, theme);
    painter->restore();
}

void CardDelegate::paintBody(QPainter &painter, const QRect &card, const QStyleOptionViewItem &option,
                             const CardText &text, bool lifted) const
{
    const Theme &theme = Theme::of(option.palette);
    const bool selected = option.state & QStyle::State_Selected;
    const bool focused = option.state & QStyle::State_HasFocus;
    if (lifted) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setBrush(mix(theme.surface, theme.column, 0.6));
        painter.setPen(QPen(mix(theme.accent, theme.surface, 0.35), 1.2, Qt::DashLine));
        painter.drawRoundedRect(QRectF(card).adjusted(0.5, 0.5, -0.5, -0.5), m_metrics.radius, m_metrics.radius);
        return;
    }
    if (focused && selected)
        paintPanel(painter, QRectF(card).adjusted(-2, -2, 2, 2), mix(theme.column, theme.accent, 0.35), {},
                   m_metrics.radius + 2);
    else if (!theme.dark)
        paintPanel(painter, QRectF(card).translated(0, 1.2), mix(theme.column, theme.text, 0.1), {}, m_metrics.radius);
    const bool hovered = option.state & QStyle::State_MouseOver;
    const QColor plain =
        text.framed ? mix(theme.surface, theme.text, 0.5) : mix(theme.line, theme.text, hovered ? 0.25 : 0);
    paintPanel(painter, card, m_dimmed ? mix(theme.surface, theme.column, 0.5) : theme.surface,
               selected ? theme.accent : plain, m_metrics.radius,
               selected          ? 1.5
                   : text.framed ? 1.4
                                 : 1.0);
}

void CardDelegate::paintText(QPainter &painter, const CardLayout &layout, const Theme &theme) const
{
    paintState(painter, layout.shape(), layout.text().state, theme);
    for (const CardRun &run : layout.runs()) {
        switch (run.face) {
        case CardRun::Face::Base:
            painter.setFont(m_metrics.base);
            break;
        case CardRun::Face::Name:
            painter.setFont(m_metrics.name);
            break;
        case CardRun::Face::Small:
            painter.setFont(m_metrics.small);
            break;
        case CardRun::Face::Mono:
            painter.setFont(m_metrics.mono);
            break;
        }
        painter.setPen(run.ink == CardRun::Ink::Text         ? theme.text
                           : run.ink == CardRun::Ink::Muted  ? theme.muted
                           : run.ink == CardRun::Ink::Accent ? theme.accent
                                                             : theme.ink(run.tone));
        painter.drawStaticText(run.at, run.text);
    }
    painter.setFont(m_metrics.small);
    const Badge &badge = layout.text().badge;
    paintBadge(painter, layout.badge(), layout.badgeText(), badge.tone, theme, badge.hollow);
}

void CardDelegate::paintCopy(QPainter &painter, const QRect &box, const Theme &theme) const
{
    if (box.isEmpty())
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    const double side = box.width() * 0.5;
    const double shift = box.width() * 0.14;
    const QRectF back(box.center().x() - side / 2 - shift / 2, box.center().y() - side / 2 - shift, side, side);
    painter.setPen(QPen(theme.muted, 1.3));
    painter.setBrush(theme.surface);
    painter.drawRoundedRect(back, 2, 2);
    painter.drawRoundedRect(back.translated(shift * 1.6, shift * 1.6), 2, 2);
}

void CardDelegate::paintProgress(QPainter &painter, const QRect &card, double progress, const Theme &theme) const
{
    painter.save();
    QPainterPath shape;
    shape.addRoundedRect(QRectF(card).adjusted(1, 1, -1, -1), m_metrics.radius - 1, m_metrics.radius - 1);
    painter.setClipPath(shape);
    const int height = qMax(3, m_metrics.unit * 3 / 4);
    const QRect track(card.left(), card.bottom() + 1 - height, card.width(), height);
    painter.fillRect(track, theme.line);
    painter.fillRect(QRect(track.topLeft(), QSize(qRound(track.width() * progress), height)), theme.ink(Tone::Busy));
    painter.restore();
}

QPixmap CardDelegate::picture(const QModelIndex &index, const QStyleOptionViewItem &option, qreal ratio) const
{
    QStyleOptionViewItem alone(option);
    alone.state = QStyle::State_Enabled;
    const QRect card = cardIn(option.rect);
    alone.rect = option.rect.translated(-card.topLeft());
    QPixmap picture(card.size() * ratio);
    picture.setDevicePixelRatio(ratio);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    paint(&painter, alone, index);
    return picture;
}

bool CardDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                             const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip || !index.isValid())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    const Card card = index.data(ColumnModel::CardRole).value<Card>();
    QString text;
    switch (spotAt(index, option.rect, event->pos())) {
    case Spot::Link:
        text = tr("Open %1").arg(card.environment.address.toDisplayString());
        break;
    case Spot::Copy:
        text = tr("Copy %1").arg(card.environment.address.toDisplayString());
        break;
    case Spot::Keep:
        text = tr("Give %1 more time").arg(card.environment.name);
        break;
    case Spot::Card:
        text = cardSentence(card);
        if (card.operation && card.operation->error)
            text += u"\n"_s + card.operation->error->text();
        break;
    }
    QToolTip::showText(event->globalPos(), u"<p>%1</p>"_s.arg(text.toHtmlEscaped().replace(u'\n', u"<br>"_s)), view);
    return true;
}

} // namespace Slipway
