// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/pictures.h"
#include "ui/actions/cardactions.h"
#include "ui/actions/moveactions.h"
#include "ui/board/boardview.h"
#include "ui/board/cardlist.h"
#include "ui/board/carddelegate.h"
#include "ui/board/column.h"
#include "ui/board/dragpicture.h"
#include "ui/dialogs/clonedialog.h"
#include "ui/dialogs/sheet.h"
#include "ui/dialogs/sheethost.h"
#include "ui/inspector/inspector.h"
#include "ui/widgets/button.h"

#include <QApplication>
#include <QJsonArray>
#include <QPainter>
#include <QScrollArea>
#include <QScrollBar>

using namespace Slipway;

/// Pictures of the window for people to look at; asserted is only that they are drawn, and in the palette's tone.
class Gallery final : public QObject
{
    Q_OBJECT
private:
    QPalette m_light;

    /// A key that is there is to go, and a new one comes.
    static void stageConfig(QWidget &window, CardActions &actions)
    {
        actions.setConfig(u"acme-web/dev3"_s, u"PAYMENTS_KEY"_s);
        auto *sheet = window.findChild<SheetHost *>()->current();
        const QList<Button *> buttons = sheet->findChildren<Button *>();
        for (Button *button : buttons) {
            if (button->text() == u"Another key")
                button->click();
        }
        QTest::keyClicks(sheet->focusWidget(), u"GREETING"_s);
    }

    /// A busy day: two productions, staging held, two changes in the queue, one that changed after it was accepted,
    /// one whose time ends and one that was suspended for that.
    static void fillBusyDay(Scene &scene)
    {
        QList<Environment> all = boardEnvironments();
        Environment second = all[0];
        second.name = u"production-us"_s;
        second.address = QUrl(u"http://production-us.acme-web.localhost:7700"_s);
        second.createdAt = hoursAgo(300);
        all.insert(1, second);
        Snapshot snapshot = scene.snapshot(all);
        Change gift;
        gift.title = u"Gift cards can be paid in two parts"_s;
        gift.number = 488;
        gift.branch = u"gift-cards"_s;
        gift.author = u"Lena"_s;
        gift.updatedAt = hoursAgo(5);
        gift.commitsAhead = 3;
        Change search = gift;
        search.title = u"Search as you type"_s;
        search.number = 490;
        search.author = u"Omar"_s;
        search.commitsAhead = 1;
        snapshot.changes->append({gift, search});
        ChangeSet changes = *scene.cache->apply(snapshot);
        const QString pipeline = u"acme-web"_s;
        changes.unite(*scene.store->saveHold(
            pipeline, {u"Mia Sato"_s, u"Load test of the new checkout"_s, hoursAgo(2.2), hoursAgo(-3), false}));
        for (const QString &name : {u"dev3"_s, u"dev2"_s})
            changes.unite(*scene.store->enqueue(pipeline, {name, u"Mia Sato"_s, hoursAgo(1), {}}, 0));
        changes.unite(*scene.store->saveVerdict(
            u"acme-web/dev2"_s, {VerdictState::Accepted, u"Mia Sato"_s, {}, u"tree-older"_s, hoursAgo(20)}));
        changes.unite(*scene.store->saveLifetime(u"acme-web/dev3"_s, {hoursAgo(-5.5), {}, {}}));
        changes.unite(*scene.store->saveLifetime(u"acme-web/dev2"_s, {hoursAgo(-90), {}, {}}));
        changes.unite(*scene.store->saveLifetime(u"acme-web/dev4"_s, {hoursAgo(4), hoursAgo(-20), {}}));
        scene.window->apply(changes);
    }

private Q_SLOTS:
    void initTestCase() { m_light = lightPalette(); }
    void cleanup() { plainLook(m_light); }

    void boardLight()
    {
        Scene scene;
        scene.addLogLines();
        QVERIFY(keep(*scene.window, u"board-light"_s).pixelColor(600, 700).lightnessF() > 0.7);
        QApplication::setPalette(darkPalette());
        QVERIFY(keep(*scene.window, u"board-dark"_s).pixelColor(600, 700).lightnessF() < 0.3);
    }

    void drag()
    {
        Scene scene;
        auto *board = scene.window->findChild<BoardView *>();
        board->pickUp(u"acme-web/dev3"_s);
        keep(*scene.window, u"drag"_s);
    }

    void emptyColumns()
    {
        Scene scene;
        scene.window->apply(*scene.cache->apply(scene.snapshot(boardEnvironments().mid(1, 1))));
        keep(*scene.window, u"empty-columns"_s);
        auto *board = scene.window->findChild<BoardView *>();
        board->pickUp(u"acme-web/staging"_s);
        keep(*scene.window, u"empty-columns-drag"_s);
        board->putDown();
    }

