// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/board/openchangemodel.h"

#include <QListView>

namespace Slipway {

class ChangeDelegate;

/// The open changes of the shown pipeline, to be dragged onto the dev environments. Space picks one up, Enter opens the
/// clone dialog filled with it, or shows the card that carries it.
class ChangeList final : public QListView
{
    Q_OBJECT
public:
    explicit ChangeList(OpenChangeModel &model, QWidget *parent = nullptr);
    int rowHeight() const;
    void measure(); ///< the changes are others now: rows are as high as what is told of them

public Q_SLOTS:
    /// Rows have one size: a changed one is repainted, where QListView would lay all of them out again.
    void dataChanged(const QModelIndex &first, const QModelIndex &last, const QList<int> &roles = {}) override;

Q_SIGNALS:
    void dragStarted(const Slipway::Change &change);
    void dragEnded();
    void picked(const Slipway::Change &change); ///< Space
    void cloneWanted(const Slipway::Change &change);
    void carrierWanted(const QString &environment); ///< show the card that carries it
    void menuWanted(const Slipway::Change &change, const QString &carrier, const QPoint &global);

protected:
    void startDrag(Qt::DropActions actions) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;

private:
    void enter(const QModelIndex &index);
    QPixmap pictureOf(const QModelIndex &index);
    OpenChangeModel &m_model;
    ChangeDelegate *m_delegate;
};

} // namespace Slipway
