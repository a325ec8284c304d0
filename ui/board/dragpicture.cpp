// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/board/dragpicture.h"

#include <QPainter>

#include <cmath>

namespace Slipway {

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