    /// What hangs at the pointer.
    void carried()
    {
        Scene scene;
        auto *board = scene.window->findChild<BoardView *>();
        CardList &list = board->column(Stage::Development).list();

        QImage image(700, 420, QImage::Format_ARGB32_Premultiplied);
        image.fill(QColor(236, 237, 242));
        QPainter painter(&image);
        QStyleOptionViewItem option;
        option.initFrom(&list);
        option.rect = list.visualRect(list.model()->index(0, 0));
        auto *delegate = qobject_cast<CardDelegate *>(list.itemDelegate());
        const QPixmap card = delegate->picture(list.model()->index(0, 0), option, 1);
        painter.drawPixmap(20, 20, liftedPicture(card, {}).pixmap);
        painter.drawPixmap(360, 40, flatPicture(card, {}, QColor(47, 91, 234), 8).pixmap);
        painter.drawPixmap(20, 240, card);
        painter.end();
        QVERIFY(image.save(QStringLiteral(GALLERY_DIR "/carried.png")));
    }

    void busyDay()
    {
        Scene scene;
        fillBusyDay(scene);
        scene.addLogLines();
        keep(*scene.window, u"busy-light"_s);
        auto *board = scene.window->findChild<BoardView *>();
        board->select(u"acme-web/staging"_s);
        board->pickUp(u"acme-web/staging"_s);
        keep(*scene.window, u"busy-drag"_s);
        board->putDown();
        board->pickUp(u"acme-web/dev3"_s);
        QTest::keyClick(&board->column(Stage::Development).list(), Qt::Key_Down);
        keep(*scene.window, u"busy-corner"_s);
        board->putDown();
        Change gift;
        gift.title = u"Gift cards can be paid in two parts"_s;
        gift.number = 488;
        board->pickUp(gift);
        keep(*scene.window, u"busy-change"_s);
        board->putDown();
        board->select(u"acme-web/dev2"_s);
        scene.window->apply(*scene.store->saveHold(
            u"acme-web"_s, {u"Mia Sato"_s, u"Rolled production back to v187"_s, hoursAgo(0.4), {}, true}));
        QApplication::setPalette(darkPalette());
        keep(*scene.window, u"busy-dark"_s);
        board->pickUp(u"acme-web/production"_s);
        keep(*scene.window, u"busy-drag-dark"_s);
        board->putDown();
        auto *actions = scene.window->findChild<CardActions *>();
        actions->releaseStaging(u"acme-web"_s);
        keep(*scene.window, u"release"_s);
        actions->holdStaging(u"acme-web"_s);
        keep(*scene.window, u"take-over"_s);
    }

    void busyDayInLargeText()
    {
        QFont font(u"Inter"_s);
        font.setPixelSize(26);
        QApplication::setFont(font);
        Scene scene;
        fillBusyDay(scene);
        scene.window->resize(1900, 1200);
        keep(*scene.window, u"busy-large-text"_s);
        scene.window->findChild<BoardView *>()->pickUp(u"acme-web/dev3"_s);
        keep(*scene.window, u"busy-large-text-drag"_s);
    }

    void sheet()
    {
        Scene scene;
        scene.window->showPreflight(scene.preflight());
        keep(*scene.window, u"sheet-light"_s);
        Preflight warned = scene.preflight();
        warned.checks[3] = {u"drift"_s, CheckResult::Warn, u"Staging will hold 3 changes"_s,
                            u"limit 2, Coupon stacking rules and Gift cards are not yet in production"_s};
        warned.notIncluded = {u"Saved payment cards stays on dev1."_s};
        scene.window->showPreflight(warned);
        keep(*scene.window, u"sheet-warning"_s);
        warned.checks[2] = {u"contains-staging"_s, CheckResult::Block, u"3 commits of staging are missing"_s,
                            u"Update from staging first"_s};
        QApplication::setPalette(darkPalette());
        scene.window->showPreflight(warned);
        keep(*scene.window, u"sheet-blocked-dark"_s);
    }

