// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/panel.h"

#include "ui/theme/paint.h"

#include <QPaintEvent>

namespace Slipway {

Panel::Panel(Qt::Edges lines, QWidget *parent)
    : QWidget(parent)
    , m_lines(lines)
{
    setAttribute(Qt::WA_OpaquePaintEvent);
}

void Panel::paintEvent(QPaintEvent *event)
{
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    painter.fillRect(event->rect(), theme.surface);
    painter.setPen(theme.line);
    const QRect edge = rect().adjusted(0, 0, -1, -1);
    if (m_lines & Qt::TopEdge)
        painter.drawLine(edge.topLeft(), edge.topRight());
    if (m_lines & Qt::BottomEdge)
        painter.drawLine(edge.bottomLeft(), edge.bottomRight());
    if (m_lines & Qt::LeftEdge)
        painter.drawLine(edge.topLeft(), edge.bottomLeft());
    if (m_lines & Qt::RightEdge)
        painter.drawLine(edge.topRight(), edge.bottomRight());
}

Page::Page(QWidget *parent)
    : QWidget(parent)
{
    setAttribute(Qt::WA_OpaquePaintEvent); // so that nothing is painted under it
}

void Page::paintEvent(QPaintEvent *event)
{
    QPainter(this).fillRect(event->rect(), Theme::of(palette()).page);
}

} // namespace Slipway
