// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/board/droptarget.h"

#include "ui/theme/paint.h"

namespace Slipway {

DropTarget::DropTarget(QWidget *parent)
    : QWidget(parent)
{
    setAttribute(Qt::WA_TransparentForMouseEvents); // the column takes the drop
    hide();
}

void DropTarget::show(const QString &text, bool legal)
{
    m_text = text;
    m_legal = legal;
    m_aimed = false;
    m_hint.clear();
    setAccessibleName(text);
    raise();
    setVisible(true);
    update();
}

void DropTarget::setAimed(bool aimed, const QString &hint)
{
    m_aimed = aimed;
    m_hint = hint;
    update();
}

QSize DropTarget::sizeHint() const
{
    const int unit = unitOf(this);
    return {unit * 40, 3 * fontMetrics().height() + 5 * unit};
}

void DropTarget::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    const int unit = unitOf(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor ink = m_legal ? theme.accent : theme.muted;
    const QColor ground = m_legal ? theme.accentSoft : theme.column;
    painter.setBrush(m_aimed && m_legal ? mix(ground, theme.accent, 0.14) : ground);
    painter.setPen(
        QPen(m_legal ? ink : mix(theme.column, theme.text, m_aimed ? 0.45 : 0.2), m_aimed ? 2.4 : 1.6, Qt::DashLine));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1.5, 1.5, -1.5, -1.5), unit * 2.0, unit * 2.0);
    painter.setPen(ink);
    painter.setFont(boldFont(font()));
    const QRect box = rect().adjusted(2 * unit, unit, -2 * unit, -unit);
    if (m_hint.isEmpty()) {
        painter.drawText(box, Qt::AlignCenter | Qt::TextWordWrap, m_text);
        return;
    }
    const int middle = box.bottom() - fontMetrics().height() - unit;
    painter.drawText(QRect(box.left(), box.top(), box.width(), middle - box.top()), Qt::AlignCenter | Qt::TextWordWrap,
                     m_text);
    painter.setFont(scaledFont(font(), kSmallText));
    painter.setPen(theme.muted);
    painter.drawText(QRect(box.left(), middle + unit / 2, box.width(), box.bottom() - middle),
                     Qt::AlignHCenter | Qt::AlignTop | Qt::TextSingleLine, m_hint);
}

} // namespace Slipway
