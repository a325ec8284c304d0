// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/looking.h"
#include "ui/actions/cardactions.h"
#include "ui/actions/moveactions.h"
#include "ui/board/boardview.h"
#include "ui/dialogs/checkrow.h"
#include "ui/dialogs/confirmsheet.h"
#include "ui/dialogs/holddialog.h"
#include "ui/dialogs/operationsheet.h"
#include "ui/footer/operationrow.h"

#include <QCheckBox>
#include <QDateTimeEdit>
#include <QLineEdit>
#include <QRadioButton>
#include <QScrollArea>
#include <QScrollBar>

using namespace Slipway;

/// The sheets of a pipeline's moves and of its operations.
class Sheets final : public QObject
{
    Q_OBJECT
private:
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

    static Preflight blocked(const Scene &scene)
    {
        Preflight preflight = scene.preflight();
        preflight.checks[1] = {u"verdict"_s, CheckResult::Block, u"Not accepted yet"_s, {}, u"acme-web/dev2"_s};
        preflight.checks[2] = {u"hold"_s, CheckResult::Block, u"Ines holds staging"_s, u"until 18:00"_s};
        preflight.remedies = {{Remedy::Kind::Accept, u"Accept"_s, u"verdict"_s},
                              {Remedy::Kind::TakeOver, u"Take over…"_s, u"hold"_s},
                              {Remedy::Kind::Queue, u"Queue for staging"_s, u"hold"_s},
                              {Remedy::Kind::UpdateFromStaging, u"Update from staging"_s, u"contains-staging"_s}};
        return preflight;
    }

    static ChangeSet moved()
    {
        ChangeSet changes;
        changes.environments.insert(u"acme-web/staging"_s);
        return changes;
    }

private Q_SLOTS:
    void aSheetNamesWhatGoesByChangeAndItsAuthors()
    {
        Scene scene;
        scene.window->showPreflight(scene.fullPreflight());
        const QString text = words(shown<ConfirmSheet>(scene));
        for (const QString &said :
             {u"What goes: 2 changes, 4 commits"_s, u"Faster checkout totals"_s, u"Ada, Noor"_s, u"Gift cards"_s,
              u"What does not go"_s, u"What undo will look like"_s, u"TOTALS_CACHE"_s, u"missing there"_s,
              u"PAYMENTS_URL"_s, u"different"_s, u"OLD_FLAG"_s, u"only there"_s, u"Warning"_s})
            QVERIFY2(text.contains(said), qPrintable(said));
    }

    void severalTargetsAreListedInOrder()
    {
        Scene scene;
        Preflight preflight = scene.preflight();
        preflight.targets = {u"production-eu"_s, u"production-us"_s};
        scene.window->showPreflight(preflight);
        const QString text = words(shown<ConfirmSheet>(scene));
        QVERIFY(text.contains(u"1. production-eu"_s) && text.contains(u"2. production-us"_s));
    }

    void aBlockerLeadsToWhatIsInTheWay()
    {
        Scene scene;
        scene.window->showPreflight(blocked(scene));
        auto *link = button(shown<ConfirmSheet>(scene), u"Show dev2"_s);
        QVERIFY(link);
        QCOMPARE(link->accessibleName(), u"Show dev2: Not accepted yet"_s);
        link->click();
        QVERIFY(!scene.window->findChild<SheetHost *>()->isOpen());
        QCOMPARE(scene.window->findChild<BoardView *>()->selectedId(), u"acme-web/dev2"_s);
    }

    void aLinkThatLeadsNowhereIsNoButton()
    {
        Scene scene;
        Preflight preflight = blocked(scene);
        preflight.checks[1].link = u"javascript:alert(1)"_s;
        scene.window->showPreflight(preflight);
        for (const QPushButton *one : shown<ConfirmSheet>(scene)->findChildren<QPushButton *>())
            QVERIFY(!one->objectName().startsWith(u"link-"_s));
    }

