// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sidebar/navbutton.h"

#include "ui/sidebar/navdelegate.h"
#include "ui/theme/paint.h"

namespace Slipway {

NavButton::NavButton(const QString &text, QWidget *parent)
    : QAbstractButton(parent)
{
    setText(text);
    setCheckable(true);
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize NavButton::sizeHint() const
{
    return {unitOf(this) * 30, NavDelegate::rowHeight(fontMetrics())};
}

void NavButton::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    const int unit = unitOf(this);
    QPainter painter(this);
    const QRect box = rect().adjusted(0, 1, 0, -1);
    if (isChecked())
        paintPanel(painter, box, theme.accentSoft, {}, unit * 1.5);
    else if (underMouse())
        paintPanel(painter, box, theme.raised, {}, unit * 1.5);
    if (hasFocus())
        paintFocusRing(painter, box, theme, unit * 1.5);
    painter.setPen(theme.text);
    painter.drawText(box.adjusted(2 * unit, 0, -2 * unit, 0), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextShowMnemonic,
                     text());
}

Brand::Brand(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Slipway"));
}

QSize Brand::sizeHint() const
{
    return {unitOf(this) * 30, fontMetrics().height() + 5 * unitOf(this)};
}

void Brand::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    const int unit = unitOf(this);
    QPainter painter(this);
    const int size = fontMetrics().height() + unit;
    paintBrand(painter, QRectF(2 * unit, (height() - size) / 2.0, size, size), theme);
    painter.setFont(scaledFont(font(), kTitleText, true));
    painter.setPen(theme.text);
    painter.drawText(rect().adjusted(4 * unit + size, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, tr("Slipway"));
}

} // namespace Slipway
