// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/board/reportmodel.h"
#include "tests/ui/looking.h"
#include "tests/ui/sourcescene.h"
#include "ui/board/boardview.h"
#include "ui/inspector/checkspage.h"
#include "ui/inspector/inspector.h"
#include "ui/inspector/joblog.h"
#include "ui/inspector/logview.h"
#include "ui/inspector/overviewpage.h"
#include "ui/inspector/tabbar.h"
#include "ui/widgets/banner.h"

#include <QAbstractItemModelTester>
#include <QListView>
#include <QSignalSpy>

using namespace Slipway;

/// What CI says of a card's version, and what is asked of it.
class Checks final : public QObject
{
    Q_OBJECT
private:
    QList<CiRequest> m_asked;

    static constexpr auto kDev2 = "acme-web/dev2";

    /// The page of dev2, shown.
    ChecksPage *open(Scene &scene)
    {
        m_asked.clear();
        fillSource(scene);
        connect(scene.window.get(), &MainWindow::ciRequested, this,
                [this](const CiRequest &request) { m_asked.append(request); });
        scene.window->findChild<BoardView *>()->select(QLatin1String(kDev2));
        auto *inspector = scene.window->findChild<Inspector *>();
        inspector->showTab(Inspector::Checks);
        return inspector->checks();
    }

    static CiReport answer(Scene &scene, std::optional<CiReport> report = {})
    {
        const CiReport given = report.value_or(busyReport(sha(u"c03be55"_s)));
        scene.window->showCiReport(QLatin1String(kDev2), sha(u"c03be55"_s), given);
        return given;
    }

    static QListView *list(const ChecksPage *page)
    {
        for (QListView *one : page->findChildren<QListView *>()) {
            if (qobject_cast<ReportModel *>(one->model()))
                return one;
        }
        return nullptr;
    }

    static void choose(const ChecksPage *page, const QString &name)
    {
        QListView *rows = list(page);
        for (int row = 0; row < rows->model()->rowCount(); ++row) {
            if (rows->model()->index(row, 0).data().toString() == name)
                rows->setCurrentIndex(rows->model()->index(row, 0));
        }
    }

private Q_SLOTS:
    void thereIsATabOnlyWhereSomebodyChecks()
    {
        Scene scene;
        auto *tabs = scene.window->findChild<TabBar *>();
        QVERIFY(!tabs->isTabVisible(Inspector::Checks));
        auto *overview = scene.window->findChild<OverviewPage *>();
        QVERIFY(!words(overview).contains(u"href='checks'"_s));
        ChecksPage *page = open(scene);
        QVERIFY(tabs->isTabVisible(Inspector::Checks) && page->isVisible());
        Pipeline pipeline = *scene.store->pipeline(u"acme-web"_s);
        pipeline.source = pipeline.ci = {};
        scene.window->apply(*scene.store->savePipeline(pipeline));
        QVERIFY(!tabs->isTabVisible(Inspector::Checks));
        QCOMPARE(tabs->currentIndex(), int(Inspector::Overview));
        QVERIFY(!page->isVisible());
    }

    void itIsAskedWhenShownAndOnWhileSomethingRuns()
    {
        Scene scene;
        ChecksPage *page = open(scene);
        QCOMPARE(m_asked, QList<CiRequest>{AskReport{QLatin1String(kDev2)}});
        QVERIFY(list(page)->accessibleDescription().startsWith(u"Asking"_s));
        // Nothing more until it is answered, whatever else changes.
        ChangeSet all;
        all.everything = true;
        scene.window->apply(all);
        QCOMPARE(m_asked.size(), 1);
        answer(scene);
        QCOMPARE(list(page)->model()->rowCount(), 11);
        QCOMPARE(list(page)->currentIndex().data().toString(), u"test-unit"_s);
        auto *timer = page->findChild<QTimer *>();
        QVERIFY(!timer || timer->isActive());
        CiReport done = busyReport(sha(u"c03be55"_s));
        done.runs.removeLast();
        answer(scene, done);
        QCOMPARE(list(page)->model()->rowCount(), 7);
        scene.window->findChild<Inspector *>()->showTab(Inspector::Overview);
        scene.window->findChild<Inspector *>()->showTab(Inspector::Checks);
        QCOMPARE(m_asked.size(), 2);
    }

