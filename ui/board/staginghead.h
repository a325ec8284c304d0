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

Q_SIGNALS:
    void holdWanted();
    void releaseWanted(); ///< or: the roll back is resolved
    void placeWanted(const QString &environment, int place); ///< in the queue, from 1
    void leaveWanted(const QString &environment); ///< the queue
    void deployWanted(const QString &environment); ///< to staging, now
    void chosen(const QString &environment); ///< show its card
    void menuWanted(const QString &environment, const QPoint &global);

private:
    void showHold(const std::optional<Hold> &hold);
    void showQueue();
    void makeQueue();
    void insert(QWidget *part, int at);
    GaugeWidget *m_gauge;
    HoldRow *m_row = nullptr; ///< made when somebody holds staging for the first time
    QueueModel *m_model;
    Label *m_title = nullptr; ///< of the queue, which is made when something waits for the first time
    QueueList *m_queue = nullptr;
    Button *m_hold;
};

} // namespace Slipway
