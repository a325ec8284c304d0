// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/board/configmodel.h"
#include "tests/ui/scene.h"
#include "ui/board/boardview.h"
#include "ui/board/cardlist.h"
#include "ui/board/column.h"
#include "ui/board/queuelist.h"
#include "ui/board/shutdowncorner.h"
#include "ui/board/staginghead.h"
#include "ui/dialogs/clonedialog.h"
#include "ui/dialogs/confirmsheet.h"
#include "ui/dialogs/holddialog.h"
#include "ui/dialogs/releasedialog.h"
#include "ui/dialogs/sheethost.h"
#include "ui/footer/footerbar.h"
#include "ui/footer/operationrow.h"
#include "ui/inspector/configpage.h"
#include "ui/inspector/inspector.h"
#include "ui/inspector/logview.h"
#include "ui/inspector/overviewpage.h"
#include "ui/sidebar/changelist.h"
#include "ui/sidebar/sidebar.h"
#include "ui/widgets/banner.h"

#include <QClipboard>
#include <QAction>
#include <QApplication>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QListView>
#include <QMimeData>
#include <QPaintEvent>
#include <QScrollBar>

using namespace Slipway;

/// What the window shows and says when it is used; answers are given through its public face.
class Window final : public QObject
{
    Q_OBJECT
private:
    /// Counts what is painted inside and outside of a rectangle of a viewport.
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

    QList<Intent> m_wanted;
    QList<Intent> m_raised;
    QList<Decision> m_decisions;

    void listen(MainWindow &window)
    {
        m_wanted.clear();
        m_raised.clear();
        m_decisions.clear();
        connect(&window, &MainWindow::preflightWanted, this, [this](const Intent &move) { m_wanted.append(move); });
        connect(&window, &MainWindow::intentRaised, this, [this](const Intent &intent) { m_raised.append(intent); });
        connect(&window, &MainWindow::decided, this, [this](const Decision &d) { m_decisions.append(d); });
    }

    static QPushButton *button(const QWidget *in, const QString &text)
    {
        for (QPushButton *candidate : in->findChildren<QPushButton *>()) {
            if (candidate->text() == text)
                return candidate;
        }
        return nullptr;
    }

    /// What a move has led to: the kind of intent a preflight was asked for, the sheet that opened, or what was said.
    QString asked(const MainWindow &window) const
    {
        if (!m_wanted.isEmpty()) {
            return std::holds_alternative<PromoteIntent>(m_wanted.first()) ? u"promote"_s
                : std::holds_alternative<SendBackIntent>(m_wanted.first()) ? u"sendback"_s
                : std::holds_alternative<ResetIntent>(m_wanted.first())    ? u"reset"_s
                                                                           : u"another"_s;
        }
        if (const Sheet *sheet = window.findChild<SheetHost *>()->current())
            return sheet->accessibleName().section(u". "_s, 0, 0);
        const auto *banner = window.findChild<Banner *>();
        return banner->isVisible() ? banner->text() : QString();
    }

private Q_SLOTS:
    void enterConfirmsTheSheet()
    {
        Scene scene;
        listen(*scene.window);
        scene.window->showPreflight(scene.preflight());
        auto *host = scene.window->findChild<SheetHost *>();
        QVERIFY(host->isOpen());
        QTest::keyClick(host->current()->focusWidget(), Qt::Key_Return);
        QCOMPARE(m_raised.size(), 1);
        const auto move = std::get<PromoteIntent>(m_raised.first());
        QCOMPARE(move, (PromoteIntent{u"acme-web"_s, u"dev3"_s, u"staging"_s, true, {}, u"f1"_s}));
        QVERIFY(!host->isOpen());
    }

    void warningAsksForAReason()
    {
        Scene scene;
        listen(*scene.window);
        Preflight warned = scene.preflight();
        warned.checks[3].result = CheckResult::Warn;
        scene.window->showPreflight(warned);
        auto *host = scene.window->findChild<SheetHost *>();
        auto *reason = qobject_cast<QLineEdit *>(host->current()->focusWidget());
        QVERIFY(reason);
        QTest::keyClick(reason, Qt::Key_Return);
        QVERIFY(m_raised.isEmpty() && host->isOpen());
        QTest::keyClicks(reason, u"Hotfix"_s);
        QTest::keyClick(reason, Qt::Key_Return);
        QCOMPARE(m_raised.size(), 1);
        QCOMPARE(std::get<PromoteIntent>(m_raised.first()).reason, u"Hotfix"_s);
    }

