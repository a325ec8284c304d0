// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/board/columnmodel.h"
#include "models/domain/preflight.h"

#include <QWidget>

namespace Slipway {

class CardList;
class ColumnHeader;
class DropTarget;
class StagingHead;

/// One stage of the board: header, the gauge over staging, cards; the whole of it takes a drop.
class Column final : public QWidget
{
    Q_OBJECT
public:
    /// What the column says while a card is in the air.
    enum class Lift { None, Source, Legal, Illegal };

    Column(const BoardReader &reader, Stage stage, QWidget *parent = nullptr);
    Stage stage() const { return m_model->stage(); }
    ColumnModel &model() { return *m_model; }
    CardList &list() { return *m_list; }
    StagingHead *stagingHead() { return m_staging; } ///< nullptr: another stage
    QWidget *target(); ///< what says whether a drop here is legal
    void refreshHead(); ///< also when time has passed
    void setPipeline(const QString &pipeline);
    void apply(const ChangeSet &changes);
    /// The words of the empty column.
    void setEmptyText(const QString &text);

    void setLift(Lift lift, const DropAnswer &answer = {}, const QString &liftedId = {});
    Lift lift() const { return m_lift; }
    void setAimed(bool aimed, const QString &hint = {}); ///< by the arrow keys
    void setFoot(int height); ///< of what lies over the column's lower end meanwhile
    /// While a card is dragged: scrolls when the pointer is near the upper or lower edge.
    void scrollNear(const QPoint &global);

Q_SIGNALS:
    void dropped(); ///< inside the drop event

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    QString note() const;
    void placeTarget();
    bool takes(const QDropEvent *event) const;

    const BoardReader &m_reader;
    ColumnModel *m_model;
    QString m_pipeline;
    ColumnHeader *m_header;
    StagingHead *m_staging; ///< nullptr: another stage
    CardList *m_list;
    DropTarget *m_target;
    Lift m_lift = Lift::None;
    bool m_aimed = false;
    int m_foot = 0;
};

} // namespace Slipway
