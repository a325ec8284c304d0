// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/board/boardreader.h"
#include "models/domain/preflight.h"
#include "ui/board/carried.h"

#include <QTimer>
#include <QWidget>

#include <array>

class QScrollArea;

namespace Slipway {

class Column;
class ShutDownCorner;
class StagingHead;
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

    StagingHead &stagingHead();
    ShutDownCorner &corner() { return *m_corner; }

    /// The keyboard's drag; also what a test of the highlighted columns uses.
    void pickUp(const QString &environmentId);
    void pickUp(const Change &change); ///< from a list that listenTo() knows
    void putDown();
    bool isCarrying() const { return !m_carried.isEmpty(); }
    /// Keys that this widget gets steer what it picked up.
    void listenTo(QWidget *keys);
    /// The pointer has taken something up; putDown() follows when it has let go.
    void startDrag(const Carried &what);

Q_SIGNALS:
    void selectionChanged(const QString &environmentId); ///< empty: nothing
    void moveWanted(const Slipway::Intent &intent); ///< a legal drop, by mouse or by key
    void kept(const QString &environmentId); ///< it is to live longer
    void lifted(); ///< something is carried from now on
    void moveRefused(const QString &why); ///< a sentence that names what was to be moved
    void opened(const QString &environmentId);
    void copied(const QString &environmentId);
    void chosen(const QString &environmentId);
    void menuWanted(const QString &environmentId, const QPoint &global);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void connectColumn(int at);
    static constexpr int kColumns = 3;
    static constexpr int kCorner = kColumns; ///< the target behind the columns
    DropAnswer answerAt(const Carried &what, int target) const;
    void lift(const Carried &what);
    void pickUpByKey(const Carried &what);
    void placeCorner();
    bool takesAim(int target) const; ///< it has something to say about what is carried
    void aim(int target);
    bool steer(int key); ///< a key while something is carried by keyboard
    void drop(const Carried &what, int target);
    void dropLater(int target); ///< once the drag's own loop has ended
    void step(int from, int by); ///< Left and Right without a card in hand
    void scrollEdges();
    void setEmptyTexts();
    void keepSelection();

    const BoardReader &m_reader;
    QString m_pipeline;
    QString m_waiting;
    QScrollArea *m_scroll;
    ShutDownCorner *m_corner;
    std::array<Column *, 3> m_columns{};
    QString m_selected;
    Carried m_carried; ///< in the air
    bool m_byKeyboard = false;
    int m_aimed = -1; ///< a target; -1: none
    QTimer m_edges; ///< runs only while something is dragged
};

} // namespace Slipway
