// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/looking.h"
#include "tests/ui/pictures.h"
#include "tests/ui/sourcescene.h"
#include "ui/actions/cardactions.h"
#include "ui/board/boardview.h"
#include "ui/dialogs/sheet.h"
#include "ui/dialogs/sheethost.h"
#include "ui/inspector/checkspage.h"
#include "ui/inspector/inspector.h"

#include <QComboBox>
#include <QListView>

using namespace Slipway;

/// Pictures, as tst_gallery's, of a pipeline whose changes come from elsewhere and whose commits are checked.
class SourceGallery final : public QObject
{
    Q_OBJECT
private:
    QPalette m_light;

    static void openLog(Scene &scene)
    {
        const auto *page = scene.window->findChild<Inspector *>()->checks();
        button(page, u"Output"_s)->click();
        scene.window->showJobLog(u"acme-web/dev2"_s, u"3"_s, jobLog());
    }

private Q_SLOTS:
    void initTestCase() { m_light = lightPalette(); }
    void cleanup() { plainLook(m_light); }

    void tray()
    {
        Scene scene;
        fillSource(scene);
        scene.addLogLines();
        keep(*scene.window, u"tray"_s);
        scene.window->findChild<BoardView *>()->pickUp(standingChanges().at(1));
        keep(*scene.window, u"tray-picked"_s);
        scene.window->findChild<BoardView *>()->putDown();
        QApplication::setPalette(darkPalette());
        keep(*scene.window, u"tray-dark"_s);
    }

    void checks()
    {
        Scene scene;
        fillSource(scene);
        const QString dev2 = u"acme-web/dev2"_s;
        scene.window->findChild<BoardView *>()->select(dev2);
        keep(*scene.window, u"checks-overview"_s);
        scene.window->findChild<Inspector *>()->showTab(Inspector::Checks);
        keep(*scene.window, u"checks-asking"_s);
        scene.window->showCiReport(dev2, sha(u"c03be55"_s), busyReport(sha(u"c03be55"_s)));
        keep(*scene.window, u"checks"_s);
        openLog(scene);
        keep(*scene.window, u"checks-log"_s);
        scene.window->showCiDone(dev2,
                                 fail(Error::Kind::Unauthorized, u"CircleCI: this token may not approve jobs."_s,
                                      u"Replace it under Accounts with one of somebody who may."_s));
        QApplication::setPalette(darkPalette());
        keep(*scene.window, u"checks-dark"_s);
        scene.window->findChild<BoardView *>()->select(u"acme-web/dev3"_s);
        scene.window->showCiReport(u"acme-web/dev3"_s, sha(u"9f2c1ab"_s),
                                   fail(Error::Kind::Network, u"CircleCI cannot be reached."_s,
                                        u"Slipway asks again when you look here next."_s));
        keep(*scene.window, u"checks-error-dark"_s);
    }

    void projects()
    {
        Scene scene;
        fillSource(scene);
        auto *actions = scene.window->findChild<CardActions *>();
        actions->addPipeline();
        keep(*scene.window, u"pipeline-accounts"_s);
        for (auto *box : scene.window->findChild<SheetHost *>()->current()->findChildren<QComboBox *>()) {
            if (box->count() > 1)
                box->setCurrentIndex(1);
        }
        keep(*scene.window, u"pipeline-accounts-chosen"_s);
        actions->setProjects(u"acme-web"_s);
        keep(*scene.window, u"projects"_s);
        QApplication::setPalette(darkPalette());
        keep(*scene.window, u"projects-dark"_s);
        scene.window->showPipelinesOf(u"team"_s, {{u"p1"_s, u"acme-shop"_s}, {u"p2"_s, u"acme-mail"_s}});
        keep(*scene.window, u"adopt-accounts-dark"_s);
        Scene bare;
        bare.window->findChild<CardActions *>()->setProjects(u"acme-web"_s);
        keep(*bare.window, u"projects-none-dark"_s);
    }

