// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/board/openchangemodel.h"
#include "tests/ui/looking.h"
#include "tests/ui/sourcescene.h"
#include "ui/board/boardview.h"
#include "ui/board/column.h"
#include "ui/board/droptarget.h"
#include "ui/palette/commandpalette.h"
#include "ui/sidebar/changelist.h"

#include <QApplication>
#include <QListWidget>
#include <QPaintEvent>
#include <QScrollBar>

using namespace Slipway;

/// The open changes of a pipeline in the side bar, and finding out where one is.
class Tray final : public QObject
{
    Q_OBJECT
private:
    struct PaintWatch final : QObject
    {
        QRegion painted;
        bool eventFilter(QObject *, QEvent *event) override
        {
            if (event->type() == QEvent::Paint)
                painted += static_cast<QPaintEvent *>(event)->region();
            return false;
        }
    };

    static QString spoken(const QAbstractItemModel *model, int row)
    {
        return model->index(row, 0).data(Qt::AccessibleTextRole).toString();
    }

private Q_SLOTS:
    void anOpenChangeIsASentence()
    {
        Scene scene;
        fillSource(scene);
        auto *list = scene.window->findChild<ChangeList *>();
        QCOMPARE(spoken(list->model(), 0),
                 u"Gift cards can be paid in two parts, #488, by Lena, updated 5 h ago, 1 commit ahead, 2 behind, "
                 "approved, CI passed, 12 jobs, no dev environment yet"_s);
        QCOMPARE(spoken(list->model(), 1),
                 u"Search as you type, #490, by Omar Haddad-Lindqvist, updated 1 h ago, 3 commits ahead, 1 behind, "
                 "conflicts with main, a draft, CI failed, 2 of 14 jobs, needs a review, no dev environment yet"_s);
        QVERIFY(spoken(list->model(), 4).endsWith(u"approved, CI passed, 312 jobs, on dev3"_s));
    }

    void rowsAreAsHighAsWhatIsTold()
    {
        Scene scene;
        auto *list = scene.window->findChild<ChangeList *>();
        const int plain = list->rowHeight();
        fillSource(scene);
        QVERIFY(list->rowHeight() > plain);
        QTRY_COMPARE(list->visualRect(list->model()->index(0, 0)).height(), list->rowHeight());
        fillSource(scene, {pullRequest(488, u"Gift cards"_s, u"Lena"_s, 5)});
        QCOMPARE(list->rowHeight(), plain);
    }

    void aDraftThatConflictsSaysSoWhenPickedUp()
    {
        Scene scene;
        fillSource(scene);
        auto *list = scene.window->findChild<ChangeList *>();
        list->setCurrentIndex(list->model()->index(1, 0));
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Space);
        Column &dev = scene.window->findChild<BoardView *>()->column(Stage::Development);
        QCOMPARE(dev.target()->accessibleName(),
                 u"Clone staging for Search as you type, a draft that conflicts with main"_s);
        QTest::keyClick(list, Qt::Key_Escape);
    }

    void oneChangedChangeRepaintsOneRowOfFourHundred()
    {
        QList<Change> many;
        for (int number = 1; number <= 400; ++number) {
            many.append(pullRequest(number, u"Change number %1"_s.arg(number), u"Lena"_s, number));
            many.last().ci = {CiState::Passed, {}, 12, 0};
        }
        Scene scene;
        fillSource(scene, many);
        auto *list = scene.window->findChild<ChangeList *>();
        QCOMPARE(list->model()->rowCount(), 400);
        QTest::qWait(50);
        PaintWatch watch;
        list->viewport()->installEventFilter(&watch);
        many[1].ci = {CiState::Failed, {}, 11, 1};
        Snapshot snapshot = scene.snapshot(boardEnvironments());
        snapshot.environments = scene.cache->environments(u"acme-web"_s);
        snapshot.changes = many;
        const ChangeSet changes = *scene.cache->apply(snapshot);
        QVERIFY(changes.changes.contains(u"acme-web"_s));
        scene.window->apply(changes);
        QTRY_VERIFY(!watch.painted.isEmpty());
        QCoreApplication::processEvents();
        QCOMPARE(watch.painted.boundingRect().height(), list->rowHeight());
        QVERIFY(list->visualRect(list->model()->index(1, 0)).contains(watch.painted.boundingRect()));
        // The end is reached without asking every row how high it is.
        list->verticalScrollBar()->setValue(list->verticalScrollBar()->maximum());
        QVERIFY(list->indexAt(QPoint(5, list->viewport()->height() - 5)).row() >= 398);
    }

    void thePaletteSaysWhereAChangeIs()
    {
        Scene scene;
        fillSource(scene);
        auto *board = scene.window->findChild<BoardView *>();
        board->select(u"acme-web/dev1"_s);
        const auto found = [&scene](const QString &words) {
            QTest::keyClick(scene.window.get(), Qt::Key_K, Qt::ControlModifier);
            QTest::keyClicks(QApplication::focusWidget(), words);
            return scene.window->findChild<CommandPalette *>()->findChild<QListWidget *>()->item(0)->text();
        };
        QCOMPARE(found(u"where #476"_s),
                 u"#476 is on staging, not in production yet: staging. Coupon stacking rules"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(board->selectedId(), u"acme-web/staging"_s);
        QCOMPARE(found(u"where totals"_s), u"#482 is in a dev environment only: dev3. Faster checkout totals"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QCOMPARE(found(u"where 488"_s), u"#488 runs nowhere yet. Gift cards can be paid in two parts"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(board->selectedId(), u"acme-web/staging"_s);
        // By number and by title, the environment that runs it comes first.
        QVERIFY(found(u"482"_s).startsWith(u"dev3"_s));
    }
};

QTEST_MAIN(Tray)
#include "tst_tray.moc"
