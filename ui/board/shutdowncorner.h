// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/preflight.h"

#include <QWidget>

namespace Slipway {

/// The place at the foot of the board where a card is dropped to be shut down; there only while one is in the air.
class ShutDownCorner final : public QWidget
{
    Q_OBJECT
public:
    explicit ShutDownCorner(QWidget *parent = nullptr);
    void offer(const DropAnswer &answer); ///< shows it; refused ones say why
    void setAimed(bool aimed, const QString &hint = {}); ///< the pointer or the arrow keys are here
    bool isLegal() const { return m_answer.legal; }
    QSize sizeHint() const override;

Q_SIGNALS:
    void dropped(); ///< inside the drop event

protected:
    void paintEvent(QPaintEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    DropAnswer m_answer;
    QString m_hint;
    bool m_aimed = false;
};

} // namespace Slipway