    void rowsAreSentences()
    {
        ReportModel model;
        const QAbstractItemModelTester tester(&model);
        model.setReport(busyReport(sha(u"c03be55"_s)));
        const auto said = [&model](int row) { return model.index(row).data(Qt::AccessibleTextRole).toString(); };
        QCOMPARE(said(0), u"build-and-test, failed"_s);
        QCOMPARE(said(2), u"lint, passed, took 12 seconds"_s);
        QCOMPARE(said(3), u"test-unit, failed, took 4 minutes, 2 failing tests"_s);
        QCOMPARE(said(5), u"invoice.pdf.keeps_the_logo_of_a_shop, failed in test-unit, known to fail now and then"_s);
        QCOMPARE(said(9), u"hold-for-release, waits for approval"_s);
        // A newer report moves no row that stays, and repaints the one that changed.
        const QPersistentModelIndex held(model.index(9));
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        CiReport next = busyReport(sha(u"c03be55"_s));
        next.runs[1].jobs[1].waits = false;
        next.runs[1].jobs[1].stateText = u"approved"_s;
        model.setReport(next);
        QCOMPARE(held.data(Qt::AccessibleTextRole).toString(), u"hold-for-release, approved"_s);
        QVERIFY(!changed.isEmpty());
    }

    void runsAreRunAgainCancelledAndApproved()
    {
        Scene scene;
        ChecksPage *page = open(scene);
        answer(scene);
        m_asked.clear();
        QVERIFY(!button(page, u"Approve"_s)->isEnabled());
        button(page, u"Run again"_s)->click();
        QCOMPARE(m_asked,
                 (QList<CiRequest>{CiAct{CiAct::Kind::Rerun, QLatin1String(kDev2), u"w1"_s, {}, u"build-and-test"_s}}));
        QVERIFY(!button(page, u"Run again"_s)->isEnabled()); // until it is answered
        scene.window->showCiDone(QLatin1String(kDev2), {});
        QCOMPARE(m_asked.value(1), CiRequest(AskReport{QLatin1String(kDev2)}));
        CiReport again = busyReport(sha(u"c03be55"_s));
        again.runs[0].jobs[2].id = u"33"_s; // another try is another job
        again.runs[0].jobs[2].state = CiState::Running;
        again.runs[0].jobs[3].id = u"34"_s;
        answer(scene, again);
        QCOMPARE(list(page)->selectionModel()->selectedIndexes().value(0).data().toString(), u"test-unit"_s);
        answer(scene);
        choose(page, u"hold-for-release"_s);
        button(page, u"Approve"_s)->click();
        QCOMPARE(m_asked.value(2),
                 CiRequest(CiAct{CiAct::Kind::Approve, QLatin1String(kDev2), u"w2"_s, u"6"_s, u"hold-for-release"_s}));
        scene.window->showCiDone(QLatin1String(kDev2),
                                 fail(Error::Kind::Unauthorized, u"This token may not approve."_s,
                                      u"Give CircleCI a token of somebody who may."_s));
        QVERIFY(words(page).contains(u"This token may not approve. Give CircleCI a token of somebody who may."_s));
        button(page, u"Cancel"_s)->click();
        QCOMPARE(m_asked.value(3),
                 CiRequest(CiAct{CiAct::Kind::Cancel, QLatin1String(kDev2), u"w2"_s, {}, u"release"_s}));
        // Whoever has looked away is told what went wrong nevertheless.
        scene.window->findChild<Inspector *>()->showTab(Inspector::Overview);
        scene.window->showCiDone(QLatin1String(kDev2), fail(Error::Kind::Network, u"CircleCI cannot be reached."_s));
        bool told = false;
        for (const Banner *banner : scene.window->findChildren<Banner *>())
            told = told || banner->text().contains(u"CircleCI cannot be reached."_s);
        QVERIFY(told);
    }