    void remediesDecideOrRaise()
    {
        Scene scene;
        listen(*scene.window);
        auto *host = scene.window->findChild<SheetHost *>();
        scene.window->showPreflight(blocked(scene));
        button(host->current(), u"Accept"_s)->click();
        QCOMPARE(std::get<VerdictIntent>(m_decisions.takeFirst()),
                 (VerdictIntent{u"acme-web"_s, u"dev3"_s, VerdictState::Accepted, {}}));
        QVERIFY(host->isOpen()); // it looks again when the verdict is there
        button(host->current(), u"Queue for staging"_s)->click();
        QCOMPARE(std::get<QueueIntent>(m_decisions.takeFirst()), (QueueIntent{u"acme-web"_s, u"dev3"_s, 0, {}}));
        QVERIFY(!host->isOpen());
        scene.window->showPreflight(blocked(scene));
        button(host->current(), u"Update from staging"_s)->click();
        QCOMPARE(std::get<UpdateIntent>(m_raised.takeFirst()), (UpdateIntent{u"acme-web"_s, u"dev3"_s}));
        QVERIFY(!host->isOpen());
    }

    void takingOverAsksAReasonAndComesBackToTheSheet()
    {
        Scene scene;
        (void)scene.store->saveHold(u"acme-web"_s, {u"Ines"_s, u"Spot check"_s, hoursAgo(1), {}, false});
        listen(*scene.window);
        scene.window->showPreflight(blocked(scene));
        button(shown<ConfirmSheet>(scene), u"Take over…"_s)->click();
        auto *dialog = shown<HoldDialog>(scene);
        QVERIFY(dialog);
        QVERIFY(!dialog->actionButton()->isEnabled());
        QVERIFY(words(dialog).contains(u"Ines is told"_s));
        auto *reason = qobject_cast<QLineEdit *>(dialog->focusWidget());
        QVERIFY(reason);
        QTest::keyClicks(reason, u"Hotfix"_s);
        QTest::keyClick(reason, Qt::Key_Return);
        QTRY_COMPARE(m_decisions.size(), 1);
        QCOMPARE(std::get<HoldIntent>(m_decisions.first()), (HoldIntent{u"acme-web"_s, u"Hotfix"_s, {}, true}));
        QTRY_COMPARE(m_wanted.size(), 1);
        QCOMPARE(std::get<PromoteIntent>(m_wanted.first()).from, u"dev3"_s);
    }

    void aHoldEndsWhenItIsAskedTo()
    {
        HoldDialog dialog(u"acme-web"_s, {});
        QVERIFY(dialog.actionButton()->isEnabled()); // one's own needs no reason
        QVERIFY(!dialog.intent().until.isValid());
        const auto choose = [&dialog](const QString &text) {
            for (QRadioButton *radio : dialog.findChildren<QRadioButton *>()) {
                if (radio->text() == text)
                    radio->click();
            }
        };
        choose(u"In one hour"_s);
        const qint64 left = QDateTime::currentDateTimeUtc().secsTo(dialog.intent().until);
        QVERIFY(left > 3590 && left <= 3600);
        choose(u"The end of the day"_s);
        QCOMPARE(dialog.intent().until.toLocalTime().time(), QTime(0, 0));
        choose(u"A date and a time"_s);
        auto *moment = dialog.findChild<QDateTimeEdit *>();
        QVERIFY(moment->isEnabled());
        moment->setDateTime(QDateTime::currentDateTime().addSecs(-60));
        QVERIFY(!dialog.actionButton()->isEnabled());
    }

    void choicesChangeTheIntentAndAskAgain()
    {
        Scene scene;
        listen(*scene.window);
        Preflight reset = scene.preflight();
        reset.intent = ResetIntent{u"acme-web"_s, u"staging"_s, u"production"_s, false, DataChoice::None, {}, u"f1"_s};
        reset.from = u"production"_s;
        reset.offersShutDown = false;
        reset.offersConfig = true;
        reset.offersData = true;
        scene.window->showPreflight(reset);
        auto *sheet = shown<ConfirmSheet>(scene);
        for (QRadioButton *radio : sheet->findChildren<QRadioButton *>()) {
            if (radio->text().startsWith(u"Copy"_s))
                radio->click();
        }
        QCOMPARE(m_wanted.size(), 1);
        QVERIFY(std::get<ResetIntent>(m_wanted.first()).data == DataChoice::Copy);
        reset.intent = m_wanted.first();
        reset.fingerprint = u"f2"_s;
        scene.window->showPreflight(reset);
        QVERIFY(words(sheet).contains(u"cannot be undone"_s));
        QVERIFY(!words(sheet).contains(u"Something moved"_s)); // it was this person's own doing
        for (QCheckBox *box : sheet->findChildren<QCheckBox *>()) {
            if (box->text().startsWith(u"Config too"_s))
                box->click();
        }
        QCOMPARE(m_wanted.size(), 2);
        const auto whole = std::get<ResetIntent>(sheet->intent());
        QVERIFY(whole.config && whole.data == DataChoice::Copy);
    }

