// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/board/staginghead.h"

#include "models/board/queuemodel.h"
#include "ui/board/gaugewidget.h"
#include "ui/board/holdrow.h"
#include "ui/board/queuelist.h"
#include "ui/theme/paint.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/taborder.h"

#include <QVBoxLayout>

namespace Slipway {

StagingHead::StagingHead(QWidget *parent)
    : QWidget(parent)
    , m_gauge(new GaugeWidget(this))
    , m_model(new QueueModel(this))
    , m_hold(new Button(tr("Hold…"), Button::Look::Quiet, this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(unitOf(this));
    layout->addWidget(m_gauge);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_hold->setAccessibleName(tr("Hold staging"));
    m_hold->setToolTip(tr("Keep staging to yourself for a while: nobody else’s change goes there."));
    connect(m_hold, &Button::clicked, this, &StagingHead::holdWanted);
    connect(m_model, &QueueModel::placeWanted, this, &StagingHead::placeWanted);
    setGauge(std::nullopt);
}

void StagingHead::setGauge(const std::optional<StagingGauge> &gauge)
{
    m_gauge->setVisible(gauge.has_value());
    if (gauge)
        m_gauge->setGauge(*gauge);
    m_hold->setVisible(gauge && !gauge->hold);
    m_hold->parentWidget()->update(); // what stands beside it takes its room
    showHold(gauge ? gauge->hold : std::nullopt);
    m_model->setQueue(gauge ? gauge->queue : QList<QueuedChange>());
    showQueue();
}

void StagingHead::showHold(const std::optional<Hold> &hold)
{
    if (hold && !m_row) {
        m_row = new HoldRow(this);
        insert(m_row, 1);
        connect(m_row, &HoldRow::releaseWanted, this, &StagingHead::releaseWanted);
    }
    if (!m_row)
        return;
    m_row->setVisible(hold.has_value());
    if (hold)
        m_row->setHold(*hold);
}

void StagingHead::showQueue()
{
    const int waiting = m_model->rowCount();
    if (waiting > 0 && !m_queue)
        makeQueue();
    if (!m_queue)
        return;
    m_title->setVisible(waiting > 0);
    m_title->setText(tr("Waiting for staging: %1").arg(waiting));
    m_queue->setVisible(waiting > 0);
    m_queue->fit();
}

void StagingHead::makeQueue()
{
    const int unit = unitOf(this);
    m_title = new Label({}, Label::Look::Section, this);
    m_title->setContentsMargins(unit, unit, 0, 0);
    insert(m_title, -1);
    m_queue = new QueueList(*m_model, this);
    insert(m_queue, -1);
    connect(m_queue, &QueueList::placeWanted, this, &StagingHead::placeWanted);
    connect(m_queue, &QueueList::leaveWanted, this, &StagingHead::leaveWanted);
    connect(m_queue, &QueueList::deployWanted, this, &StagingHead::deployWanted);
    connect(m_queue, &QueueList::chosen, this, &StagingHead::chosen);
    connect(m_queue, &QueueList::menuWanted, this, &StagingHead::menuWanted);
}

/// Tab and screen readers find it where it stands, whenever it was made.
void StagingHead::insert(QWidget *part, int at)
{
    auto *column = static_cast<QVBoxLayout *>(layout());
    column->insertWidget(at, part);
    QWidget *before = m_gauge;
    for (int index = 1; index < column->count(); ++index) {
        QWidget *next = column->itemAt(index)->widget();
        next->raise();
        QWidget *stop = next->focusProxy() ? next->focusProxy() : next;
        if (stop->focusPolicy() == Qt::NoFocus)
            continue;
        placeInTabOrder(before, stop);
        before = stop;
    }
}

} // namespace Slipway
