// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The part of BoardView that carries cards and changes, by mouse and by keyboard.
#include "models/board/columnmodel.h"
#include "models/board/moverules.h"
#include "models/board/openchangemodel.h"
#include "ui/board/boardview.h"
#include "ui/board/column.h"
#include "ui/board/shutdowncorner.h"
#include "ui/theme/paint.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QMimeData>
#include <QScrollArea>
#include <QScrollBar>

namespace Slipway {

namespace {

QString nameOf(const Carried &what)
{
    return what.change ? what.change->title : EnvironmentRef::parse(what.environment).name;
}

} // namespace

bool isCarried(const QMimeData *data)
{
    return data->hasFormat(QString::fromLatin1(ColumnModel::kMimeType))
        || data->hasFormat(QString::fromLatin1(OpenChangeModel::kMimeType));
}

DropAnswer BoardView::answerAt(const Carried &what, int target) const
{
    if (target == kCorner)
        return what.change ? DropAnswer() : shutDownAnswer(m_reader, what.environment);
    const Stage stage = m_columns[size_t(target)]->stage();
    return what.change ? dropAnswer(m_reader, m_pipeline, *what.change, stage)
                       : dropAnswer(m_reader, what.environment, stage);
}

void BoardView::lift(const Carried &what)
{
    m_carried = what;
    m_aimed = -1;
    Q_EMIT lifted();
    if (const DropAnswer answer = answerAt(what, kCorner); !answer.text.isEmpty())
        m_corner->offer(answer);
    placeCorner();
    for (int at = 0; at < kColumns; ++at) {
        Column *column = m_columns[size_t(at)];
        const DropAnswer answer = answerAt(what, at);
        const bool source = !what.change && column->model().rowOf(what.environment) >= 0;
        column->setLift(source             ? Column::Lift::Source
                            : answer.legal ? Column::Lift::Legal
                                           : Column::Lift::Illegal,
                        answer, what.environment);
    }
}

/// At the lower left, under the dev environments: what is shut down stands there most often.
void BoardView::placeCorner()
{
    const int unit = unitOf(this);
    const bool shown = !m_corner->isHidden();
    const int margin = unit * 6;
    const int width = qMin(m_columns[0]->width() - 4 * unit, this->width() - 2 * margin);
    const int height = m_corner->sizeHint().height();
    m_corner->setGeometry(margin, this->height() - height - margin, width, height);
    m_columns[0]->setFoot(shown ? height + unit : 0);
}

void BoardView::startDrag(const Carried &what)
{
    m_byKeyboard = false;
    lift(what);
    m_edges.start();
}

void BoardView::listenTo(QWidget *keys)
{
    keys->installEventFilter(this);
}

void BoardView::pickUp(const QString &environmentId)
{
    pickUpByKey({environmentId, {}});
}

void BoardView::pickUp(const Change &change)
{
    pickUpByKey({{}, change});
}

void BoardView::pickUpByKey(const Carried &what)
{
    m_byKeyboard = true;
    lift(what);
    // Start at the way on; else at a column that takes it; where none does, at the first one, which says why.
    int source = -1;
    for (int at = 0; at < kColumns; ++at) {
        if (m_columns[size_t(at)]->lift() == Column::Lift::Source)
            source = at;
    }
    int first = -1;
    const auto look = [&](Column::Lift wanted, int from) {
        for (int at = from; at < kColumns && first < 0; ++at) {
            if (m_columns[size_t(at)]->lift() == wanted)
                first = at;
        }
    };
    look(Column::Lift::Legal, source + 1);
    look(Column::Lift::Legal, 0);
    look(Column::Lift::Illegal, 0);
    aim(first);
}

void BoardView::putDown()
{
    m_edges.stop();
    m_carried = {};
    m_byKeyboard = false;
    m_aimed = -1;
    m_corner->hide();
    for (Column *column : m_columns)
        column->setLift(Column::Lift::None);
}

bool BoardView::takesAim(int target) const
{
    if (target == kCorner)
        return !m_corner->isHidden();
    return target >= 0 && target < kColumns && m_columns[size_t(target)]->lift() != Column::Lift::Source;
}

void BoardView::aim(int target)
{
    m_aimed = target;
    const auto hint = [](bool legal) { return legal ? tr("Enter drops, Esc cancels") : tr("Esc cancels"); };
    for (int at = 0; at < kColumns; ++at) {
        Column *column = m_columns[size_t(at)];
        column->setAimed(at == target, at == target ? hint(column->lift() == Column::Lift::Legal) : QString());
    }
    m_corner->setAimed(target == kCorner, target == kCorner ? hint(m_corner->isLegal()) : QString());
    if (target < 0)
        return;
    if (target < kColumns)
        m_scroll->ensureWidgetVisible(m_columns[size_t(target)], 0, 0);
    // The focus stays on the card: a screen reader hears where the arrows are now.
    QWidget *spoken = target == kCorner ? static_cast<QWidget *>(m_corner) : m_columns[size_t(target)]->target();
    QAccessibleEvent event(spoken, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

bool BoardView::steer(int key)
{
    switch (key) {
    case Qt::Key_Left:
    case Qt::Key_Right: {
        const int by = key == Qt::Key_Left ? -1 : 1;
        int next = m_aimed == kCorner ? kColumns - 1 : m_aimed + by;
        while (next >= 0 && next < kColumns && !takesAim(next))
            next += by;
        if (next < kColumns && takesAim(next)) // the corner is never met by going on and on
            aim(next);
        return true;
    }
    case Qt::Key_Down:
        if (takesAim(kCorner))
            aim(kCorner);
        return true;
    case Qt::Key_Up:
        for (int at = kColumns - 1; at >= 0 && m_aimed == kCorner; --at) {
            if (takesAim(at))
                aim(at);
        }
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_aimed >= 0) {
            const Carried what = m_carried;
            const int target = m_aimed;
            const bool legal =
                target == kCorner ? m_corner->isLegal() : m_columns[size_t(target)]->lift() == Column::Lift::Legal;
            if (legal)
                putDown();
            drop(what, target);
        }
        return true;
    case Qt::Key_Escape:
    case Qt::Key_Space:
        putDown();
        return true;
    default:
        return false;
    }
}

void BoardView::drop(const Carried &what, int target)
{
    // Asked again: the board may have changed while it was in the air.
    const DropAnswer answer = answerAt(what, target);
    if (answer.legal && answer.intent)
        Q_EMIT moveWanted(*answer.intent);
    else if (!answer.text.isEmpty())
        Q_EMIT moveRefused(tr("%1 was not moved. %2.").arg(nameOf(what), answer.text));
}

void BoardView::dropLater(int target)
{
    // A drop is a request: nothing opens inside the event, the drag's own loop is still running.
    const Carried what = m_carried;
    QMetaObject::invokeMethod(
        this, [this, what, target] { drop(what, target); }, Qt::QueuedConnection);
}

void BoardView::scrollEdges()
{
    const QPoint pointer = QCursor::pos();
    for (Column *column : m_columns)
        column->scrollNear(pointer);
    const int edge = unitOf(this) * 12;
    const int x = mapFromGlobal(pointer).x();
    QScrollBar *bar = m_scroll->horizontalScrollBar();
    // A change comes from the side bar: the edge begins where the board does.
    if (x >= 0 && x < edge)
        bar->setValue(bar->value() - edge / 3);
    else if (x > width() - edge && x <= width())
        bar->setValue(bar->value() + edge / 3);
}

bool BoardView::eventFilter(QObject *watched, QEvent *event)
{
    if (isCarrying() && m_byKeyboard) {
        if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
            event->accept();
            return true;
        }
        if (event->type() == QEvent::KeyPress && steer(static_cast<QKeyEvent *>(event)->key()))
            return true;
        if (event->type() == QEvent::FocusOut
            && static_cast<QFocusEvent *>(event)->reason() != Qt::ActiveWindowFocusReason)
            putDown();
    }
    return QWidget::eventFilter(watched, event);
}

void BoardView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    placeCorner();
}

} // namespace Slipway
