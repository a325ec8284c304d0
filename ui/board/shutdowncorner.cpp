// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/board/shutdowncorner.h"

#include "ui/board/carried.h"
#include "ui/theme/paint.h"

#include <QDragEnterEvent>

namespace Slipway {

ShutDownCorner::ShutDownCorner(QWidget *parent)
    : QWidget(parent)
{
    setAcceptDrops(true);
    hide();
}

void ShutDownCorner::offer(const DropAnswer &answer)
{
    m_answer = answer;
    m_aimed = false;
    m_hint.clear();
    setAccessibleName(answer.text);
    resize(width(), sizeHint().height());
    raise();
    show();
    update();
}

void ShutDownCorner::setAimed(bool aimed, const QString &hint)
{
    m_aimed = aimed;
    m_hint = hint;
    update();
}

QSize ShutDownCorner::sizeHint() const
{
    const int unit = unitOf(this);
    return {unit * 50, 2 * fontMetrics().height() + 5 * unit};
}

void ShutDownCorner::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    const int unit = unitOf(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor ink = m_answer.legal ? theme.ink(Tone::Bad) : theme.muted;
    const QColor ground = m_answer.legal && m_aimed ? theme.fill(Tone::Bad) : theme.surface;
    painter.setBrush(ground);
    painter.setPen(QPen(m_answer.legal ? ink : mix(theme.column, theme.text, m_aimed ? 0.45 : 0.2), m_aimed ? 2.4 : 1.6,
                        Qt::DashLine));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1.5, 1.5, -1.5, -1.5), unit * 2.0, unit * 2.0);
    painter.setPen(ink);
    painter.setFont(boldFont(font()));
    const QRect box = rect().adjusted(2 * unit, unit, -2 * unit, -unit);
    if (m_hint.isEmpty()) {
        painter.drawText(box, Qt::AlignCenter | Qt::TextWordWrap, m_answer.text);
        return;
    }
    const QRect upper(box.left(), box.top(), box.width(), box.height() / 2);
    painter.drawText(upper, Qt::AlignCenter | Qt::TextSingleLine,
                     QFontMetrics(painter.font()).elidedText(m_answer.text, Qt::ElideRight, upper.width()));
    painter.setFont(scaledFont(font(), 0.92));
    painter.setPen(theme.muted);
    painter.drawText(upper.translated(0, box.height() / 2), Qt::AlignCenter | Qt::TextSingleLine, m_hint);
}

void ShutDownCorner::dragEnterEvent(QDragEnterEvent *event)
{
    if (!isCarried(event->mimeData()))
        return;
    setAimed(true);
    event->setDropAction(Qt::CopyAction);
    event->accept(); // refused in the moves that follow, so that they go on coming
}

void ShutDownCorner::dragMoveEvent(QDragMoveEvent *event)
{
    if (m_answer.legal && isCarried(event->mimeData())) {
        event->setDropAction(Qt::CopyAction);
        event->accept();
    } else {
        event->ignore();
    }
}

void ShutDownCorner::dragLeaveEvent(QDragLeaveEvent *)
{
    setAimed(false);
}

void ShutDownCorner::dropEvent(QDropEvent *event)
{
    if (!m_answer.legal || !isCarried(event->mimeData())) {
        event->ignore();
        return;
    }
    event->setDropAction(Qt::CopyAction);
    event->accept();
    Q_EMIT dropped();
}

} // namespace Slipway
