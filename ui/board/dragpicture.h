// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPixmap>
#include <QPoint>

namespace Slipway {

/// What hangs at the pointer during a drag.
struct DragPicture
{
    QPixmap pixmap;
    QPoint hotSpot; ///< device-independent
};

/// The card upright in a solid frame, for a display that cannot blend windows.
DragPicture flatPicture(const QPixmap &card, const QPoint &grip, const QColor &edge, double radius);

/// The card tilted a little over its shadow; `grip` is where the pointer holds it.
DragPicture liftedPicture(const QPixmap &card, const QPoint &grip);

} // namespace Slipway