    void anOpenSheetLooksAgainAndKeepsWhatWasTyped()
    {
        Scene scene;
        scene.window->resize(1000, 620); // so that it scrolls
        listen(*scene.window);
        Preflight full = scene.fullPreflight();
        scene.window->showPreflight(full);
        auto *sheet = shown<ConfirmSheet>(scene);
        auto *reason = qobject_cast<QLineEdit *>(sheet->focusWidget());
        QVERIFY(reason);
        QTest::keyClicks(reason, u"Hotfix"_s);
        reason->setCursorPosition(3);
        QScrollBar *bar = sheet->findChild<QScrollArea *>()->verticalScrollBar();
        QTRY_VERIFY(bar->maximum() > 20);
        bar->setValue(bar->maximum() / 2);
        const int place = bar->value();
        scene.window->apply(moved());
        scene.window->apply(moved()); // several writes are one look
        QTRY_COMPARE(m_wanted.size(), 1);
        QCOMPARE(std::get<PromoteIntent>(m_wanted.first()).reason, u"Hotfix"_s);
        full.checks[0].detail = u"313 tests on 9f2c1ab"_s;
        full.fingerprint = u"f2"_s;
        std::get<PromoteIntent>(full.intent).fingerprint = u"f2"_s;
        scene.window->showPreflight(full);
        QCoreApplication::processEvents();
        QCOMPARE(shown<ConfirmSheet>(scene), sheet);
        QVERIFY(words(sheet).contains(u"313 tests"_s));
        QVERIFY(words(sheet).contains(u"Something moved since you looked"_s));
        QCOMPARE(sheet->focusWidget(), reason);
        QCOMPARE(reason->text(), u"Hotfix"_s);
        QCOMPARE(reason->cursorPosition(), 3);
        QCOMPARE(bar->value(), place);
        QCOMPARE(std::get<PromoteIntent>(sheet->intent()).fingerprint, u"f2"_s);
    }

    void aRefusedConfirmSaysThatSomethingMoved()
    {
        Scene scene;
        Preflight preflight = scene.preflight();
        scene.window->showPreflight(preflight);
        auto *sheet = shown<ConfirmSheet>(scene);
        sheet->accept();
        scene.window->showError(Error(Error::Kind::Conflict, u"Something moved since you looked."_s));
        preflight.fingerprint = u"f2"_s;
        scene.window->showPreflight(preflight);
        QCOMPARE(shown<ConfirmSheet>(scene), sheet);
        QVERIFY(words(sheet).contains(u"This is what it would do now"_s));
        sheet->accept(); // whoever confirms now has looked
        QVERIFY(!words(sheet).contains(u"This is what it would do now"_s));
    }

    void rollingBackIsAskedOnASheet()
    {
        Scene scene;
        listen(*scene.window);
        auto *actions = scene.window->findChild<CardActions *>();
        actions->rollBack(u"acme-web/production"_s, 187);
        QCOMPARE(m_wanted.size(), 1);
        const auto move = std::get<RollBackIntent>(m_wanted.first());
        QVERIFY(move.environment == u"production"_s && move.release == 187 && move.config);
        actions->rollBack(u"acme-web/dev5"_s, 0); // its first release
        QCOMPARE(m_wanted.size(), 1);
        QVERIFY(m_raised.isEmpty());
    }

    void aFooterRowOpensItsOperation()
    {
        Scene scene;
        auto *row = scene.window->findChild<OperationRow *>();
        QTest::keyClick(row, Qt::Key_Return);
        auto *sheet = shown<OperationSheet>(scene);
        QVERIFY(sheet);
        QCOMPARE(sheet->operation().id, u"op-1"_s);
        const QString text = words(sheet);
        QVERIFY(text.contains(u"Fetch 41d07e2"_s) && text.contains(u"Done"_s) && text.contains(u"Running"_s));
        QVERIFY(!button(sheet, u"Retry"_s) && !button(sheet, u"Undo"_s));
    }