    void blockedSheetCannotBeConfirmedAndEscapeCloses()
    {
        Scene scene;
        listen(*scene.window);
        Preflight blocked = scene.preflight();
        blocked.checks[2].result = CheckResult::Block;
        scene.window->showPreflight(blocked);
        auto *host = scene.window->findChild<SheetHost *>();
        QVERIFY(!host->current()->actionButton()->isEnabled());
        QTest::keyClick(host->current(), Qt::Key_Return);
        QVERIFY(m_raised.isEmpty());
        QTest::keyClick(host->current(), Qt::Key_Escape);
        QVERIFY(!host->isOpen());
    }

    void refusalIsSaidInTheSheetThatAsked()
    {
        Scene scene;
        scene.window->showPreflight(scene.preflight());
        auto *host = scene.window->findChild<SheetHost *>();
        host->current()->accept();
        QVERIFY(!host->isOpen());
        scene.window->showError(Error(Error::Kind::Conflict, u"Staging has moved since you looked."_s));
        QVERIFY(host->isOpen());
        QCOMPARE(host->current()->errorText(), u"Staging has moved since you looked."_s);
        Preflight fresh = scene.preflight();
        std::get<PromoteIntent>(fresh.intent).fingerprint = u"f2"_s;
        scene.window->showPreflight(fresh);
        QCOMPARE(std::get<PromoteIntent>(qobject_cast<ConfirmSheet *>(host->current())->intent()).fingerprint, u"f2"_s);
        host->current()->accept();
        ChangeSet started;
        started.operations.insert(u"op-1"_s);
        scene.window->apply(started);
        scene.window->showError(Error(Error::Kind::Network, u"The provider cannot be reached."_s));
        QVERIFY(!host->isOpen());
        QCOMPARE(scene.window->findChild<Banner *>()->text(), u"The provider cannot be reached."_s);
    }

    void cardsMoveByKeyboard()
    {
        Scene scene;
        listen(*scene.window);
        auto *board = scene.window->findChild<BoardView *>();
        board->select(u"acme-web/dev3"_s);
        board->focusBoard();
        CardList *list = &board->column(Stage::Development).list();
        QTest::keyClick(list, Qt::Key_Space);
        QVERIFY(board->isCarrying());
        QCOMPARE(board->column(Stage::Staging).lift(), Column::Lift::Legal);
        QCOMPARE(board->column(Stage::Production).lift(), Column::Lift::Illegal);
        QTest::keyClick(list, Qt::Key_Right);
        QTest::keyClick(list, Qt::Key_Return); // production says why instead
        QVERIFY(m_wanted.isEmpty());
        QVERIFY(scene.window->findChild<Banner *>()->text().contains(u"staging"_s));
        QTest::keyClick(list, Qt::Key_Left);
        QTest::keyClick(list, Qt::Key_Return);
        QCOMPARE(m_wanted.size(), 1);
        QVERIFY(m_wanted.first() == Intent(PromoteIntent{u"acme-web"_s, u"dev3"_s, u"staging"_s, true, {}, {}}));
        QTest::keyClick(list, Qt::Key_Space);
        QTest::keyClick(list, Qt::Key_Escape);
        QVERIFY(!board->isCarrying());
        QCOMPARE(m_wanted.size(), 1);
        QTest::keyClick(list, Qt::Key_Right);
        QCOMPARE(board->selectedId(), u"acme-web/staging"_s);
    }

