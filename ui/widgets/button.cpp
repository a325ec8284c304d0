// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/button.h"

#include "ui/theme/paint.h"

#include <QStyleOptionButton>

namespace Slipway {

Button::Button(const QString &text, Look look, QWidget *parent)
    : QPushButton(text, parent)
    , m_look(look)
{
    setAttribute(Qt::WA_Hover);
    setAutoDefault(false);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Button::setLook(Look look)
{
    m_look = look;
    update();
}

QSize Button::sizeHint() const
{
    if (m_known.look == m_look && m_known.text == text() && m_known.font == font())
        return m_known.size;
    const int unit = unitOf(this);
    const bool plainText = m_look == Look::Quiet || m_look == Look::Link;
    const QFontMetrics metrics(plainText ? font() : boldFont(font()));
    const int width = metrics.size(Qt::TextShowMnemonic, text()).width() + (plainText ? 4 : 6) * unit;
    const int height = metrics.height() + (m_look == Look::Link ? 1 : plainText ? 2 : 3) * unit;
    m_known = {m_look, text(), font(), {qMax(width, 8 * unit), height}};
    return m_known.size;
}

void Button::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    const double radius = unitOf(this) * 1.5;
    const bool filled = m_look == Look::Primary || m_look == Look::Danger;
    const QColor tone = m_look == Look::Danger ? theme.ink(Tone::Bad) : theme.accent;
    QColor fill = filled ? tone : m_look == Look::Plain ? theme.surface : QColor();
    QColor ink = filled ? (m_look == Look::Danger ? theme.surface : theme.onAccent) : theme.text;
    if (m_look == Look::Quiet)
        ink = theme.muted;
    else if (m_look == Look::Link)
        ink = theme.accent;
    if (!isEnabled()) {
        fill = filled ? mix(theme.surface, theme.text, 0.12) : fill;
        ink = mix(theme.muted, theme.surface, 0.25);
    } else if (isDown()) {
        fill = filled ? mix(tone, theme.text, 0.25) : theme.line;
    } else if (underMouse()) {
        fill = filled ? mix(tone, theme.text, 0.12) : theme.raised;
    }
    paintPanel(painter, rect(), fill, m_look == Look::Plain ? theme.line : QColor(), radius);
    if (hasFocus() && isEnabled()) {
        if (filled)
            paintPanel(painter, QRectF(rect()).adjusted(2, 2, -2, -2), {}, theme.onAccent, radius - 1.5, 1.5);
        else
            paintFocusRing(painter, rect(), theme, radius);
    }
    painter.setFont(m_look == Look::Quiet || m_look == Look::Link ? font() : boldFont(font()));
    painter.setPen(ink);
    painter.drawText(rect(), Qt::AlignCenter | Qt::TextShowMnemonic, text());
}

} // namespace Slipway
