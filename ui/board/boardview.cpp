// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/board/boardview.h"

#include "models/board/moverules.h"
#include "ui/board/cardlist.h"
#include "ui/board/column.h"
#include "ui/theme/paint.h"
#include "ui/theme/words.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QScrollArea>
#include <QScrollBar>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Slipway {

BoardView::BoardView(const BoardReader &reader, QWidget *parent)
    : QWidget(parent)
    , m_reader(reader)
    , m_scroll(new QScrollArea(this))
{
    const int unit = unitOf(this);
    auto *row = new QWidget;
    auto *columns = new QHBoxLayout(row);
    columns->setContentsMargins(unit * 4, unit * 4, unit * 4, unit * 4);
    columns->setSpacing(unit * 3);
    const std::array stages{Stage::Development, Stage::Staging, Stage::Production};
    for (int at = 0; at < 3; ++at) {
        m_columns[size_t(at)] = new Column(reader, stages[size_t(at)], row);
        columns->addWidget(m_columns[size_t(at)], 1);
        connectColumn(at);
    }
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_scroll->setWidget(row);
    row->setAutoFillBackground(false);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_scroll);
    m_edges.setInterval(40ms);
    connect(&m_edges, &QTimer::timeout, this, &BoardView::scrollEdges);
}

void BoardView::connectColumn(int at)
{
    Column *column = m_columns[size_t(at)];
    CardList *list = &column->list();
    list->installEventFilter(this);
    connect(list, &CardList::selected, this, [this, at](const QString &id) {
        for (int other = 0; other < 3; ++other) {
            if (other != at)
                m_columns[size_t(other)]->list().clearSelection();
        }
        if (m_selected != id) {
            m_selected = id;
            Q_EMIT selectionChanged(id);
        }
    });
    connect(list, &CardList::opened, this, &BoardView::opened);
    connect(list, &CardList::copied, this, &BoardView::copied);
    connect(list, &CardList::chosen, this, &BoardView::chosen);
    connect(list, &CardList::menuWanted, this, &BoardView::menuWanted);
    connect(list, &CardList::picked, this, &BoardView::pickUp);
    connect(list, &CardList::sideways, this, [this, at](int by) { step(at, by); });
    connect(list, &CardList::dragStarted, this, [this](const QString &id) {
        m_byKeyboard = false;
        lift(id);
        m_edges.start();
    });
    connect(list, &CardList::dragEnded, this, &BoardView::putDown);
    connect(column, &Column::dropped, this, [this, column](const QString &id) { drop(id, column->stage()); });
}

void BoardView::setPipeline(const QString &pipeline)
{
    putDown();
    m_pipeline = pipeline;
    m_selected.clear();
    for (Column *column : m_columns)
        column->setPipeline(pipeline);
    setEmptyTexts();
    // The first card a lead would look at: the newest word is in the dev column, else staging, else production.
    for (Column *column : m_columns) {
        if (column->model().rowCount() > 0) {
            select(column->model().index(0).data(ColumnModel::IdRole).toString());
            return;
        }
    }
    Q_EMIT selectionChanged({});
}

void BoardView::apply(const ChangeSet &changes)
{
    for (Column *column : m_columns)
        column->apply(changes);
    setEmptyTexts();
    keepSelection();
}

/// The selected card went away: its neighbour takes its place, as lists do; without one nothing is selected.
void BoardView::keepSelection()
{
    for (Column *column : m_columns) {
        if (!m_selected.isEmpty() && column->model().rowOf(m_selected) >= 0)
            return;
    }
    for (Column *column : m_columns) {
        const QString id = column->list().selectedId();
        if (!id.isEmpty()) {
            m_selected = id;
            Q_EMIT selectionChanged(id);
            return;
        }
    }
    for (Column *column : m_columns) {
        if (column->model().rowCount() > 0) {
            select(column->model().index(0).data(ColumnModel::IdRole).toString());
            return;
        }
    }
    if (!m_selected.isEmpty()) {
        m_selected.clear();
        Q_EMIT selectionChanged({});
    }
}

void BoardView::select(const QString &environmentId)
{
    for (Column *column : m_columns) {
        const QModelIndex index = column->list().indexOf(environmentId);
        if (index.isValid()) {
            column->list().selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect);
            column->list().scrollTo(index);
            if (isVisible()) // before that the columns have no width yet
                m_scroll->ensureWidgetVisible(column, 0, 0);
        }
    }
}

void BoardView::focusBoard()
{
    for (Column *column : m_columns) {
        if (!m_selected.isEmpty() && column->model().rowOf(m_selected) >= 0) {
            column->list().setFocus(Qt::OtherFocusReason);
            return;
        }
    }
    m_columns[0]->list().setFocus(Qt::OtherFocusReason);
}

void BoardView::setWaiting(const QString &sentence)
{
    m_waiting = sentence;
    setEmptyTexts();
}