    void dialogs()
    {
        Scene scene;
        auto *actions = scene.window->findChild<CardActions *>();
        actions->cloneStaging(u"acme-web"_s);
        keep(*scene.window, u"clone"_s);
        actions->deployOther(u"acme-web/dev3"_s);
        keep(*scene.window, u"deploy"_s);
        actions->addPipeline();
        keep(*scene.window, u"pipeline"_s);
        actions->shutDown(u"acme-web/production"_s);
        keep(*scene.window, u"shutdown"_s);
        CloneDialog::Offer offer{u"acme-web"_s, u"acme-staging"_s, u"Carts"_s, u"acme-web-dev4"_s, {}, {}, true};
        auto *clone = new CloneDialog(offer, scene.models->changes);
        scene.window->findChild<SheetHost *>()->open(clone);
        clone->setOffer(
            CloneOffer{{{u"heroku-postgresql:essential-0"_s, u"$5.00 a month"_s}, {u"heroku-redis:mini"_s, {}, true}},
                       {u"REPORTS_URL"_s},
                       {u"OWN_URL"_s},
                       {}});
        keep(*scene.window, u"clone-costs"_s);
        QApplication::setPalette(darkPalette());
        keep(*scene.window, u"clone-costs-dark"_s);
        actions->scale(u"acme-web/dev3"_s);
        keep(*scene.window, u"scale-dark"_s);
        stageConfig(*scene.window, *actions);
        keep(*scene.window, u"config-dark"_s);
        QApplication::setPalette(m_light);
        keep(*scene.window, u"scale"_s);
    }

    void moves()
    {
        Scene scene;
        scene.window->resize(1440, 1100);
        scene.window->showPreflight(scene.fullPreflight());
        keep(*scene.window, u"sheet-full"_s);
        Preflight blocked = scene.fullPreflight();
        blocked.checks[1] = {u"verdict"_s, CheckResult::Block, u"Not accepted yet"_s,
                             u"Open dev3, look, and accept it."_s, u"acme-web/dev3"_s};
        blocked.checks[5] = {u"hold"_s, CheckResult::Block, u"Ines holds staging"_s, u"Spot check, until 18:00"_s};
        blocked.remedies = {{Remedy::Kind::Accept, u"Accept"_s, u"verdict"_s},
                            {Remedy::Kind::TakeOver, u"Take over…"_s, u"hold"_s},
                            {Remedy::Kind::Queue, u"Queue for staging"_s, u"hold"_s}};
        blocked.fingerprint = u"f2"_s;
        scene.window->showPreflight(blocked);
        keep(*scene.window, u"sheet-remedies"_s);
        QApplication::setPalette(darkPalette());
        keep(*scene.window, u"sheet-remedies-dark"_s);
        QApplication::setPalette(m_light);
        Preflight reset = scene.fullPreflight();
        reset.title = u"Reset staging to production"_s;
        reset.summary = u"production → staging. Releases production’s artifact again."_s;
        reset.actionText = u"Reset staging"_s;
        reset.intent = ResetIntent{u"acme-web"_s, u"staging"_s, u"production"_s, false, DataChoice::Copy, {}, u"f1"_s};
        reset.from = u"production"_s;
        reset.offersShutDown = false;
        reset.offersConfig = reset.offersData = true;
        reset.notIncluded = {u"“Coupon stacking rules” goes away from staging; it stays in the repository."_s};
        scene.window->showPreflight(reset);
        keep(*scene.window, u"sheet-reset"_s);
    }

    void holdAndSettings()
    {
        Scene scene;
        auto *moves = scene.window->findChild<MoveActions *>();
        moves->setPerson(u"Mia Sato"_s);
        moves->hold(u"acme-web"_s);
        keep(*scene.window, u"hold"_s);
        (void)scene.store->saveHold(u"acme-web"_s,
                                    {u"Ines"_s, u"Spot check of the payments"_s, hoursAgo(1), {}, false});
        moves->hold(u"acme-web"_s);
        keep(*scene.window, u"takeover"_s);
        const QJsonArray windows{QJsonObject{{u"days"_s, QJsonArray{u"fri"_s}},
                                             {u"from"_s, u"15:00"_s},
                                             {u"to"_s, u"24:00"_s},
                                             {u"reason"_s, u"Nobody mends it on a Saturday"_s}}};
        (void)scene.store->savePolicy(u"acme-web"_s, {{u"limit"_s, 4}, {u"freeze"_s, windows}}, {});
        moves->editPolicy(u"acme-web"_s);
        keep(*scene.window, u"settings"_s);
        auto *bar = scene.window->findChild<SheetHost *>()->current()->findChild<QScrollArea *>()->verticalScrollBar();
        bar->setValue(bar->maximum());
        QApplication::setPalette(darkPalette());
        keep(*scene.window, u"settings-times-dark"_s);
    }

