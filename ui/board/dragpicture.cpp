// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/board/dragpicture.h"

#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace Slipway {

/// The card as it is, with edges that hide or show a point whole: a window without an alpha channel is cut by a mask,
/// and every half-transparent point of a shadow or a slanted edge would be a solid one.
DragPicture flatPicture(const QPixmap &card, const QPoint &grip, const QColor &edge, double radius)
{
    QImage flat(card.size(), QImage::Format_ARGB32_Premultiplied);
    flat.setDevicePixelRatio(card.devicePixelRatio());
    flat.fill(Qt::transparent);
    const QRectF box(QPointF(), card.deviceIndependentSize());
    QPainterPath shape;
    shape.addRoundedRect(box, radius, radius);
    QPainter painter(&flat);
    painter.setClipPath(shape);
    painter.fillRect(box, edge);
    painter.drawPixmap(QPointF(), card);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(edge, 2));
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius - 1, radius - 1);
    painter.end();
    return {QPixmap::fromImage(flat), grip};
}

DragPicture liftedPicture(const QPixmap &card, const QPoint &grip)
{
    constexpr double kTilt = -1.8; // degrees: lifted, still readable
    constexpr int kShadow = 14;
    const qreal ratio = card.devicePixelRatio();
    const QSizeF size = card.deviceIndependentSize();
    const double slope = std::abs(std::sin(kTilt * M_PI / 180.0));
    const QSizeF room(size.width() + size.height() * slope + 2 * kShadow,
                      size.height() + size.width() * slope + 2 * kShadow);
    QPixmap lifted((room * ratio).toSize());
    lifted.setDevicePixelRatio(ratio);
    lifted.fill(Qt::transparent);

    QTransform tilt;
    tilt.translate(room.width() / 2, room.height() / 2);
    tilt.rotate(kTilt);
    tilt.translate(-size.width() / 2, -size.height() / 2);
    QPainter painter(&lifted);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    painter.setTransform(tilt);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0, 0, 0, 7));
    for (int spread = kShadow; spread > 0; spread -= 2) {
        const QRectF shadow = QRectF(QPointF(), size).adjusted(-spread, -spread + 8, spread, spread - 2);
        painter.drawRoundedRect(shadow, 8 + spread, 8 + spread);
    }
    painter.drawPixmap(QPointF(), card);
    return {lifted, tilt.map(grip)};
}

} // namespace Slipway