    void dropAsksAfterTheEventHasReturned()
    {
        Scene scene;
        listen(*scene.window);
        auto *board = scene.window->findChild<BoardView *>();
        board->pickUp(u"acme-web/dev3"_s);
        QMimeData data;
        data.setData(QString::fromLatin1(ColumnModel::kMimeType), "acme-web/dev3");
        const auto dropOn = [&](Stage stage) {
            QDragEnterEvent enter(QPoint(60, 200), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(&board->column(stage), &enter);
            QDropEvent drop(QPointF(60, 200), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(&board->column(stage), &drop);
            return drop.isAccepted();
        };
        QVERIFY(!dropOn(Stage::Production));
        QVERIFY(dropOn(Stage::Staging));
        QVERIFY(m_wanted.isEmpty());
        QTRY_COMPARE(m_wanted.size(), 1);
        QCOMPARE(std::get<PromoteIntent>(m_wanted.first()).to, u"staging"_s);
    }

    /// Every row of the move table by keys: where the arrows lead to, and what Enter asks for.
    void everyMoveByKeys_data()
    {
        QTest::addColumn<QString>("card");
        QTest::addColumn<QList<int>>("keys");
        QTest::addColumn<QString>("asks"); // a kind of intent, a dialog, or what is said
        const QList<int> drop{Qt::Key_Space, Qt::Key_Return};
        QTest::newRow("dev to staging") << u"dev3"_s << drop << u"promote"_s;
        QTest::newRow("dev to production") << u"dev3"_s << QList<int>{Qt::Key_Space, Qt::Key_Right, Qt::Key_Return}
                                           << u"dev3 was not moved. Goes to staging first."_s;
        QTest::newRow("staging to production") << u"staging"_s << drop << u"promote"_s; // the way on comes first
        QTest::newRow("staging to dev") << u"staging"_s << QList<int>{Qt::Key_Space, Qt::Key_Left, Qt::Key_Return}
                                        << u"sendback"_s;
        QTest::newRow("production to staging") << u"production"_s << drop << u"reset"_s;
        QTest::newRow("production to dev") << u"production"_s << QList<int>{Qt::Key_Space, Qt::Key_Left, Qt::Key_Return}
                                           << u"production was not moved. Dev environments are cloned from staging."_s;
        QTest::newRow("dev to the corner")
            << u"dev3"_s << QList<int>{Qt::Key_Space, Qt::Key_Down, Qt::Key_Return} << u"Shut down dev3?"_s;
        QTest::newRow("staging to the corner")
            << u"staging"_s << QList<int>{Qt::Key_Space, Qt::Key_Down, Qt::Key_Return} << u"Shut down staging?"_s;
        QTest::newRow("never to the corner by going on and on")
            << u"staging"_s << QList<int>{Qt::Key_Space, Qt::Key_Right, Qt::Key_Right, Qt::Key_Return} << u"promote"_s;
        QTest::newRow("the only production to the corner")
            << u"production"_s << QList<int>{Qt::Key_Space, Qt::Key_Down, Qt::Key_Return}
            << u"production was not moved. The only production environment stays."_s;
        QTest::newRow("back from the corner")
            << u"staging"_s << QList<int>{Qt::Key_Space, Qt::Key_Down, Qt::Key_Up, Qt::Key_Return} << u"promote"_s;
        QTest::newRow("put down again") << u"dev3"_s << QList<int>{Qt::Key_Space, Qt::Key_Down, Qt::Key_Escape}
                                        << QString();
    }
    void everyMoveByKeys()
    {
        QFETCH(QString, card);
        QFETCH(QList<int>, keys);
        Scene scene;
        listen(*scene.window);
        auto *board = scene.window->findChild<BoardView *>();
        board->select(u"acme-web/"_s + card);
        board->focusBoard();
        QWidget *list = QApplication::focusWidget();
        for (const int key : std::as_const(keys))
            QTest::keyClick(list, Qt::Key(key));
        QTEST(asked(*scene.window), "asks");
        QVERIFY(m_raised.isEmpty());
    }

    void aRefusalIsSaidUntilTheNextMove()
    {
        Scene scene;
        auto *board = scene.window->findChild<BoardView *>();
        board->select(u"acme-web/dev3"_s);
        board->focusBoard();
        for (const int key : {Qt::Key_Space, Qt::Key_Right, Qt::Key_Return})
            QTest::keyClick(QApplication::focusWidget(), Qt::Key(key));
        QCOMPARE(asked(*scene.window), u"dev3 was not moved. Goes to staging first."_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QVERIFY(!asked(*scene.window).isEmpty());
        board->pickUp(u"acme-web/dev3"_s);
        QCOMPARE(asked(*scene.window), QString());
    }

    void theCornerIsThereOnlyWhileACardIsInTheAir()
    {
        Scene scene;
        listen(*scene.window);
        auto *board = scene.window->findChild<BoardView *>();
        QVERIFY(board->corner().isHidden());
        board->pickUp(u"acme-web/dev3"_s);
        QVERIFY(board->corner().isVisible() && board->rect().contains(board->corner().geometry()));
        QMimeData data;
        data.setData(QString::fromLatin1(ColumnModel::kMimeType), "acme-web/dev3");
        QDragEnterEvent enter(QPoint(9, 9), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&board->corner(), &enter);
        QDropEvent drop(QPointF(9, 9), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&board->corner(), &drop);
        QVERIFY(drop.isAccepted());
        board->putDown();
        QVERIFY(board->corner().isHidden());
        QTRY_COMPARE(asked(*scene.window), u"Shut down dev3?"_s);
        scene.window->findChild<SheetHost *>()->current()->accept();
        QCOMPARE(m_raised.size(), 1);
        const LifecycleIntent shutDown{u"acme-web"_s, u"dev3"_s, LifecycleAction::ShutDown, {}};
        QVERIFY(m_raised.first() == Intent(shutDown));
        board->pickUp(Change());
        QVERIFY(board->corner().isHidden()); // a change has nothing to shut down
    }

    void openChangesGoToADevEnvironmentOfTheirOwn()
    {
        Scene scene;
        listen(*scene.window);
        Snapshot snapshot = scene.snapshot(boardEnvironments());
        Change gift;
        gift.title = u"Gift cards"_s;
        gift.branch = u"gift-cards"_s;
        gift.author = u"Lena"_s;
        gift.commitsAhead = 2;
        snapshot.changes->append(gift);
        scene.window->apply(*scene.cache->apply(snapshot));
        auto *list = scene.window->findChild<ChangeList *>();
        QVERIFY(list->isVisible());
        const QModelIndex first = list->model()->index(0, 0);
        QCOMPARE(first.data(Qt::AccessibleTextRole).toString(),
                 u"Gift cards, by Lena, 2 commits ahead, no dev environment yet"_s);
        QCOMPARE(list->model()->index(1, 0).data(Qt::AccessibleTextRole).toString(),
                 u"Faster checkout totals, #482, by Ada, on dev3"_s);
        list->setCurrentIndex(first);
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Space);
        auto *board = scene.window->findChild<BoardView *>();
        QCOMPARE(board->column(Stage::Development).lift(), Column::Lift::Legal);
        QCOMPARE(board->column(Stage::Staging).lift(), Column::Lift::Illegal);
        QTest::keyClick(list, Qt::Key_Return);
        auto *host = scene.window->findChild<SheetHost *>();
        auto *dialog = qobject_cast<CloneDialog *>(host->current());
        QVERIFY(dialog);
        QCOMPARE(dialog->intent().code.change, u"gift-cards"_s);
        QTest::keyClick(dialog->focusWidget(), Qt::Key_Return);
        QCOMPARE(m_raised.size(), 1);
        const auto clone = std::get<CloneIntent>(m_raised.first());
        QCOMPARE(clone.code.change, u"gift-cards"_s);
        QCOMPARE(clone.name, u"dev6"_s);
        // One that runs somewhere is shown there instead.
        list->setCurrentIndex(list->model()->index(1, 0));
        QTest::keyClick(list, Qt::Key_Return);
        QCOMPARE(board->selectedId(), u"acme-web/dev3"_s);
        snapshot.changes = QList<Change>();
        scene.window->apply(*scene.cache->apply(snapshot));
        QVERIFY(list->isHidden());
    }

    void aChangeIsDroppedByTheMouse()
    {
        Scene scene;
        listen(*scene.window);
        auto *board = scene.window->findChild<BoardView *>();
        Change gift;
        gift.title = u"Gift cards"_s;
        gift.branch = u"gift-cards"_s;
        board->startDrag({{}, gift});
        QMimeData data;
        data.setData(QString::fromLatin1(OpenChangeModel::kMimeType), "gift-cards");
        QDragEnterEvent enter(QPoint(60, 200), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&board->column(Stage::Development), &enter);
        QDropEvent drop(QPointF(60, 200), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&board->column(Stage::Development), &drop);
        QVERIFY(drop.isAccepted());
        board->putDown();
        QTRY_VERIFY(qobject_cast<CloneDialog *>(scene.window->findChild<SheetHost *>()->current()));
    }

    void whoHoldsStagingIsSaidAndCanBeEnded()
    {
        Scene scene;
        listen(*scene.window);
        auto *head = scene.window->findChild<StagingHead *>();
        auto *host = scene.window->findChild<SheetHost *>();
        QPushButton *hold = button(scene.window.get(), u"Hold…"_s);
        QVERIFY(hold && hold->isVisible());
        QVERIFY(!button(head, u"Release…"_s) || !button(head, u"Release…"_s)->isVisible());
        const int calm = head->height();
        hold->click();
        auto *dialog = qobject_cast<HoldDialog *>(host->current());
        QVERIFY(dialog);
        QTest::keyClicks(dialog->focusWidget(), u"Load test"_s);
        QTest::keyClick(dialog->focusWidget(), Qt::Key_Return);
        QCOMPARE(m_decisions.size(), 1);
        const auto wanted = std::get<HoldIntent>(m_decisions.first());
        QCOMPARE(wanted.reason, u"Load test"_s);
        QVERIFY(!wanted.takeOver);
        const Hold mia{u"Mia Sato"_s, u"Load test"_s, hoursAgo(2.5), {}, false};
        scene.window->apply(*scene.store->saveHold(u"acme-web"_s, mia));
        QVERIFY(!hold->isVisible());
        QPushButton *release = button(head, u"Release…"_s);
        QVERIFY(release && release->isVisible());
        QCOMPARE(release->parentWidget()->accessibleName(), u"Mia Sato holds staging, 2 h: Load test"_s);
        QTRY_VERIFY(head->height() > calm);
        release->click();
        auto *ends = qobject_cast<ReleaseDialog *>(host->current());
        QVERIFY(ends);
        QTest::keyClicks(ends->focusWidget(), u"She is on holiday"_s);
        QTest::keyClick(ends->focusWidget(), Qt::Key_Return);
        QCOMPARE(m_decisions.size(), 2);
        QCOMPARE(std::get<ReleaseHoldIntent>(m_decisions.last()).reason, u"She is on holiday"_s);
        const Hold rolled{u"Mia Sato"_s, u"Rolled production back to v187"_s, hoursAgo(1.5), {}, true};
        scene.window->apply(*scene.store->saveHold(u"acme-web"_s, rolled));
        QVERIFY(button(head, u"Resolve…"_s));
        QCOMPARE(release->parentWidget()->accessibleName(),
                 u"Held since a roll back, by Mia Sato, 1 h, until resolved: Rolled production back to v187"_s);
        scene.window->apply(*scene.store->removeHold(u"acme-web"_s));
        QVERIFY(hold->isVisible());
        QTRY_COMPARE(head->height(), calm);
    }

    void theQueueIsReorderedByKeysAndByDragging()
    {
        Scene scene;
        listen(*scene.window);
        QVERIFY(!scene.window->findChild<QueueList *>()); // nothing waits
        for (const QString &name : {u"dev3"_s, u"dev2"_s})
            scene.window->apply(*scene.store->enqueue(u"acme-web"_s, {name, u"Mia Sato"_s, hoursAgo(1), {}}, 0));
        auto *list = scene.window->findChild<QueueList *>();
        QVERIFY(list && list->isVisible());
        QAbstractItemModel *model = list->model();
        QCOMPARE(model->index(0, 0).data(Qt::AccessibleTextRole).toString(),
                 u"1. Faster checkout totals, on dev3, waits for: Staging is 1 change ahead of production"_s);
        list->setCurrentIndex(model->index(1, 0));
        QTest::keyClick(list, Qt::Key_Up, Qt::ControlModifier);
        QTest::keyClick(list, Qt::Key_Down, Qt::ControlModifier); // it is the last already
        QCOMPARE(m_decisions.size(), 1);
        QVERIFY(m_decisions.first() == Decision(QueueIntent{u"acme-web"_s, u"dev2"_s, 1, {}}));
        const std::unique_ptr<QMimeData> data(model->mimeData({model->index(0, 0)}));
        QVERIFY(model->dropMimeData(data.get(), Qt::CopyAction, 2, 0, {})); // behind the last one
        QTRY_COMPARE(m_decisions.size(), 2);
        QVERIFY(m_decisions.last() == Decision(QueueIntent{u"acme-web"_s, u"dev3"_s, 2, {}}));
        QVERIFY(!model->dropMimeData(data.get(), Qt::CopyAction, 1, 0, {})); // where it is
        QTest::keyClick(list, Qt::Key_Delete);
        QVERIFY(m_decisions.last() == Decision(LeaveQueueIntent{u"acme-web"_s, u"dev2"_s}));
        QTest::keyClick(list, Qt::Key_Return); // waits: its card is shown
        QCOMPARE(scene.window->findChild<BoardView *>()->selectedId(), u"acme-web/dev2"_s);
        // Staging is clean: the first one may go.
        QList<Environment> clean = boardEnvironments();
        clean[1].release = clean[0].release;
        scene.window->apply(*scene.cache->apply(scene.snapshot(clean)));
        QVERIFY(model->index(0, 0).data(QueueModel::QueuedRole).value<QueuedChange>().ready);
        list->setCurrentIndex(model->index(0, 0));
        QTest::keyClick(list, Qt::Key_Return);
        QCOMPARE(asked(*scene.window), u"promote"_s);
        for (const QString &name : {u"dev3"_s, u"dev2"_s})
            scene.window->apply(*scene.store->dequeue(u"acme-web"_s, name));
        QVERIFY(list->isHidden());
    }

    void cardsSayWhatWaitsAndEnds()
    {
        Scene scene;
        listen(*scene.window);
        auto *board = scene.window->findChild<BoardView *>();
        CardList &list = board->column(Stage::Development).list();
        const Verdict earlier{VerdictState::Accepted, u"Mia Sato"_s, {}, u"tree-older"_s, hoursAgo(2)};
        scene.window->apply(*scene.store->saveVerdict(u"acme-web/dev3"_s, earlier));
        scene.window->apply(*scene.store->saveLifetime(u"acme-web/dev3"_s, {hoursAgo(-5.5), {}, {}}));
        const QModelIndex card = list.indexOf(u"acme-web/dev3"_s);
        QVERIFY(card.data(Qt::AccessibleTextRole).toString().contains(u"accepted, then changed, ends in 5 h"_s));
        board->select(u"acme-web/dev3"_s);
        const auto overview = scene.window->findChild<OverviewPage *>();
        QStringList said;
        for (const QLabel *label : overview->findChildren<QLabel *>())
            said += label->isVisible() ? label->text() : QString();
        QVERIFY(said.join(u'\n').contains(u"Accepted by Mia Sato"_s));
        QVERIFY(said.join(u'\n').contains(u"Ends in 5 h"_s));
        // "Keep" is one click, wherever it was laid out on the card.
        const QRect box = list.visualRect(card);
        bool found = false;
        for (int y = box.top(); y < box.bottom() && !found; y += 4) {
            for (int x = box.left(); x < box.right() && !found; x += 4) {
                found = list.cards().spotAt(card, box, QPoint(x, y)) == CardDelegate::Spot::Keep;
                if (found)
                    QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, QPoint(x, y));
            }
        }
        QVERIFY(found);
        QCOMPARE(m_decisions.size(), 1);
        QVERIFY(m_decisions.first() == Decision(KeepIntent{u"acme-web"_s, u"dev3"_s}));
    }

    void menusHoldEveryMove_data()
    {
        QTest::addColumn<QString>("card");
        QTest::addColumn<QStringList>("items");
        QTest::newRow("dev") << u"dev3"_s
                             << QStringList{u"Deploy to staging…"_s, u"Queue for staging"_s, u"Keep longer"_s,
                                            u"Update from staging: dev3 contains all that staging runs"_s,
                                            u"Shut down…"_s};
        QTest::newRow("behind") << u"dev2"_s
                                << QStringList{u"Update from staging"_s,
                                               u"Queue for staging: dev2 is not accepted yet"_s};
        QTest::newRow("staging") << u"staging"_s
                                 << QStringList{u"Promote to production…"_s, u"Send back to its author…"_s,
                                                u"Hold staging…"_s};
        QTest::newRow("production") << u"production"_s << QStringList{u"Reset staging to production…"_s};
    }
    void menusHoldEveryMove()
    {
        QFETCH(QString, card);
        QFETCH(QStringList, items);
        Scene scene;
        scene.window->apply(*scene.store->saveLifetime(u"acme-web/dev3"_s, {hoursAgo(-50), {}, {}}));
        auto *board = scene.window->findChild<BoardView *>();
        Q_EMIT board->menuWanted(u"acme-web/"_s + card, QPoint(10, 10));
        auto *menu = scene.window->findChild<QMenu *>();
        QVERIFY(menu);
        QStringList there;
        for (const QAction *action : menu->actions())
            there += action->text();
        for (const QString &item : std::as_const(items))
            QVERIFY2(there.contains(item), qPrintable(item + u" is not in: "_s + there.join(u" | "_s)));
        menu->close();
    }

    void cloneTakesTwoKeys()
    {
        Scene scene;
        listen(*scene.window);
        QTest::keyClick(scene.window.get(), Qt::Key_N, Qt::ControlModifier);
        auto *host = scene.window->findChild<SheetHost *>();
        auto *dialog = qobject_cast<CloneDialog *>(host->current());
        QVERIFY(dialog);
        auto *name = qobject_cast<QLineEdit *>(dialog->focusWidget());
        QVERIFY(name);
        QTest::keyClicks(name, u"staging"_s); // over the proposal: taken
        QVERIFY(!dialog->actionButton()->isEnabled());
        name->setText(u"dev6"_s);
        QTest::keyClick(name, Qt::Key_Return);
        QCOMPARE(m_raised.size(), 1);
        const auto clone = std::get<CloneIntent>(m_raised.first());
        QCOMPARE(clone.name, u"dev6"_s);
        QCOMPARE(clone.from, u"staging"_s);
        QCOMPARE(clone.code.change, u"#482"_s);
        QVERIFY(clone.data == DataChoice::Copy);
    }

    void verdictNeedsANoteToAskForChanges()
    {
        Scene scene;
        listen(*scene.window);
        scene.window->findChild<BoardView *>()->select(u"acme-web/dev2"_s);
        auto *overview = scene.window->findChild<Inspector *>()->overview();
        button(overview, u"Request changes"_s)->click();
        QVERIFY(m_decisions.isEmpty());
        auto *note = overview->findChild<QLineEdit *>();
        note->setText(u"The logo is cut"_s);
        button(overview, u"Request changes"_s)->click();
        QCOMPARE(
            m_decisions.value(0),
            Decision(VerdictIntent{u"acme-web"_s, u"dev2"_s, VerdictState::ChangesRequested, u"The logo is cut"_s}));
        button(overview, u"Accept"_s)->click();
        QVERIFY(std::get<VerdictIntent>(m_decisions.value(1)).state == VerdictState::Accepted);
    }

    void oneChangedEnvironmentRepaintsOneCard()
    {
        Scene scene;
        auto *board = scene.window->findChild<BoardView *>();
        board->select(u"acme-web/dev3"_s);
        QTest::qWait(0);
        CardList &list = board->column(Stage::Development).list();
        PaintWatch watch;
        list.viewport()->installEventFilter(&watch);
        QList<Environment> next = boardEnvironments();
        for (Environment &environment : next) {
            const auto known = scene.cache->environment(environment.id());
            environment = *known;
        }
        next[4].ci = {CiState::Passed, {}, 298, 0}; // dev2
        auto snapshot = scene.snapshot(next);
        const auto changes = scene.cache->apply(snapshot);
        QVERIFY(changes->environments.contains(u"acme-web/dev2"_s));
        ChangeSet only;
        only.environments.insert(u"acme-web/dev2"_s);
        scene.window->apply(only);
        QTRY_VERIFY(!watch.painted.isEmpty());
        QCoreApplication::processEvents();
        const QRect card = list.visualRect(list.indexOf(u"acme-web/dev2"_s));
        QVERIFY2(card.contains(watch.painted.boundingRect()), "more than the changed card was painted");
        QCOMPARE(board->selectedId(), u"acme-web/dev3"_s);
    }

    void selectionSurvivesAndAGoneCardHandsItOn()
    {
        Scene scene;
        auto *board = scene.window->findChild<BoardView *>();
        board->select(u"acme-web/dev2"_s);
        QList<Environment> next = boardEnvironments();
        next.removeAt(3); // dev1, before it
        scene.window->apply(*scene.cache->apply(scene.snapshot(next)));
        QCOMPARE(board->selectedId(), u"acme-web/dev2"_s);
        QCOMPARE(scene.window->findChild<Inspector *>()->environmentId(), u"acme-web/dev2"_s);
        next.removeAt(3); // dev2 itself
        scene.window->apply(*scene.cache->apply(scene.snapshot(next)));
        QVERIFY(!board->selectedId().isEmpty());
        QCOMPARE(scene.window->findChild<Inspector *>()->environmentId(), board->selectedId());
    }

    void followNeverFightsScrolling()
    {
        Scene scene;
        for (int i = 0; i < 40; ++i)
            scene.addLogLines();
        LogView &view = scene.window->findChild<Inspector *>()->overview()->logView();
        QTRY_VERIFY(view.verticalScrollBar()->maximum() > 0);
        QTRY_COMPARE(view.verticalScrollBar()->value(), view.verticalScrollBar()->maximum());
        view.verticalScrollBar()->setValue(5);
        QVERIFY(!view.isFollowing());
        scene.addLogLines();
        QCoreApplication::processEvents();
        QCOMPARE(view.verticalScrollBar()->value(), 5);
        view.follow();
        scene.addLogLines();
        QTRY_COMPARE(view.verticalScrollBar()->value(), view.verticalScrollBar()->maximum());
    }

    void longLinesScrollAndAreCopiedWhole()
    {
        Scene scene;
        LogView &view = scene.window->findChild<Inspector *>()->overview()->logView();
        const QString end = u"the end of it"_s;
        scene.models->logs.append({{hoursAgo(0.01), u"web.1"_s, false, QString(600, u'x') + end}});
        QTRY_VERIFY(view.horizontalScrollBar()->maximum() > 600);
        view.setCurrentIndex(view.model()->index(0, 0));
        QTest::keyClick(&view, Qt::Key_C, Qt::ControlModifier);
        QVERIFY(QGuiApplication::clipboard()->text().endsWith(end));
        for (int batch = 0; batch < 10; ++batch) {
            scene.models->logs.append({{hoursAgo(0.01), u"web.1"_s, true, QString(700 + 10 * batch, u'x')}});
            scene.addLogLines();
            QCoreApplication::processEvents(); // as they come: the sideways bar takes a line of the view meanwhile
        }
        QTRY_VERIFY(view.verticalScrollBar()->maximum() > 0);
        QTRY_COMPARE(view.verticalScrollBar()->value(), view.verticalScrollBar()->maximum());
        QVERIFY(view.isFollowing());
        scene.models->logs.clear();
        scene.addLogLines();
        QTRY_COMPARE(view.horizontalScrollBar()->maximum(), 0);
    }

    void undoCountsDownAndTakesBack()
    {
        Scene scene;
        QStringList undone;
        connect(scene.window.get(), &MainWindow::undoWanted, this, [&](const QString &id) { undone.append(id); });
        auto *board = scene.window->findChild<BoardView *>();
        auto *row = scene.window->findChild<FooterBar *>();
        QTest::keyClick(board, Qt::Key_Escape); // dev1 is being deployed: too late to take back
        QVERIFY(undone.isEmpty());
        Operation waiting = makeOperation(u"op-2"_s, u"staging"_s, OperationState::Waiting);
        waiting.startsAt = QDateTime::currentDateTimeUtc().addMSecs(4900);
        scene.window->apply(*scene.store->saveOperation(waiting));
        const auto says = [row](const QString &seconds) {
            for (const OperationRow *one : row->findChildren<OperationRow *>()) {
                if (one->accessibleName().endsWith(seconds))
                    return true;
            }
            return false;
        };
        QTRY_VERIFY(says(u"Starts in 5 s"_s) || says(u"Starts in 4 s"_s));
        QTRY_VERIFY(says(u"Starts in 2 s"_s));
        scene.window->showPreflight(scene.preflight());
        auto *host = scene.window->findChild<SheetHost *>();
        QTest::keyClick(host->current()->focusWidget(), Qt::Key_Escape); // the sheet's own
        QVERIFY(undone.isEmpty() && !host->isOpen());
        board->select(u"acme-web/dev3"_s);
        board->focusBoard();
        CardList *list = &board->column(Stage::Development).list();
        QTest::keyClick(list, Qt::Key_Space);
        QTest::keyClick(list, Qt::Key_Escape); // the card's in the air
        QVERIFY(undone.isEmpty() && !board->isCarrying());
        QTest::keyClick(list, Qt::Key_Escape);
        QCOMPARE(undone, QStringList{u"op-2"_s});
        QVERIFY(button(row, u"Undo"_s)->isVisible());
    }

    void oneConfigValueIsShownAndSet()
    {
        Scene scene;
        listen(*scene.window);
        QList<Environment> next = boardEnvironments();
        next[2].config = {{u"CACHE"_s, u"1"_s}, {u"KEY"_s, u"2"_s}};
        next[1].config = {{u"CACHE"_s, u"1"_s}};
        scene.window->apply(*scene.cache->apply(scene.snapshot(next)));
        QStringList wanted;
        connect(scene.window.get(), &MainWindow::configWanted, this, [&](const QString &id, const QString &key) {
            wanted += {id, key};
        });
        scene.window->findChild<BoardView *>()->select(u"acme-web/dev3"_s);
        auto *inspector = scene.window->findChild<Inspector *>();
        inspector->showTab(Inspector::Config);
        auto *page = scene.window->findChild<ConfigPage *>();
        auto *list = page->findChild<QListView *>();
        const auto value = [list] { return list->model()->index(1, 0).data(ConfigModel::ValueRole).toString(); };
        list->setCurrentIndex(list->model()->index(1, 0));
        button(page, u"Show"_s)->click();
        QCOMPARE(wanted, (QStringList{u"acme-web/dev3"_s, u"KEY"_s}));
        scene.window->showConfigValue(u"acme-web/dev3"_s, u"CACHE"_s, u"not asked for"_s);
        scene.window->showConfigValue(u"acme-web/dev3"_s, u"KEY"_s, u"secret"_s);
        QCOMPARE(value(), u"secret"_s);
        list->setFocus();
        QTest::keyClick(list, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"secret"_s);
        inspector->showTab(Inspector::Overview);
        QVERIFY(value().isNull());
        inspector->showTab(Inspector::Config);
        // While something runs on it nothing can be changed, and the button says why.
        Operation running = makeOperation(u"op-7"_s, u"dev3"_s, OperationState::Running);
        scene.window->apply(*scene.store->saveOperation(running));
        QVERIFY(!button(page, u"Change…"_s)->isEnabled() && !button(page, u"Add…"_s)->isEnabled());
        QCOMPARE(button(page, u"Change…"_s)->toolTip(), u"dev3 is busy: Deploy Saved payment cards to dev3"_s);
        running.state = OperationState::Live;
        scene.window->apply(*scene.store->saveOperation(running));
        button(page, u"Change…"_s)->click();
        auto *host = scene.window->findChild<SheetHost *>();
        QTest::keyClicks(host->current()->focusWidget(), u"other"_s);
        QTest::keyClick(host->current()->focusWidget(), Qt::Key_Return);
        QCOMPARE(m_raised.size(), 1);
        QCOMPARE(std::get<ConfigIntent>(m_raised.first()),
                 (ConfigIntent{u"acme-web"_s, u"dev3"_s, {{u"KEY"_s, u"other"_s}}, {}}));
    }

    void firstRunOffersTheSample()
    {
        Scene scene(false);
        listen(*scene.window);
        button(scene.window.get(), u"Try it with the sample shop"_s)->click();
        QCOMPARE(m_raised.size(), 1);
        const auto setup = std::get<SetUpIntent>(m_raised.first());
        QVERIFY(setup.sample && setup.pipeline == u"shop"_s && setup.account == u"local"_s);
        scene.fill();
        ChangeSet all;
        all.everything = true;
        scene.window->apply(all);
        QVERIFY(scene.window->findChild<BoardView *>()->isVisible());
    }
};

QTEST_MAIN(Window)
#include "tst_window.moc"
