// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/scrollbar.h"

#include "ui/theme/paint.h"

#include <QStyleOptionSlider>

namespace Slipway {

namespace {

/// From `begin` on, `length` along the bar, all its breadth.
QRect along(const QStyleOptionSlider &option, int begin, int length)
{
    const QRect &bar = option.rect;
    return option.orientation == Qt::Horizontal ? QRect(bar.x() + begin, bar.y(), length, bar.height())
                                                : QRect(bar.x(), bar.y() + begin, bar.width(), length);
}

} // namespace

QRect ScrollBar::part(const QStyleOptionSlider &option, QStyle::SubControl part)
{
    const int room = option.orientation == Qt::Horizontal ? option.rect.width() : option.rect.height();
    const qint64 range = qint64(option.maximum) - option.minimum;
    const int share = range > 0 ? int(qint64(room) * option.pageStep / (range + option.pageStep)) : room;
    const int length = qMin(room, qMax(share, kShortest));
    const int begin = QStyle::sliderPositionFromValue(option.minimum, option.maximum, option.sliderPosition,
                                                      room - length, option.upsideDown);
    switch (part) {
    case QStyle::SC_ScrollBarGroove:
        return option.rect;
    case QStyle::SC_ScrollBarSlider:
        return along(option, begin, length);
    case QStyle::SC_ScrollBarSubPage:
        return along(option, 0, begin);
    case QStyle::SC_ScrollBarAddPage:
        return along(option, begin + length, room - begin - length);
    default:
        return {};
    }
}

void ScrollBar::paint(QPainter &painter, const QStyleOptionSlider &option)
{
    if (option.minimum == option.maximum)
        return;
    const Theme &theme = Theme::of(option.palette);
    const bool held = option.activeSubControls & QStyle::SC_ScrollBarSlider
        && option.state & (QStyle::State_Sunken | QStyle::State_MouseOver);
    const bool horizontal = option.orientation == Qt::Horizontal;
    const double breadth = horizontal ? option.rect.height() : option.rect.width();
    const double aside = breadth * (held ? 0.22 : 0.3);
    const QRectF handle = QRectF(part(option, QStyle::SC_ScrollBarSlider))
                              .adjusted(horizontal ? 2 : aside, horizontal ? aside : 2, horizontal ? -2 : -aside,
                                        horizontal ? -aside : -2);
    const double radius = breadth / 2 - aside;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    // Stands out 3 to 1, as WCAG wants of what can be operated.
    painter.setBrush(mix(theme.surface, theme.text, held ? 0.65 : 0.5));
    painter.drawRoundedRect(handle, radius, radius);
    painter.restore();
}

} // namespace Slipway