    void aFailedOperationSaysWhatIsDoneAndOffersWaysOn()
    {
        Scene scene;
        listen(*scene.window);
        QStringList asked;
        for (const auto signal : {&MainWindow::retryWanted, &MainWindow::undoWanted, &MainWindow::dismissWanted})
            connect(scene.window.get(), signal, this, [&asked](const QString &id) { asked += id; });
        scene.window->findChild<MoveActions *>()->showOperation(u"op-1"_s);
        auto *sheet = shown<OperationSheet>(scene);
        Operation failed = makeOperation(u"op-1"_s, u"dev1"_s, OperationState::Failed);
        failed.reason = u"Hotfix"_s;
        failed.overridden = {u"Staging will hold 3 changes"_s};
        scene.window->apply(*scene.store->saveOperation(failed)); // the open sheet follows
        const QString text = words(sheet);
        for (const QString &said : {u"The build of 41d07e2 failed."_s, u"Hotfix"_s, u"Staging will hold 3 changes"_s,
                                    u"Not done"_s, u"Release phase"_s, u"npm ERR!"_s})
            QVERIFY2(text.contains(said), qPrintable(said));
        button(sheet, u"Retry"_s)->click();
        button(sheet, u"Undo"_s)->click();
        QVERIFY(shown<OperationSheet>(scene)); // to see what comes of it
        button(sheet, u"Dismiss"_s)->click();
        QCOMPARE(asked, (QStringList{u"op-1"_s, u"op-1"_s, u"op-1"_s}));
        QVERIFY(!scene.window->findChild<SheetHost *>()->isOpen());
    }

    void theUndoWindowIsCountedOnThePage()
    {
        Scene scene;
        Operation waiting = makeOperation(u"op-2"_s, u"dev3"_s, OperationState::Waiting);
        waiting.startsAt = QDateTime::currentDateTimeUtc().addSecs(5);
        scene.window->apply(*scene.store->saveOperation(waiting));
        scene.window->findChild<MoveActions *>()->showOperation(u"op-2"_s);
        auto *sheet = shown<OperationSheet>(scene);
        QVERIFY(words(sheet).contains(u"Starts in 5 s"_s));
        QCOMPARE(sheet->focusWidget(), button(sheet, u"Undo"_s));
        QTRY_VERIFY(words(sheet).contains(u"Starts in 3 s"_s));
    }

    void theWayBackOfAnOperationIsAskedOrDone()
    {
        Scene scene;
        listen(*scene.window);
        Operation done = makeOperation(u"op-3"_s, u"staging"_s, OperationState::Live);
        RollBackIntent back;
        back.pipeline = u"acme-web"_s;
        back.environment = u"staging"_s;
        back.release = 203;
        done.wayBack = toJson(back);
        done.wayBackText = u"Roll staging back to v203"_s;
        (void)scene.store->saveOperation(done);
        auto *moves = scene.window->findChild<MoveActions *>();
        moves->showOperation(u"op-3"_s);
        button(shown<OperationSheet>(scene), u"Roll staging back to v203…"_s)->click();
        QCOMPARE(std::get<RollBackIntent>(m_wanted.takeFirst()).release, 203);
        done.id = u"op-4"_s;
        done.wayBack = toJson(LifecycleIntent{u"acme-web"_s, u"dev4"_s, LifecycleAction::Resume});
        (void)scene.store->saveOperation(done);
        moves->showOperation(u"op-4"_s);
        button(shown<OperationSheet>(scene), u"Roll staging back to v203…"_s)->click();
        QVERIFY(std::get<LifecycleIntent>(m_raised.takeFirst()).action == LifecycleAction::Resume);
    }

    void eachTargetHasItsOwnResult()
    {
        Operation operation = makeOperation(u"op-5"_s, u"production-eu"_s, OperationState::Failed);
        operation.targets = {u"production"_s, u"production-eu"_s, u"production-us"_s};
        operation.steps.clear();
        for (const auto &[name, state] : {std::pair{u"Release it in production"_s, StepState::Done},
                                          {u"Release it in production-eu"_s, StepState::Failed},
                                          {u"Release it in production-us"_s, StepState::Pending}})
            operation.steps.append({name, state, {}, {}, {}, {}});
        const OperationSheet sheet(operation);
        QStringList rows;
        for (const CheckRow *row : sheet.findChildren<CheckRow *>())
            rows += row->accessibleName();
        QCOMPARE(rows.mid(0, 3),
                 (QStringList{u"Done: production"_s, u"Failed: production-eu"_s, u"Not done: production-us"_s}));
    }
};

QTEST_MAIN(Sheets)
#include "tst_sheets.moc"
