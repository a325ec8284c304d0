// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/operation.h"
#include "ui/widgets/panel.h"

#include <QList>

class QVBoxLayout;

namespace Slipway {

class OperationModel;
class OperationRow;

/// What runs and what failed, at the foot of the board.
class FooterBar final : public Panel
{
    Q_OBJECT
public:
    explicit FooterBar(OperationModel &operations, QWidget *parent = nullptr);
    void refresh(); ///< after the model changed

Q_SIGNALS:
    void retryWanted(const QString &operationId);
    void undoWanted(const QString &operationId);
    void dismissWanted(const QString &operationId);
    void operationWanted(const QString &operationId);
    void activityWanted();

private:
    OperationRow *rowAt(int at);
    OperationModel &m_operations;
    QVBoxLayout *m_layout;
    QList<OperationRow *> m_rows; ///< reused; hidden while not needed
    QWidget *m_idle;
    class Label *m_quiet;
};

} // namespace Slipway
