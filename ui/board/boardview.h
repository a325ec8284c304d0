// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/board/boardreader.h"
#include "models/domain/preflight.h"

#include <QTimer>
#include <QWidget>

#include <array>

class QScrollArea;

namespace Slipway {

class Column;
struct ChangeSet;

/// The three columns, one selection over all of them, and moving cards by mouse and by keyboard.
class BoardView final : public QWidget
{
    Q_OBJECT
public:
    explicit BoardView(const BoardReader &reader, QWidget *parent = nullptr);

    void setPipeline(const QString &pipeline);
    void apply(const ChangeSet &changes);
    QString selectedId() const { return m_selected; }
    void select(const QString &environmentId); ///< and scrolls there
    void focusBoard(); ///< the selected card, else the first one
    /// Words for the empty columns while the pipeline is being made or was never read.
    void setWaiting(const QString &sentence);
    void repaintAges(); ///< the texts "2 d" follow the clock
    void repaintCard(const QString &environmentId); ///< its words count seconds
    Column &column(Stage stage);

    /// The keyboard's drag; also what a test of the highlighted columns uses.
    void pickUp(const QString &environmentId);
    void putDown();
    bool isCarrying() const { return !m_carried.isEmpty(); }

Q_SIGNALS:
    void selectionChanged(const QString &environmentId); ///< empty: nothing
    void moveWanted(const QString &environmentId, Slipway::Stage to, const QString &target);
    void moveRefused(const QString &why);
    void opened(const QString &environmentId);
    void copied(const QString &environmentId);
    void chosen(const QString &environmentId);
    void menuWanted(const QString &environmentId, const QPoint &global);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void connectColumn(int at);
    void lift(const QString &environmentId);
    void aim(int at);
    bool steer(int key); ///< a key while a card is carried by keyboard
    void drop(const QString &environmentId, Stage to);
    void step(int from, int by); ///< Left and Right without a card in hand
    void scrollEdges();
    void setEmptyTexts();
    void keepSelection();

    const BoardReader &m_reader;
    QString m_pipeline;
    QString m_waiting;
    QScrollArea *m_scroll;
    std::array<Column *, 3> m_columns{};
    QString m_selected;
    QString m_carried; ///< id of the card in the air
    bool m_byKeyboard = false;
    int m_aimed = -1;
    QTimer m_edges; ///< runs only while a card is dragged
};

} // namespace Slipway
