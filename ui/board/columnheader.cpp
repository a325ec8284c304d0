// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/board/columnheader.h"

#include "ui/theme/paint.h"

using namespace Qt::StringLiterals;

namespace Slipway {

ColumnHeader::ColumnHeader(const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_title(title)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    describe();
}

void ColumnHeader::setCount(int count)
{
    if (m_count == count)
        return;
    m_count = count;
    describe();
}

void ColumnHeader::setNote(const QString &note)
{
    if (m_note == note)
        return;
    m_note = note;
    describe();
}

void ColumnHeader::setButton(QWidget *button)
{
    m_button = button;
    button->setParent(this);
}

void ColumnHeader::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (!m_button)
        return;
    const int unit = unitOf(this);
    const QSize size(m_button->sizeHint().width(), qMin(m_button->sizeHint().height(), height() - unit / 2));
    m_button->setGeometry(QRect(QPoint(width() - size.width(), (height() - unit / 2 - size.height()) / 2), size));
}

void ColumnHeader::describe()
{
    setAccessibleName(m_note.isEmpty() ? u"%1, %2"_s.arg(m_title).arg(m_count)
                                       : u"%1, %2, %3"_s.arg(m_title).arg(m_count).arg(m_note));
    update();
}

QSize ColumnHeader::sizeHint() const
{
    return {unitOf(this) * 40, fontMetrics().height() + unitOf(this) * 3};
}

void ColumnHeader::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    const int unit = unitOf(this);
    QPainter painter(this);
    const bool beside = m_button && m_button->isVisible();
    const QRect box = rect().adjusted(unit, 0, beside ? -m_button->width() : -unit, -unit / 2);
    const QFont bold = boldFont(font());
    const QFont small = scaledFont(font(), kSmallText);
    const int noteWidth = QFontMetrics(small).horizontalAdvance(m_note);
    painter.setFont(bold);
    painter.setPen(theme.text);
    const QString title = QFontMetrics(bold).elidedText(m_title, Qt::ElideRight, box.width());
    painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, title);
    const int used = QFontMetrics(bold).horizontalAdvance(title) + 2 * unit;
    painter.setFont(font());
    painter.setPen(theme.muted);
    const QString count = QString::number(m_count);
    painter.drawText(box.adjusted(used, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, count);
    if (used + fontMetrics().horizontalAdvance(count) + 3 * unit + noteWidth <= box.width()) {
        painter.setFont(small);
        painter.drawText(box, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, m_note);
    }
}

} // namespace Slipway
