// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/inspectorhead.h"

#include "ui/theme/paint.h"
#include "ui/theme/words.h"
#include "ui/widgets/button.h"

#include <QHBoxLayout>

using namespace Qt::StringLiterals;

namespace Slipway {

InspectorHead::InspectorHead(QWidget *parent)
    : QWidget(parent)
    , m_line(new QWidget(this))
    , m_promote(new Button({}, Button::Look::Primary, this))
    , m_open(new Button(tr("Open"), Button::Look::Plain, this))
    , m_more(new Button(u"⋯"_s, Button::Look::Plain, this))
{
    const int unit = unitOf(this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(4 * unit, 3 * unit, 4 * unit, unit);
    layout->setSpacing(2 * unit);
    m_line->setFixedHeight(qRound(fontMetrics().height() * 1.4));
    layout->addWidget(m_line);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(2 * unit);
    buttons->addWidget(m_promote);
    buttons->addWidget(m_open);
    buttons->addWidget(m_more);
    buttons->addStretch(1);
    layout->addLayout(buttons);
    m_more->setAccessibleName(tr("More actions"));
    m_more->setToolTip(tr("More actions"));
    connect(m_promote, &Button::clicked, this, &InspectorHead::promoteWanted);
    connect(m_open, &Button::clicked, this, &InspectorHead::openWanted);
    connect(m_more, &Button::clicked, this,
            [this] { Q_EMIT menuWanted(m_more->mapToGlobal(QPoint(0, m_more->height()))); });
}

void InspectorHead::setCard(const Card &card, const QString &refusal)
{
    m_card = card;
    const QString promote = Words::promoteLabel(card.environment.stage);
    m_promote->setVisible(!promote.isEmpty());
    m_promote->setText(promote);
    m_promote->updateGeometry();
    m_promote->setEnabled(refusal.isEmpty());
    m_promote->setToolTip(refusal);
    m_promote->setAccessibleName(refusal.isEmpty() ? tr("%1: %2").arg(promote, card.environment.name)
                                                   : tr("%1: not now, %2").arg(promote, refusal));
    m_open->setEnabled(isOpenable(card.environment.address));
    m_open->setAccessibleName(tr("Open %1").arg(card.environment.address.toDisplayString()));
    m_open->setToolTip(card.environment.address.toDisplayString());
    setAccessibleName(
        tr("%1, %2, %3").arg(card.environment.name, Words::state(card.environment.state), Words::badge(card).text));
    update();
}

void InspectorHead::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    const int unit = unitOf(this);
    QPainter painter(this);
    const QRect line = m_line->geometry();
    const int size = qRound(fontMetrics().height() * 0.52);
    const bool busy = m_card.operation && m_card.operation->isActive();
    paintState(painter, QRectF(line.left(), line.center().y() - size / 2.0 + 0.5, size, size),
               busy ? EnvironmentState::Deploying : m_card.environment.state, theme);
    int left = line.left() + size + 2 * unit;
    const Badge badge = busy ? Badge{tr("Deploying"), Tone::Busy} : Words::badge(m_card);
    const QFont small = scaledFont(font(), kSmallText);
    const QSize badgeBox = badgeSize(badge.text, QFontMetrics(small));
    const QFont bold = scaledFont(font(), kTitleText, true);
    const QFontMetrics metrics(bold);
    const QString name = metrics.elidedText(m_card.environment.name, Qt::ElideRight,
                                            qMax(unit * 10, line.right() - left - badgeBox.width() - 3 * unit));
    painter.setFont(bold);
    painter.setPen(theme.text);
    painter.drawText(QRect(left, line.top(), line.width(), line.height()), Qt::AlignLeft | Qt::AlignVCenter, name);
    left += metrics.horizontalAdvance(name) + 2 * unit;
    painter.setFont(small);
    paintBadge(painter, QRect(QPoint(left, line.center().y() - badgeBox.height() / 2), badgeBox), badge.text,
               badge.tone, theme, badge.hollow);
    left += badgeBox.width() + 2 * unit;
    if (m_card.environment.clonedFrom.isEmpty())
        return;
    painter.setPen(theme.muted);
    const QString origin = tr("cloned from %1").arg(m_card.environment.clonedFrom);
    const int room = line.right() - left;
    if (room > unit * 14)
        painter.drawText(QRect(left, line.top(), room, line.height()), Qt::AlignRight | Qt::AlignVCenter,
                         QFontMetrics(small).elidedText(origin, Qt::ElideRight, room));
}

} // namespace Slipway
