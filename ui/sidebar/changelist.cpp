// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sidebar/changelist.h"

#include "models/board/changemodel.h"
#include "ui/board/dragpicture.h"
#include "ui/sidebar/changedelegate.h"
#include "ui/theme/blending.h"
#include "ui/theme/paint.h"

#include <QContextMenuEvent>
#include <QDrag>
#include <QMimeData>
#include <QPointer>

namespace Slipway {

namespace {

Change changeAt(const QModelIndex &index)
{
    return index.data(OpenChangeModel::ChangeRole).value<Change>();
}

} // namespace

ChangeList::ChangeList(OpenChangeModel &model, QWidget *parent)
    : QListView(parent)
    , m_model(model)
    , m_delegate(new ChangeDelegate(this))
{
    setItemDelegate(m_delegate);
    setModel(&model);
    setFrameShape(QFrame::NoFrame);
    viewport()->setAutoFillBackground(false);
    setUniformItemSizes(true);
    setEditTriggers(NoEditTriggers);
    setDragDropMode(DragOnly);
    setDefaultDropAction(Qt::CopyAction);
    setDropIndicatorShown(false); // nothing drops here: it would be a dot in the corner
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTabKeyNavigation(false);
    setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_Hover);
    setAccessibleDescription(tr("Space picks a change up, Enter clones staging for it."));
}

int ChangeList::rowHeight() const
{
    return m_delegate->rowHeight(fontMetrics());
}

void ChangeList::measure()
{
    if (m_delegate->hasSigns() == m_model.tellsStanding())
        return;
    m_delegate->setSigns(m_model.tellsStanding());
    scheduleDelayedItemsLayout();
}

void ChangeList::dataChanged(const QModelIndex &first, const QModelIndex &last, const QList<int> &roles)
{
    QAbstractItemView::dataChanged(first, last, roles); // NOLINT(bugprone-parent-virtual-call)
}

void ChangeList::enter(const QModelIndex &index)
{
    if (!index.isValid())
        return;
    const QString carrier = index.data(OpenChangeModel::CarrierRole).toString();
    if (carrier.isEmpty())
        Q_EMIT cloneWanted(changeAt(index));
    else
        Q_EMIT carrierWanted(carrier);
}

QPixmap ChangeList::pictureOf(const QModelIndex &index)
{
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    option.state = QStyle::State_Enabled;
    option.rect = QRect(QPoint(), visualRect(index).size());
    const qreal ratio = devicePixelRatioF();
    QPixmap picture(option.rect.size() * ratio);
    picture.setDevicePixelRatio(ratio);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    const Theme &theme = Theme::of(palette());
    paintPanel(painter, option.rect, theme.surface, theme.accent, unitOf(this) * 2.0, 1.5);
    itemDelegate()->paint(&painter, option, index);
    return picture;
}

void ChangeList::startDrag(Qt::DropActions)
{
    const QModelIndex index = selectionModel()->selectedIndexes().value(0);
    if (!index.isValid())
        return;
    const QPixmap row = pictureOf(index);
    const QPoint grip = viewport()->mapFromGlobal(QCursor::pos()) - visualRect(index).topLeft();
    const DragPicture picture = windowsBlend()
        ? liftedPicture(row, grip)
        : flatPicture(row, grip, Theme::of(palette()).accent, unitOf(this) * 2.0);
    auto *drag = new QDrag(this); // freed by Qt once the drag has ended
    drag->setMimeData(m_model.mimeData({index}));
    drag->setPixmap(picture.pixmap);
    drag->setHotSpot(picture.hotSpot);
    const QPointer<ChangeList> self(this);
    Q_EMIT dragStarted(changeAt(index));
    drag->exec(Qt::CopyAction, Qt::CopyAction);
    if (self)
        Q_EMIT dragEnded();
}

void ChangeList::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Space:
        if (currentIndex().isValid())
            Q_EMIT picked(changeAt(currentIndex()));
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        enter(currentIndex());
        return;
    default:
        QListView::keyPressEvent(event);
    }
}

void ChangeList::mouseDoubleClickEvent(QMouseEvent *event)
{
    enter(indexAt(event->position().toPoint()));
}

void ChangeList::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = byKey ? currentIndex() : indexAt(viewport()->mapFromGlobal(event->globalPos()));
    if (!index.isValid())
        return;
    setCurrentIndex(index);
    const QPoint middle = viewport()->mapToGlobal(visualRect(index).center());
    Q_EMIT menuWanted(changeAt(index), index.data(OpenChangeModel::CarrierRole).toString(),
                      byKey ? middle : event->globalPos());
}

void ChangeList::focusInEvent(QFocusEvent *event)
{
    QListView::focusInEvent(event);
    if (event->reason() != Qt::MouseFocusReason && !currentIndex().isValid() && m_model.rowCount() > 0)
        setCurrentIndex(m_model.index(0));
}

} // namespace Slipway
