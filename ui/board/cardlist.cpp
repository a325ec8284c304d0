// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/board/cardlist.h"

#include "ui/board/dragpicture.h"
#include "ui/theme/blending.h"
#include "ui/theme/paint.h"

#include <QContextMenuEvent>
#include <QDrag>
#include <QMimeData>
#include <QPointer>
#include <QScrollBar>

namespace Slipway {

CardList::CardList(ColumnModel &model, QWidget *parent)
    : QListView(parent)
    , m_model(model)
    , m_delegate(new CardDelegate(this))
{
    m_delegate->setFont(font());
    setItemDelegate(m_delegate);
    setModel(&model);
    setFrameShape(QFrame::NoFrame);
    viewport()->setAutoFillBackground(false); // the column shows through
    setUniformItemSizes(true);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setDragDropMode(DragOnly); // drops are the column's, header and empty space included
    setDropIndicatorShown(false); // it would be a dot in the corner
    setDefaultDropAction(Qt::CopyAction);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTabKeyNavigation(false);
    setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_Hover);
    verticalScrollBar()->setSingleStep(unitOf(this) * 8);
}

QString CardList::currentId() const
{
    return currentIndex().data(ColumnModel::IdRole).toString();
}

QString CardList::selectedId() const
{
    const QModelIndexList rows = selectionModel()->selectedIndexes();
    return rows.isEmpty() ? QString() : rows.first().data(ColumnModel::IdRole).toString();
}

QModelIndex CardList::indexOf(const QString &environmentId) const
{
    const int row = m_model.rowOf(environmentId);
    return row < 0 ? QModelIndex() : m_model.index(row);
}

QPoint CardList::menuPoint(const QModelIndex &index) const
{
    return viewport()->mapToGlobal(visualRect(index).center());
}

int CardList::contentsBottom() const
{
    const int rows = m_model.rowCount();
    return rows == 0 ? 0 : visualRect(m_model.index(rows - 1)).bottom() + 1;
}

void CardList::setEmptyText(const QString &text)
{
    setAccessibleDescription(m_model.rowCount() == 0 ? text : QString());
    if (m_emptyText == text)
        return;
    m_emptyText = text;
    if (m_model.rowCount() == 0)
        viewport()->update();
}

void CardList::coverEmptyText(bool covered)
{
    m_emptyCovered = covered;
    viewport()->update();
}

void CardList::dataChanged(const QModelIndex &first, const QModelIndex &last, const QList<int> &roles)
{
    // Not the list's own, which lays all items out again: theirs never change their size.
    QAbstractItemView::dataChanged(first, last, roles); // NOLINT(bugprone-parent-virtual-call)
}

CardDelegate::Spot CardList::spotAt(const QPoint &position, QModelIndex *index) const
{
    const QModelIndex under = indexAt(position);
    if (index)
        *index = under;
    return under.isValid() ? m_delegate->spotAt(under, visualRect(under), position) : CardDelegate::Spot::Card;
}

void CardList::startDrag(Qt::DropActions)
{
    const QModelIndex index = selectionModel()->selectedIndexes().value(0);
    if (!index.isValid())
        return;
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    option.rect = visualRect(index);
    const QPixmap card = m_delegate->picture(index, option, devicePixelRatioF());
    const QPoint grip = viewport()->mapFromGlobal(QCursor::pos()) - m_delegate->cardIn(option.rect).topLeft();
    const DragPicture picture = windowsBlend()
        ? liftedPicture(card, grip)
        : flatPicture(card, grip, Theme::of(palette()).accent, m_delegate->metrics().radius);

    auto *drag = new QDrag(this); // freed by Qt once the drag has ended
    drag->setMimeData(m_model.mimeData({index}));
    drag->setPixmap(picture.pixmap);
    drag->setHotSpot(picture.hotSpot);
    const QPointer<CardList> self(this);
    Q_EMIT dragStarted(index.data(ColumnModel::IdRole).toString());
    drag->exec(Qt::CopyAction, Qt::CopyAction);
    if (self)
        Q_EMIT dragEnded();
}

void CardList::keyPressEvent(QKeyEvent *event)
{
    const QString id = currentId();
    switch (event->key()) {
    case Qt::Key_Left:
        Q_EMIT sideways(-1);
        return;
    case Qt::Key_Right:
        Q_EMIT sideways(+1);
        return;
    case Qt::Key_Space:
        if (!id.isEmpty())
            Q_EMIT picked(id);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!id.isEmpty())
            Q_EMIT chosen(id);
        return;
    default:
        break;
    }
    if (event->matches(QKeySequence::Copy) && !id.isEmpty()) {
        Q_EMIT copied(id);
        return;
    }
    QListView::keyPressEvent(event);
}

void CardList::mouseReleaseEvent(QMouseEvent *event)
{
    QModelIndex index;
    const auto spot = spotAt(event->position().toPoint(), &index);
    const bool clicked = event->button() == Qt::LeftButton && state() != DraggingState;
    QListView::mouseReleaseEvent(event);
    if (!clicked || !index.isValid())
        return;
    const QString id = index.data(ColumnModel::IdRole).toString();
    if (spot == CardDelegate::Spot::Link)
        Q_EMIT opened(id);
    else if (spot == CardDelegate::Spot::Copy)
        Q_EMIT copied(id);
    else if (spot == CardDelegate::Spot::Keep)
        Q_EMIT kept(id);
}

void CardList::mouseMoveEvent(QMouseEvent *event)
{
    const bool over =
        event->buttons() == Qt::NoButton && spotAt(event->position().toPoint()) != CardDelegate::Spot::Card;
    viewport()->setCursor(over ? Qt::PointingHandCursor : Qt::ArrowCursor);
    QListView::mouseMoveEvent(event);
}

void CardList::mouseDoubleClickEvent(QMouseEvent *event)
{
    QModelIndex index;
    if (spotAt(event->position().toPoint(), &index) == CardDelegate::Spot::Card && index.isValid())
        Q_EMIT chosen(index.data(ColumnModel::IdRole).toString());
}

void CardList::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = byKey ? currentIndex() : indexAt(viewport()->mapFromGlobal(event->globalPos()));
    if (!index.isValid())
        return;
    setCurrentIndex(index);
    Q_EMIT menuWanted(index.data(ColumnModel::IdRole).toString(), byKey ? menuPoint(index) : event->globalPos());
}

void CardList::focusInEvent(QFocusEvent *event)
{
    QListView::focusInEvent(event);
    if (event->reason() == Qt::MouseFocusReason || m_model.rowCount() == 0)
        return;
    const QModelIndex index = currentIndex().isValid() ? currentIndex() : m_model.index(0);
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect);
}

void CardList::changeEvent(QEvent *event)
{
    QListView::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        m_delegate->setFont(font());
        doItemsLayout();
    }
}

void CardList::paintEvent(QPaintEvent *event)
{
    QListView::paintEvent(event);
    if (m_model.rowCount() > 0 || m_emptyText.isEmpty() || m_emptyCovered)
        return;
    QPainter painter(viewport());
    const int unit = unitOf(this);
    painter.setPen(Theme::of(palette()).muted);
    const QRect box = viewport()->rect().adjusted(3 * unit, 6 * unit, -3 * unit, 0);
    painter.drawText(box, Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, m_emptyText);
}

void CardList::selectionChanged(const QItemSelection &now, const QItemSelection &before)
{
    QListView::selectionChanged(now, before);
    if (!now.isEmpty())
        Q_EMIT selected(selectedId());
}

} // namespace Slipway