    void whereabouts()
    {
        Scene scene;
        fillSource(scene);
        Comparison merged;
        merged.base = sha(u"77ab310"_s);
        merged.head = sha(u"41d07e2"_s);
        merged.behind = 3;
        (void)scene.cache->remember(u"acme-web"_s, merged);
        scene.window->findChild<BoardView *>()->select(u"acme-web/staging"_s);
        keep(*scene.window, u"also-has"_s);
        QTest::keyClick(scene.window.get(), Qt::Key_K, Qt::ControlModifier);
        QTest::keyClicks(QApplication::focusWidget(), u"where #4"_s);
        keep(*scene.window, u"where"_s);
        QApplication::focusWidget()->setProperty("text", u"482"_s);
        keep(*scene.window, u"where-number"_s);
    }

    void comparison()
    {
        Scene scene;
        QList<Commit> commits;
        const auto add = [&](int count, const QString &change, int number, const QString &author) {
            for (int at = 0; at < count; ++at) {
                const QString id = QString::number(commits.size()).rightJustified(40, u'0');
                commits.append({id, u"Step of it"_s, author, hoursAgo(double(commits.size()) * 3 + 1), change, number,
                                QUrl(u"https://example.com/acme/web/pull/%1"_s.arg(number))});
            }
        };
        add(3, u"Totals are counted once, however many people look at them at the same time"_s, 482, u"Ada"_s);
        add(1, u"Gift cards can be paid in two parts"_s, 488, u"Lena"_s);
        add(2, u"Search as you type"_s, 490, u"Omar"_s);
        CommitPair asked;
        CommitRange range;
        connect(scene.window.get(), &MainWindow::comparisonWanted, this,
                [&](const QString &, const CommitPair &pair, const CommitRange &part) {
                    asked = pair;
                    range = part;
                });
        scene.window->findChild<CardActions *>()->compare(u"acme-web/staging"_s);
        keep(*scene.window, u"compare-asking"_s);
        scene.window->showComparison(asked, range, Comparison{asked.base, asked.head, 6, 0, commits, {}});
        auto *list = scene.window->findChild<SheetHost *>()->current()->findChild<QListView *>();
        list->setCurrentIndex(list->model()->index(0, 0));
        keep(*scene.window, u"compare"_s);
        QApplication::setPalette(darkPalette());
        keep(*scene.window, u"compare-dark"_s);
        QApplication::setPalette(m_light);
    }

    /// A dev environment that was forgotten: what it has is in production.
    void live()
    {
        Scene scene;
        QList<Environment> all = boardEnvironments();
        all[4].live = true;
        all[1].live = true;
        all[1].ahead = 0;
        scene.window->apply(*scene.cache->apply(scene.snapshot(all)));
        scene.window->findChild<BoardView *>()->select(u"acme-web/dev2"_s);
        keep(*scene.window, u"live"_s);
    }

    void inLargeText()
    {
        largeText();
        Scene scene;
        scene.window->resize(1900, 1200);
        fillSource(scene);
        keep(*scene.window, u"tray-large"_s);
        scene.window->findChild<BoardView *>()->select(u"acme-web/dev2"_s);
        scene.window->findChild<Inspector *>()->showTab(Inspector::Checks);
        scene.window->showCiReport(u"acme-web/dev2"_s, sha(u"c03be55"_s), busyReport(sha(u"c03be55"_s)));
        keep(*scene.window, u"checks-large"_s);
        openLog(scene);
        keep(*scene.window, u"checks-large-log"_s);
        scene.window->findChild<CardActions *>()->setProjects(u"acme-web"_s);
        keep(*scene.window, u"projects-large"_s);
        scene.window->findChild<CardActions *>()->compare(u"acme-web/staging"_s);
        keep(*scene.window, u"compare-large"_s);
    }
};

QTEST_MAIN(SourceGallery)
#include "tst_sourcegallery.moc"
