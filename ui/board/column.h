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
class GaugeWidget;

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
    void setPipeline(const QString &pipeline);
    void apply(const ChangeSet &changes);
    /// The words of the empty column.
    void setEmptyText(const QString &text);

    void setLift(Lift lift, const DropAnswer &answer = {}, const QString &liftedId = {});
    Lift lift() const { return m_lift; }
    void setAimed(bool aimed, const QString &hint = {}); ///< by the arrow keys
    /// While a card is dragged: scrolls when the pointer is near the upper or lower edge.
    void scrollNear(const QPoint &global);

Q_SIGNALS:
    void dropped(const QString &environmentId); ///< after the drop event has returned

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void refreshHead();
    QString note() const;
    void placeTarget();
    bool takes(const QDropEvent *event) const;

    const BoardReader &m_reader;
    ColumnModel *m_model;
    QString m_pipeline;
    ColumnHeader *m_header;
    GaugeWidget *m_gauge = nullptr; ///< staging only
    CardList *m_list;
    DropTarget *m_target;
    Lift m_lift = Lift::None;
    bool m_aimed = false;
};

} // namespace Slipway
