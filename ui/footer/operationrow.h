// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/operation.h"

#include <QWidget>

namespace Slipway {

class Button;

/// One operation in a line: shape, title, step n of m, a bar; a failed one in words with what can be done.
class OperationRow final : public QWidget
{
    Q_OBJECT
public:
    explicit OperationRow(QWidget *parent = nullptr);
    void setOperation(const Operation &operation);
    void setMore(int count); ///< how many others are not shown
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void retryWanted(const QString &operationId);
    void undoWanted(const QString &operationId);
    void dismissWanted(const QString &operationId);
    void chosen(const QString &operationId); ///< to see all of it

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    Operation m_operation;
    int m_more = 0;
    Button *m_retry;
    Button *m_undo;
    Button *m_dismiss;
};

} // namespace Slipway
