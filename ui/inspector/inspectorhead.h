// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/board/card.h"

#include <QWidget>

namespace Slipway {

class Button;

/// Name, state, badge and origin, and what to do next.
class InspectorHead final : public QWidget
{
    Q_OBJECT
public:
    explicit InspectorHead(QWidget *parent = nullptr);
    /// `refusal`: why it cannot go one stage on; empty when it can.
    void setCard(const Card &card, const QString &refusal);

Q_SIGNALS:
    void promoteWanted();
    void openWanted();
    void menuWanted(const QPoint &global);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Card m_card;
    QWidget *m_line; ///< place of the painted first line
    Button *m_promote;
    Button *m_open;
    Button *m_more;
};

} // namespace Slipway
