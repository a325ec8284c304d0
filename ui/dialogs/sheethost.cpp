// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/sheethost.h"

#include "ui/dialogs/sheet.h"
#include "ui/theme/paint.h"

#include <QApplication>
#include <QMouseEvent>

namespace Slipway {

SheetHost::SheetHost(QWidget *window)
    : QWidget(window)
{
    hide();
    window->installEventFilter(this);
}

void SheetHost::open(Sheet *sheet)
{
    if (m_sheet) {
        m_sheet->hide();
        m_sheet->deleteLater();
    }
    if (!isVisible())
        m_focusBefore = QApplication::focusWidget();
    m_sheet = sheet;
    m_pending = false;
    sheet->setParent(this, Qt::Widget);
    sheet->installEventFilter(this);
    connect(sheet, &Sheet::confirmed, this, [this] {
        m_pending = true;
        close();
    });
    connect(sheet, &Sheet::cancelled, this, [this, sheet] {
        close();
        sheet->deleteLater();
        m_sheet.clear();
    });
    show();
    raise();
    sheet->show();
    place();
    sheet->setFocus();
    sheet->start();
}

Sheet *SheetHost::current() const
{
    return isVisible() ? m_sheet.data() : nullptr;
}

Sheet *SheetHost::pending() const
{
    return m_pending ? m_sheet.data() : nullptr;
}

bool SheetHost::takeError(const Error &error)
{
    if (!m_sheet)
        return false;
    m_sheet->showError(error);
    if (m_pending) {
        m_pending = false;
        show();
        raise();
        m_sheet->start();
    }
    place();
    return true;
}

void SheetHost::settle()
{
    if (!m_pending)
        return;
    m_pending = false;
    m_sheet->deleteLater();
    m_sheet.clear();
}

void SheetHost::close()
{
    hide();
    if (m_focusBefore)
        m_focusBefore->setFocus();
}

void SheetHost::place()
{
    setGeometry(parentWidget()->rect());
    if (!m_sheet)
        return;
    const int unit = unitOf(this);
    const int width = qMin(unit * 155, this->width() - 4 * unit);
    const int wanted = m_sheet->heightFor(width);
    const int height = qMin(wanted, this->height() - 8 * unit);
    const int top = qMin(this->height() / 10, (this->height() - height) / 2);
    m_sheet->setGeometry((this->width() - width) / 2, top, width, height);
    update(); // its shadow lies where it was before
}

bool SheetHost::eventFilter(QObject *watched, QEvent *event)
{
    if (isVisible() && watched == parentWidget() && event->type() == QEvent::Resize)
        place();
    if (isVisible() && watched == m_sheet && event->type() == QEvent::LayoutRequest)
        QMetaObject::invokeMethod(this, &SheetHost::place, Qt::QueuedConnection);
    return QWidget::eventFilter(watched, event);
}

void SheetHost::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    painter.fillRect(rect(), theme.scrim);
    if (!m_sheet)
        return;
    const int unit = unitOf(this);
    for (int spread = 8 * unit; spread > 0; spread -= 2) {
        const QRectF box = QRectF(m_sheet->geometry()).adjusted(-spread, -spread + 3 * unit, spread, spread);
        paintPanel(painter, box, QColor(0, 0, 0, 3), {}, 3.0 * unit + spread);
    }
}

void SheetHost::mousePressEvent(QMouseEvent *event)
{
    event->accept(); // nothing under the scrim takes a click, and a stray one loses no input
}

} // namespace Slipway
