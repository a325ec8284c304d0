// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/board/queuelist.h"

#include "ui/board/queuedelegate.h"
#include "ui/theme/paint.h"

#include <QContextMenuEvent>

namespace Slipway {

QueueList::QueueList(QueueModel &model, QWidget *parent)
    : QListView(parent)
    , m_model(model)
    , m_delegate(new QueueDelegate(this))
{
    setItemDelegate(m_delegate);
    setModel(&model);
    setFrameShape(QFrame::NoFrame);
    viewport()->setAutoFillBackground(false);
    setUniformItemSizes(true);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setDragDropMode(DragDrop);
    setDefaultDropAction(Qt::CopyAction); // the row moves when the store says so
    setDropIndicatorShown(true);
    setDragDropOverwriteMode(false);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTabKeyNavigation(false);
    setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_Hover);
    setAccessibleName(tr("Changes waiting for staging"));
    setAccessibleDescription(tr("Ctrl+Up and Ctrl+Down change the order, Delete takes one out."));
}

void QueueList::fit()
{
    constexpr int kMost = 4;
    setFixedHeight(qBound(1, m_model.rowCount(), kMost) * QueueDelegate::rowHeight(fontMetrics()));
}

void QueueList::enter(const QModelIndex &index)
{
    const QString name = index.data(QueueModel::NameRole).toString();
    if (name.isEmpty())
        return;
    if (index.data(QueueModel::QueuedRole).value<QueuedChange>().ready)
        Q_EMIT deployWanted(name);
    else
        Q_EMIT chosen(name);
}

void QueueList::keyPressEvent(QKeyEvent *event)
{
    const QModelIndex index = currentIndex();
    const QString name = index.data(QueueModel::NameRole).toString();
    const bool moves = event->modifiers() & Qt::ControlModifier;
    const int place = index.row() + 1;
    switch (event->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down: {
        if (!moves)
            break;
        const int wanted = event->key() == Qt::Key_Up ? place - 1 : place + 1;
        if (!name.isEmpty() && wanted >= 1 && wanted <= m_model.rowCount())
            Q_EMIT placeWanted(name, wanted);
        return;
    }
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        if (!name.isEmpty())
            Q_EMIT leaveWanted(name);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        enter(index);
        return;
    default:
        break;
    }
    QListView::keyPressEvent(event);
}

void QueueList::mouseReleaseEvent(QMouseEvent *event)
{
    const QPoint at = event->position().toPoint();
    const QModelIndex index = indexAt(at);
    const bool clicked = event->button() == Qt::LeftButton && state() != DraggingState;
    QListView::mouseReleaseEvent(event);
    if (!clicked || !index.isValid())
        return;
    const QString name = index.data(QueueModel::NameRole).toString();
    const auto spot = m_delegate->spotAt(index, visualRect(index), font(), at);
    if (spot == QueueDelegate::Spot::Leave)
        Q_EMIT leaveWanted(name);
    else if (spot == QueueDelegate::Spot::Deploy)
        Q_EMIT deployWanted(name);
}

void QueueList::mouseMoveEvent(QMouseEvent *event)
{
    const QPoint at = event->position().toPoint();
    const QModelIndex index = indexAt(at);
    const bool over = event->buttons() == Qt::NoButton && index.isValid()
        && m_delegate->spotAt(index, visualRect(index), font(), at) != QueueDelegate::Spot::Row;
    viewport()->setCursor(over ? Qt::PointingHandCursor : Qt::ArrowCursor);
    QListView::mouseMoveEvent(event);
}

void QueueList::mouseDoubleClickEvent(QMouseEvent *event)
{
    const QPoint at = event->position().toPoint();
    const QModelIndex index = indexAt(at);
    if (index.isValid() && m_delegate->spotAt(index, visualRect(index), font(), at) == QueueDelegate::Spot::Row)
        Q_EMIT chosen(index.data(QueueModel::NameRole).toString());
}

void QueueList::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = byKey ? currentIndex() : indexAt(viewport()->mapFromGlobal(event->globalPos()));
    if (!index.isValid())
        return;
    setCurrentIndex(index);
    const QPoint middle = viewport()->mapToGlobal(visualRect(index).center());
    Q_EMIT menuWanted(index.data(QueueModel::NameRole).toString(), byKey ? middle : event->globalPos());
}

void QueueList::focusInEvent(QFocusEvent *event)
{
    QListView::focusInEvent(event);
    if (event->reason() != Qt::MouseFocusReason && !currentIndex().isValid() && m_model.rowCount() > 0)
        setCurrentIndex(m_model.index(0));
}

void QueueList::changeEvent(QEvent *event)
{
    QListView::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fit();
}

} // namespace Slipway
