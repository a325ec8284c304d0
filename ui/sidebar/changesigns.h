// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/board/changewords.h"
#include "ui/theme/theme.h"

class QFontMetrics;
class QPainter;
class QRect;
class QRectF;

namespace Slipway {

Tone toneOf(ChangeWords::Standing standing);

/// Each a shape of its own: reviews are discs, CI is strokes, a conflict is a triangle, a draft a dashed ring.
void paintSign(QPainter &painter, const QRectF &box, ChangeWords::Standing standing, const Theme &theme);

/// In a line, each with its word. Where there is no room for all words the last ones go; their signs stay. Uses the
/// painter's font.
void paintSigns(QPainter &painter, const QRect &line, const QList<ChangeWords::Standing> &signs, const Theme &theme);

} // namespace Slipway