    void aJobOpensItsOutput()
    {
        Scene scene;
        ChecksPage *page = open(scene);
        answer(scene);
        m_asked.clear();
        button(page, u"Output"_s)->click();
        QCOMPARE(m_asked, (QList<CiRequest>{AskJobLog{QLatin1String(kDev2), u"3"_s}}));
        auto *log = page->findChild<JobLog *>();
        QVERIFY(log->isVisible());
        scene.window->showJobLog(QLatin1String(kDev2), u"another"_s, jobLog());
        auto *view = log->findChild<LogView *>();
        QCOMPARE(view->model()->rowCount(), 0);
        scene.window->showJobLog(QLatin1String(kDev2), u"3"_s, jobLog());
        QCOMPARE(view->model()->rowCount(), 9); // 6 lines and 3 steps
        LogPage more = jobLog();
        more.lines.append({{}, u"Run tests"_s, false, u"bye"_s});
        scene.window->showJobLog(QLatin1String(kDev2), u"3"_s, more);
        QCOMPARE(view->model()->rowCount(), 10);
        button(log, u"Close"_s)->click();
        QVERIFY(!log->isVisible());
        // One that did not run has printed nothing.
        choose(page, u"publish"_s);
        QVERIFY(!button(page, u"Output"_s)->isEnabled());
    }

    void anErrorIsSaidWithItsRemedyAndAskedAgain()
    {
        Scene scene;
        ChecksPage *page = open(scene);
        scene.window->showCiReport(
            QLatin1String(kDev2), sha(u"c03be55"_s),
            fail(Error::Kind::Unauthorized, u"CircleCI does not take the token."_s, u"Replace it under Accounts."_s));
        QCOMPARE(list(page)->accessibleDescription(),
                 u"CircleCI does not take the token. Replace it under Accounts."_s);
        button(page, u"Ask again"_s)->click();
        QCOMPARE(m_asked.size(), 2);
        answer(scene, CiReport{sha(u"c03be55"_s), {}, {}, {}});
        QCOMPARE(list(page)->accessibleDescription(), u"circle has not run for c03be55."_s);
        QVERIFY(!button(page, u"Ask again"_s));
    }

    void answersAboutAnotherVersionAreDropped()
    {
        Scene scene;
        ChecksPage *page = open(scene);
        scene.window->showCiReport(QLatin1String(kDev2), sha(u"1234567"_s), busyReport(sha(u"1234567"_s)));
        scene.window->showCiReport(u"acme-web/dev1"_s, sha(u"c03be55"_s), busyReport(sha(u"c03be55"_s)));
        QCOMPARE(list(page)->model()->rowCount(), 0);
        // Uncommitted work is not asked about.
        m_asked.clear();
        scene.window->findChild<BoardView *>()->select(u"acme-web/dev5"_s);
        QVERIFY(m_asked.isEmpty());
        QCOMPARE(list(page)->accessibleDescription(),
                 u"dev5 runs work that no commit holds, so nobody could check it."_s);
    }

    void whatTheCardWasToldIsAskedAbout()
    {
        Scene scene;
        ChecksPage *page = open(scene);
        answer(scene);
        m_asked.clear();
        ChangeSet all;
        all.everything = true;
        scene.window->apply(all); // nothing new
        QVERIFY(m_asked.isEmpty());
        Snapshot snapshot = scene.snapshot(scene.cache->environments(u"acme-web"_s));
        for (Environment &environment : snapshot.environments) {
            if (environment.name == u"dev2"_s)
                environment.ci = {CiState::Passed, {}, 298, 0};
        }
        scene.window->apply(*scene.cache->apply(snapshot));
        QCOMPARE(m_asked, QList<CiRequest>{AskReport{QLatin1String(kDev2)}});
        QCOMPARE(list(page)->model()->rowCount(), 11); // what is known stays until the answer
    }

    void linksLeadToTheWebOnly()
    {
        Scene scene;
        ChecksPage *page = open(scene);
        CiReport report = busyReport(sha(u"c03be55"_s));
        report.status.url = QUrl(u"file:///etc/passwd"_s);
        report.runs[0].jobs[2].url = QUrl(u"javascript:alert(1)"_s);
        answer(scene, report);
        QVERIFY(!button(page, u"Open ↗"_s));
        choose(page, u"build"_s);
        QList<QUrl> urls;
        connect(page, &ChecksPage::linkWanted, this, [&urls](const QUrl &url) { urls.append(url); });
        disconnect(page, &ChecksPage::linkWanted, scene.window->findChild<Inspector *>(), nullptr);
        button(page, u"Open ↗"_s)->click();
        QCOMPARE(urls, QList<QUrl>{QUrl(u"https://ci.example/jobs/1"_s)});
    }
};

QTEST_MAIN(Checks)
#include "tst_checks.moc"