    void operations()
    {
        Scene scene;
        auto *moves = scene.window->findChild<MoveActions *>();
        moves->showOperation(u"op-1"_s);
        keep(*scene.window, u"operation-running"_s);
        Operation failed = makeOperation(u"op-1"_s, u"dev1"_s, OperationState::Failed);
        failed.by = u"Mia Sato"_s;
        failed.from = u"dev7"_s;
        failed.reason = u"Hotfix"_s;
        failed.overridden = {u"Staging will hold 3 changes"_s};
        failed.targets = {u"production"_s, u"production-eu"_s};
        scene.window->apply(*scene.store->saveOperation(failed));
        scene.window->showMessages(
            {{1, u"Mia Sato"_s, hoursAgo(1), u"Ines took staging over from you: the checkout is broken"_s}});
        keep(*scene.window, u"operation-failed"_s);
        QApplication::setPalette(darkPalette());
        keep(*scene.window, u"operation-failed-dark"_s);
        failed.error = Error(Error::Kind::SecondFactor, u"Heroku asks for your second factor."_s,
                             u"Give the code that your authenticator app shows now."_s);
        scene.window->apply(*scene.store->saveOperation(failed));
        moves->showOperation(u"op-1"_s);
        keep(*scene.window, u"operation-code"_s);
    }

    void activity()
    {
        Scene scene;
        ActivityEntry entry;
        entry.at = hoursAgo(1);
        entry.by = u"Mia Sato"_s;
        entry.pipeline = u"acme-web"_s;
        entry.environment = u"staging"_s;
        entry.kind = u"promote"_s;
        entry.text = u"Deployed Faster checkout totals to staging"_s;
        entry.version = sha(u"9f2c1ab"_s);
        entry.reason = u"Hotfix"_s;
        entry.result = u"live"_s;
        entry.from = u"dev3"_s;
        entry.to = u"staging"_s;
        entry.overridden = {u"Staging will hold 3 changes"_s};
        entry.durationMs = 121'000;
        (void)scene.store->record(entry);
        QTest::keyClick(scene.window.get(), Qt::Key_K, Qt::ControlModifier);
        QTest::keyClicks(QApplication::focusWidget(), u"Show activity"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        keep(*scene.window, u"activity"_s);
    }

    void palette()
    {
        Scene scene;
        QTest::keyClick(scene.window.get(), Qt::Key_K, Qt::ControlModifier);
        keep(*scene.window, u"palette"_s);
    }

    void stagedConfig()
    {
        Scene scene;
        stageConfig(*scene.window, *scene.window->findChild<CardActions *>());
        keep(*scene.window, u"config"_s);
    }

    void inspectorPages()
    {
        Scene scene;
        scene.addLogLines();
        auto *inspector = scene.window->findChild<Inspector *>();
        for (const auto &[tab, name] : {std::pair{Inspector::Logs, u"tab-logs"_s},
                                        {Inspector::Releases, u"tab-releases"_s},
                                        {Inspector::Config, u"tab-config"_s},
                                        {Inspector::Activity, u"tab-activity"_s}}) {
            inspector->showTab(tab);
            keep(*scene.window, name);
        }
    }

    void trouble()
    {
        Scene scene;
        scene.window->findChild<BoardView *>()->select(u"acme-web/dev5"_s);
        const auto changes = scene.store->saveOperation(makeOperation(u"op-1"_s, u"dev1"_s, OperationState::Failed));
        scene.window->apply(*changes);
        scene.window->showError(Error(Error::Kind::Conflict, u"dev1 is busy: Deploy Saved payment cards is running."_s,
                                      u"Wait until it has ended, or cancel it at the foot of the window."_s));
        keep(*scene.window, u"crashed"_s);
        scene.window->findChild<BoardView *>()->select(u"acme-web/dev1"_s);
        keep(*scene.window, u"failed"_s);
    }

    void empty()
    {
        Scene scene;
        scene.window->selectPipeline(u"acme-api"_s);
        keep(*scene.window, u"empty"_s);
        Scene fresh(false);
        keep(*fresh.window, u"first-run"_s);
    }

    void largeText()
    {
        QFont font(u"Inter"_s);
        font.setPixelSize(26);
        QApplication::setFont(font);
        Scene scene;
        scene.addLogLines();
        scene.window->resize(1900, 1200);
        keep(*scene.window, u"large-text"_s);
        scene.window->showPreflight(scene.preflight());
        keep(*scene.window, u"large-text-sheet"_s);
        scene.window->showPreflight(scene.fullPreflight());
        keep(*scene.window, u"large-text-full"_s);
        auto *moves = scene.window->findChild<MoveActions *>();
        moves->editPolicy(u"acme-web"_s);
        keep(*scene.window, u"large-text-settings"_s);
        moves->showOperation(u"op-1"_s);
        keep(*scene.window, u"large-text-operation"_s);
    }

    void narrow()
    {
        Scene scene;
        scene.window->resize(900, 640);
        keep(*scene.window, u"narrow"_s);
    }
};

QTEST_MAIN(Gallery)
#include "tst_gallery.moc"
