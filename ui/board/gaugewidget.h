// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/board/card.h"

#include <QWidget>

namespace Slipway {

/// The clean-staging gauge: how many changes staging is ahead of production, against the limit, and for how long.
class GaugeWidget final : public QWidget
{
    Q_OBJECT
public:
    explicit GaugeWidget(QWidget *parent = nullptr);
    void setGauge(const StagingGauge &gauge);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {0, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString sentence() const; ///< whole
    QStringList sentences() const; ///< the whole one, then shorter ones for less room
    bool isOver() const;
    void paintBar(QPainter &painter, const QRect &box) const;
    StagingGauge m_gauge;
};

} // namespace Slipway
