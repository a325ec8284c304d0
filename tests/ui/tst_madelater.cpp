// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/looking.h"
#include "ui/board/boardview.h"
#include "ui/board/cardlist.h"
#include "ui/board/column.h"
#include "ui/board/queuelist.h"
#include "ui/board/staginghead.h"
#include "ui/inspector/overviewpage.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"

using namespace Slipway;

/// What is made when it is first needed stands where it would have stood: for Tab, and for screen readers.
class MadeLater final : public QObject
{
    Q_OBJECT
private:
    /// Widgets that Tab reaches, in its order, from the window on.
    static QList<const QWidget *> tabOrder(const QWidget *window)
    {
        QList<const QWidget *> order;
        for (const QWidget *next = window->nextInFocusChain(); next != window; next = next->nextInFocusChain()) {
            if (next->focusPolicy() & Qt::TabFocus)
                order += next;
        }
        return order;
    }

    static bool inOrder(const QWidget *window, const QList<const QWidget *> &wanted)
    {
        const QList<const QWidget *> order = tabOrder(window);
        qsizetype before = -1;
        for (const QWidget *widget : wanted) {
            const qsizetype at = order.indexOf(widget);
            if (at <= before)
                return false;
            before = at;
        }
        return true;
    }

    static Label *labelOf(const QWidget *in, const QString &text)
    {
        for (Label *label : in->findChildren<Label *>()) {
            if (label->text() == text)
                return label;
        }
        return nullptr;
    }

private Q_SLOTS:
    void aHoldAndAQueueStandOverTheCardsOfStaging()
    {
        Scene scene;
        auto *board = scene.window->findChild<BoardView *>();
        const CardList *dev = &board->column(Stage::Development).list();
        const CardList *staging = &board->column(Stage::Staging).list();
        // The queue first, then the hold, which stands over it.
        scene.window->apply(*scene.store->enqueue(u"acme-web"_s, {u"dev3"_s, u"Mia Sato"_s, hoursAgo(1), {}}, 0));
        const auto *queue = scene.window->findChild<QueueList *>();
        QVERIFY(queue && queue->isVisible());
        QVERIFY(inOrder(scene.window.get(), {dev, queue, staging}));
        const Hold mia{u"Mia Sato"_s, u"Load test"_s, hoursAgo(2), {}, false};
        scene.window->apply(*scene.store->saveHold(u"acme-web"_s, mia));
        const QPushButton *release = button(scene.window.get(), u"Release…"_s);
        QVERIFY(release && release->isVisible());
        QVERIFY(inOrder(scene.window.get(), {dev, release, queue, staging}));
        const QWidget *head = queue->parentWidget();
        QVERIFY(head->children().indexOf(release->parentWidget()) < head->children().indexOf(queue));
        QTRY_VERIFY(release->mapTo(head, QPoint()).y() < queue->y());
    }

    void aBannerIsBeforeTheBoard()
    {
        Scene scene;
        scene.window->showNotice(u"It is done."_s);
        const auto banners = scene.window->findChildren<Banner *>();
        const auto shown = std::find_if(banners.cbegin(), banners.cend(), [](auto *one) { return one->isVisible(); });
        QVERIFY(shown != banners.cend());
        const auto *board = scene.window->findChild<BoardView *>();
        QVERIFY(inOrder(scene.window.get(),
                        {button(scene.window.get(), u"Clone staging"_s), button(*shown, u"Dismiss"_s),
                         &scene.window->findChild<BoardView *>()->column(Stage::Development).list()}));
        QTRY_VERIFY((*shown)->geometry().bottom() < board->mapTo((*shown)->parentWidget(), QPoint()).y());
    }

    void rowsOfTheOverviewStandInTheirOrder()
    {
        LogModel logs;
        OverviewPage page(logs);
        Card card;
        card.environment = boardEnvironments().at(3);
        card.environment.ci = {};
        page.setCard(card, {});
        QVERIFY(labelOf(&page, u"Address"_s));
        QVERIFY(!labelOf(&page, u"Problem"_s)); // there is none
        QVERIFY(!labelOf(&page, u"CI"_s));
        card.environment.state = EnvironmentState::Crashed;
        card.environment.stateText = u"The process web exits at once (status 1)"_s;
        OverviewPage::Around around;
        around.checked = true;
        page.setCard(card, around);
        page.show();
        const QStringList names{u"Problem"_s, u"Change"_s, u"Version"_s, u"CI"_s, u"Address"_s, u"Processes"_s};
        const QWidget *before = nullptr;
        QList<const QWidget *> links;
        for (const QString &name : names) {
            const Label *label = labelOf(&page, name);
            QVERIFY2(label && label->buddy(), qPrintable(name));
            const QObjectList siblings = label->parentWidget()->children();
            if (before) {
                QVERIFY2(siblings.indexOf(before) < siblings.indexOf(label), qPrintable(name));
                QTRY_VERIFY2(before->y() < label->y(), qPrintable(name));
            }
            before = label->buddy();
            if (before->focusPolicy() & Qt::TabFocus)
                links += before;
        }
        QCOMPARE(links.size(), 2); // CI and the address
        links += button(&page, u"Accept"_s);
        QVERIFY(inOrder(&page, links));
        // What is no more is not said any more, and comes back where it was.
        card.environment.state = EnvironmentState::Running;
        page.setCard(card, {});
        QVERIFY(labelOf(&page, u"Problem"_s)->isHidden());
    }
};

QTEST_MAIN(MadeLater)
#include "tst_madelater.moc"
