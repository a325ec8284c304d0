// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/looking.h"
#include "tests/ui/scene.h"
#include "ui/actions/cardactions.h"
#include "ui/dialogs/comparedialog.h"

#include <QComboBox>
#include <QListView>
#include <QMenu>
#include <QSignalSpy>

using namespace Slipway;

/// Comparing any two environments in the window.
class Compare final : public QObject
{
    Q_OBJECT
private:
    struct Asked
    {
        CommitPair commits;
        CommitRange range;
    };

    static QList<Commit> commits(int from, int count)
    {
        QList<Commit> made;
        for (int at = from; at < from + count; ++at) {
            const QString id = QString::number(at).rightJustified(40, u'0');
            made.append({id, u"Step %1"_s.arg(at), u"Ada"_s, hoursAgo(at), u"Change %1"_s.arg(at / 2), 400 + at / 2,
                         QUrl(u"https://example.com/acme/web/pull/%1"_s.arg(400 + at / 2))});
        }
        return made;
    }

    static Comparison part(const Asked &asked, int ahead)
    {
        const int count = qBound(0, ahead - asked.range.skip, asked.range.most);
        return {asked.commits.base, asked.commits.head, ahead, 0, commits(asked.range.skip, count), {}};
    }

    static QString head(const QWidget *dialog) { return dialog->accessibleName(); }

    CompareDialog *open(Scene &scene, const QString &id)
    {
        m_asked.clear();
        connect(scene.window.get(), &MainWindow::comparisonWanted, this,
                [this](const QString &, const CommitPair &pair, const CommitRange &range) {
                    m_asked.append({pair, range});
                });
        QMenu menu;
        scene.window->findChild<CardActions *>()->fillMenu(menu, id);
        for (QAction *action : menu.actions()) {
            if (action->text() == u"Compare…"_s)
                action->trigger();
        }
        return shown<CompareDialog>(scene);
    }

    QList<Asked> m_asked;

private Q_SLOTS:
    void asksForPartsAsItIsScrolled()
    {
        Scene scene;
        auto *dialog = open(scene, u"acme-web/dev3"_s);
        QVERIFY(dialog);
        QCOMPARE(m_asked.size(), 1);
        const auto version = [&](const QString &name) {
            return scene.cache->environment(u"acme-web/"_s + name)->release->version;
        };
        QCOMPARE(m_asked.first().commits, (CommitPair{version(u"staging"_s), version(u"dev3"_s)}));
        scene.window->showComparison(m_asked.first().commits, m_asked.first().range, part(m_asked.first(), 250));
        QVERIFY2(head(dialog).contains(u"dev3 has 250 commits that staging has not"_s), qPrintable(head(dialog)));
        auto *list = dialog->findChild<QListView *>();
        QCOMPARE(list->model()->rowCount(), 50);
        for (int turn = 0; turn < 10 && list->model()->rowCount() < 125; ++turn) {
            const auto before = m_asked.size();
            list->scrollToBottom();
            QTRY_VERIFY(m_asked.size() > before);
            scene.window->showComparison(m_asked.last().commits, m_asked.last().range, part(m_asked.last(), 250));
        }
        QCOMPARE(list->model()->rowCount(), 125);
        QCOMPARE(m_asked.size(), 3);
        QCOMPARE(m_asked.last().range.skip, 200);
    }

    void opensPagesAndTurnsRound()
    {
        Scene scene;
        auto *dialog = open(scene, u"acme-web/staging"_s);
        QVERIFY(dialog);
        scene.window->showComparison(m_asked.first().commits, m_asked.first().range, part(m_asked.first(), 6));
        disconnect(dialog, &CompareDialog::linkWanted, nullptr, nullptr); // no browser here
        QSignalSpy followed(dialog, &CompareDialog::linkWanted);
        auto *list = dialog->findChild<QListView *>();
        list->setCurrentIndex(list->model()->index(1, 0));
        QVERIFY(QMetaObject::invokeMethod(list, "activated", Q_ARG(QModelIndex, list->currentIndex())));
        QCOMPARE(followed.size(), 1);
        QCOMPARE(followed.first().first().toUrl(), QUrl(u"https://example.com/acme/web/pull/401"_s));
        const CommitPair before = m_asked.last().commits;
        button(dialog, u"Swap"_s)->click();
        QCOMPARE(m_asked.size(), 2);
        QCOMPARE(m_asked.last().commits, (CommitPair{before.head, before.base}));
        scene.window->showComparison(before, m_asked.first().range, part(m_asked.first(), 6)); // of before: too late
        QCOMPARE(list->model()->rowCount(), 0);
        scene.window->showComparison(m_asked.last().commits, m_asked.last().range, part(m_asked.last(), 0));
        QVERIFY2(head(dialog).contains(u"production has nothing that staging has not"_s), qPrintable(head(dialog)));
    }

    void saysWhatWentWrong()
    {
        Scene scene;
        auto *dialog = open(scene, u"acme-web/dev3"_s);
        QVERIFY(dialog);
        const Error error(Error::Kind::Network, u"GitHub does not answer."_s, u"Try again later."_s);
        scene.window->showComparison(m_asked.first().commits, m_asked.first().range, tl::unexpected(error));
        QVERIFY(dialog->errorText().contains(u"GitHub does not answer."_s));
        // Another choice asks anew.
        auto *box = dialog->findChildren<QComboBox *>().at(1);
        box->setCurrentIndex(box->findText(u"production"_s));
        QCOMPARE(m_asked.size(), 2);
        QVERIFY(dialog->errorText().isEmpty());
    }
};

QTEST_MAIN(Compare)
#include "tst_compare.moc"
