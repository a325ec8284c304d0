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

#include <QVBoxLayout>

namespace Slipway {

StagingHead::StagingHead(QWidget *parent)
    : QWidget(parent)
    , m_gauge(new GaugeWidget(this))
    , m_row(new HoldRow(this))
    , m_model(new QueueModel(this))
    , m_title(new Label({}, Label::Look::Section, this))
    , m_queue(new QueueList(*m_model, this))
    , m_hold(new Button(tr("Hold…"), Button::Look::Quiet, this))
{
    const int unit = unitOf(this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(unit);
    layout->addWidget(m_gauge);
    layout->addWidget(m_row);
    m_title->setContentsMargins(unit, unit, 0, 0);
    layout->addWidget(m_title);
    layout->addWidget(m_queue);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_hold->setAccessibleName(tr("Hold staging"));
    m_hold->setToolTip(tr("Keep staging to yourself for a while: nobody else’s change goes there."));
    connect(m_hold, &Button::clicked, this, &StagingHead::holdWanted);
    connect(m_row, &HoldRow::releaseWanted, this, &StagingHead::releaseWanted);
    connect(m_model, &QueueModel::placeWanted, this, &StagingHead::placeWanted);
    connect(m_queue, &QueueList::placeWanted, this, &StagingHead::placeWanted);
    connect(m_queue, &QueueList::leaveWanted, this, &StagingHead::leaveWanted);
    connect(m_queue, &QueueList::deployWanted, this, &StagingHead::deployWanted);
    connect(m_queue, &QueueList::chosen, this, &StagingHead::chosen);
    connect(m_queue, &QueueList::menuWanted, this, &StagingHead::menuWanted);
    setGauge(std::nullopt);
}

void StagingHead::setGauge(const std::optional<StagingGauge> &gauge)
{
    m_gauge->setVisible(gauge.has_value());
    if (gauge)
        m_gauge->setGauge(*gauge);
    m_hold->setVisible(gauge && !gauge->hold);
    m_hold->parentWidget()->update(); // what stands beside it takes its room
    m_row->setVisible(gauge && gauge->hold);
    if (gauge && gauge->hold)
        m_row->setHold(*gauge->hold);
    m_model->setQueue(gauge ? gauge->queue : QList<QueuedChange>());
    const int waiting = m_model->rowCount();
    m_title->setVisible(waiting > 0);
    m_title->setText(tr("Waiting for staging: %1").arg(waiting));
    m_queue->setVisible(waiting > 0);
    m_queue->fit();
}

} // namespace Slipway
