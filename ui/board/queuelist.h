// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/board/queuemodel.h"

#include <QListView>

namespace Slipway {

class QueueDelegate;

/// The queue behind staging. Rows are dragged or moved with Ctrl+Up and Ctrl+Down; Delete takes one out; Enter deploys
/// one that is ready, else shows its card.
class QueueList final : public QListView
{
    Q_OBJECT
public:
    explicit QueueList(QueueModel &model, QWidget *parent = nullptr);
    void fit(); ///< as high as its rows, up to a few

Q_SIGNALS:
    void placeWanted(const QString &environment, int place); ///< from 1
    void leaveWanted(const QString &environment);
    void deployWanted(const QString &environment);
    void chosen(const QString &environment);
    void menuWanted(const QString &environment, const QPoint &global);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void enter(const QModelIndex &index);
    QueueModel &m_model;
    QueueDelegate *m_delegate;
};

} // namespace Slipway
