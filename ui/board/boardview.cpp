// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/board/boardview.h"

#include "ui/board/cardlist.h"
#include "ui/board/column.h"
#include "ui/board/shutdowncorner.h"
#include "ui/theme/paint.h"
#include "ui/theme/words.h"

#include <QPaintEvent>
#include <QHBoxLayout>
#include <QScrollArea>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Slipway {

BoardView::BoardView(const BoardReader &reader, QWidget *parent)
    : QWidget(parent)
    , m_reader(reader)
    , m_scroll(new QScrollArea(this))
    , m_corner(new ShutDownCorner(this))
{
    setAttribute(Qt::WA_OpaquePaintEvent); // so that nothing is painted under it
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
    connect(m_corner, &ShutDownCorner::dropped, this, [this] { dropLater(kCorner); });
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
    connect(list, &CardList::kept, this, &BoardView::kept);
    connect(list, &CardList::picked, this, qOverload<const QString &>(&BoardView::pickUp));
    connect(list, &CardList::sideways, this, [this, at](int by) { step(at, by); });
    connect(list, &CardList::dragStarted, this, [this](const QString &id) { startDrag({id, {}}); });
    connect(list, &CardList::dragEnded, this, &BoardView::putDown);
    connect(column, &Column::dropped, this, [this, at] { dropLater(at); });
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
    m_columns[size_t(Stage::Staging)]->refreshHead(); // a hold may be over by now
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

StagingHead &BoardView::stagingHead()
{
    return *m_columns[size_t(Stage::Staging)]->stagingHead();
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

void BoardView::paintEvent(QPaintEvent *event)
{
    QPainter(this).fillRect(event->rect(), Theme::of(palette()).page);
}

} // namespace Slipway