void BoardView::setEmptyTexts()
{
    const bool nothing = m_columns[0]->model().rowCount() == 0 && m_columns[1]->model().rowCount() == 0
        && m_columns[2]->model().rowCount() == 0;
    const QString waiting = nothing ? m_waiting : QString();
    const bool hasStaging = m_columns[1]->model().rowCount() > 0;
    m_columns[0]->setEmptyText(!waiting.isEmpty() ? waiting
                                   : hasStaging ? tr("No dev environments yet.\n\nClone staging to try a change where "
                                                     "nobody else is in its way.")
                                                : tr("No dev environments yet."));
    m_columns[1]->setEmptyText(!waiting.isEmpty() ? waiting : tr("This pipeline has no staging environment."));
    m_columns[2]->setEmptyText(!waiting.isEmpty() ? waiting : tr("This pipeline has no production environment."));
}

void BoardView::repaintAges()
{
    for (Column *column : m_columns)
        column->list().viewport()->update();
}

void BoardView::repaintCard(const QString &environmentId)
{
    for (Column *column : m_columns) {
        const QModelIndex index = column->list().indexOf(environmentId);
        if (index.isValid())
            column->list().update(index);
    }
}

Column &BoardView::column(Stage stage)
{
    return *m_columns[size_t(stage)];
}

void BoardView::lift(const QString &environmentId)
{
    m_carried = environmentId;
    m_aimed = -1;
    for (Column *column : m_columns) {
        const DropAnswer answer = dropAnswer(m_reader, environmentId, column->stage());
        const bool source = column->model().rowOf(environmentId) >= 0;
        column->setLift(source             ? Column::Lift::Source
                            : answer.legal ? Column::Lift::Legal
                                           : Column::Lift::Illegal,
                        answer, environmentId);
    }
}

void BoardView::pickUp(const QString &environmentId)
{
    m_byKeyboard = true;
    lift(environmentId);
    // Start at the column that takes it; where none does, at the next one, which says why.
    int first = -1;
    for (int at = 0; at < 3 && first < 0; ++at) {
        if (m_columns[size_t(at)]->lift() == Column::Lift::Legal)
            first = at;
    }
    for (int at = 0; at < 3 && first < 0; ++at) {
        if (m_columns[size_t(at)]->lift() == Column::Lift::Illegal)
            first = at;
    }
    aim(first);
}

void BoardView::putDown()
{
    m_edges.stop();
    m_carried.clear();
    m_byKeyboard = false;
    m_aimed = -1;
    for (Column *column : m_columns)
        column->setLift(Column::Lift::None);
}

void BoardView::aim(int at)
{
    m_aimed = at;
    for (int i = 0; i < 3; ++i) {
        Column *column = m_columns[size_t(i)];
        const QString hint = column->lift() == Column::Lift::Legal ? tr("Enter drops, Esc cancels") : tr("Esc cancels");
        column->setAimed(i == at, i == at ? hint : QString());
    }
    if (at >= 0)
        m_scroll->ensureWidgetVisible(m_columns[size_t(at)], 0, 0);
}

bool BoardView::steer(int key)
{
    switch (key) {
    case Qt::Key_Left:
    case Qt::Key_Right: {
        const int by = key == Qt::Key_Left ? -1 : 1;
        int next = m_aimed;
        do {
            next += by;
        } while (next >= 0 && next < 3 && m_columns[size_t(next)]->lift() == Column::Lift::Source);
        if (next >= 0 && next < 3)
            aim(next);
        return true;
    }
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_aimed >= 0) {
            Column *column = m_columns[size_t(m_aimed)];
            const QString id = m_carried;
            if (column->lift() == Column::Lift::Legal)
                putDown();
            drop(id, column->stage());
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

void BoardView::drop(const QString &environmentId, Stage to)
{
    // Asked again: the board may have changed while the card was in the air.
    const DropAnswer answer = dropAnswer(m_reader, environmentId, to);
    if (answer.legal)
        Q_EMIT moveWanted(environmentId, to, answer.target);
    else if (!answer.text.isEmpty())
        Q_EMIT moveRefused(answer.text);
}

void BoardView::step(int from, int by)
{
    CardList &list = m_columns[size_t(from)]->list();
    const int row = qMax(0, list.currentIndex().row());
    for (int at = from + by; at >= 0 && at < 3; at += by) {
        Column *column = m_columns[size_t(at)];
        const int rows = column->model().rowCount();
        if (rows == 0)
            continue;
        const QModelIndex index = column->model().index(qMin(row, rows - 1));
        column->list().selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect);
        column->list().scrollTo(index);
        column->list().setFocus(Qt::OtherFocusReason);
        m_scroll->ensureWidgetVisible(column, 0, 0);
        return;
    }
}

void BoardView::scrollEdges()
{
    const QPoint pointer = QCursor::pos();
    for (Column *column : m_columns)
        column->scrollNear(pointer);
    const int edge = unitOf(this) * 12;
    const int x = mapFromGlobal(pointer).x();
    QScrollBar *bar = m_scroll->horizontalScrollBar();
    if (x < edge)
        bar->setValue(bar->value() - edge / 3);
    else if (x > width() - edge)
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

void BoardView::paintEvent(QPaintEvent *event)
{
    QPainter(this).fillRect(event->rect(), Theme::of(palette()).page);
}

} // namespace Slipway
