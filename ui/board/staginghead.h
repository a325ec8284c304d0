// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/board/card.h"

#include <QWidget>

namespace Slipway {

class Button;
class GaugeWidget;
class HoldRow;
class Label;
class QueueList;
class QueueModel;

/// What stands over staging's card: the gauge, who holds staging, and what waits for it. A hold or a queue that is not
/// there takes no room.
class StagingHead final : public QWidget
{
    Q_OBJECT
public:
    explicit StagingHead(QWidget *parent = nullptr);
    /// nullopt: there is no staging environment.
    void setGauge(const std::optional<StagingGauge> &gauge);
    Button *holdButton() { return m_hold; } ///< shown while nobody holds staging; belongs in the column's head
    QueueList &queue() { return *m_queue; }

Q_SIGNALS:
    void holdWanted();
    void releaseWanted(); ///< or: the roll back is resolved
    void placeWanted(const QString &environment, int place); ///< in the queue, from 1
    void leaveWanted(const QString &environment); ///< the queue
    void deployWanted(const QString &environment); ///< to staging, now
    void chosen(const QString &environment); ///< show its card
    void menuWanted(const QString &environment, const QPoint &global);

private:
    GaugeWidget *m_gauge;
    HoldRow *m_row;
    QueueModel *m_model;
    Label *m_title;
    QueueList *m_queue;
    Button *m_hold;
};

} // namespace Slipway
