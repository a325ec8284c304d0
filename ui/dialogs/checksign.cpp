// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/checksign.h"

#include "ui/theme/paint.h"

namespace Slipway {

CheckSign::CheckSign(Shape shape, QWidget *parent)
    : QWidget(parent)
    , m_shape(shape)
{
    const int size = fontMetrics().height();
    setFixedSize(size + unitOf(this) * 2, size);
}

Tone CheckSign::toneOf(Shape shape)
{
    switch (shape) {
    case Shape::Tick:
        return Tone::Good;
    case Shape::Exclamation:
        return Tone::Warn;
    case Shape::Cross:
        return Tone::Bad;
    case Shape::Ring:
        return Tone::Busy;
    case Shape::Dash:
    case Shape::Arrow:
        break;
    }
    return Tone::Neutral;
}

void CheckSign::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double side = height();
    painter.scale(side, side);
    painter.setPen(QPen(theme.ink(toneOf(m_shape)), 0.11, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    switch (m_shape) {
    case Shape::Tick:
        painter.drawPolyline(QPolygonF{{0.16, 0.54}, {0.38, 0.76}, {0.76, 0.28}});
        break;
    case Shape::Exclamation:
        painter.drawLine(QPointF(0.45, 0.2), QPointF(0.45, 0.58));
        painter.drawPoint(QPointF(0.45, 0.8));
        break;
    case Shape::Cross:
        painter.drawLine(QPointF(0.22, 0.26), QPointF(0.7, 0.74));
        painter.drawLine(QPointF(0.7, 0.26), QPointF(0.22, 0.74));
        break;
    case Shape::Dash:
        painter.drawLine(QPointF(0.24, 0.5), QPointF(0.68, 0.5));
        break;
    case Shape::Ring:
        painter.drawEllipse(QPointF(0.46, 0.5), 0.25, 0.25);
        break;
    case Shape::Arrow:
        painter.drawPolyline(QPolygonF{{0.4, 0.24}, {0.18, 0.46}, {0.4, 0.68}});
        painter.drawLine(QPointF(0.2, 0.46), QPointF(0.74, 0.46));
        break;
    }
}

} // namespace Slipway
