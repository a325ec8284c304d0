// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/board/columnmodel.h"
#include "ui/board/carddelegate.h"

#include <QListView>

namespace Slipway {

/// The cards of one column. Clicks on the address and the copy button, keys and drags come out as signals with ids.
class CardList final : public QListView
{
    Q_OBJECT
public:
    explicit CardList(ColumnModel &model, QWidget *parent = nullptr);
    CardDelegate &cards() { return *m_delegate; }
    QString currentId() const; ///< empty when nothing is current
    QString selectedId() const; ///< empty when nothing is selected
    QModelIndex indexOf(const QString &environmentId) const;
    QPoint menuPoint(const QModelIndex &index) const; ///< global, for a menu asked for by key
    int contentsBottom() const; ///< in viewport coordinates: where the last card ends
    /// Shown while there is no card.
    void setEmptyText(const QString &text);
    void coverEmptyText(bool covered); ///< something else is said in its place
    QString emptyText() const { return m_emptyText; }

public Q_SLOTS:
    /// Cards have one size: a changed one is repainted, where QListView would lay all of them out again.
    void dataChanged(const QModelIndex &first, const QModelIndex &last, const QList<int> &roles = {}) override;

Q_SIGNALS:
    void selected(const QString &environmentId);
    void opened(const QString &environmentId); ///< the address was clicked
    void copied(const QString &environmentId);
    void kept(const QString &environmentId); ///< "Keep" was clicked
    void chosen(const QString &environmentId); ///< Enter or double click on the card itself
    void menuWanted(const QString &environmentId, const QPoint &global);
    void picked(const QString &environmentId); ///< Space
    void sideways(int step); ///< Left (-1) and Right (+1)
    void dragStarted(const QString &environmentId);
    void dragEnded();

protected:
    void startDrag(Qt::DropActions actions) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void selectionChanged(const QItemSelection &now, const QItemSelection &before) override;

private:
    CardDelegate::Spot spotAt(const QPoint &position, QModelIndex *index = nullptr) const;
    ColumnModel &m_model;
    CardDelegate *m_delegate;
    QString m_emptyText;
    bool m_emptyCovered = false;
};

} // namespace Slipway
