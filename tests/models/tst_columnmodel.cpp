// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene.h"

#include "models/board/cardwords.h"
#include "models/board/columnmodel.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QMimeData>
#include <QRandomGenerator>
#include <QSignalSpy>

#include <algorithm>

using namespace Slipway;

/// Everything the model told its views, by kind.
struct Watch
{
    explicit Watch(QAbstractItemModel &model)
        : inserted(&model, &QAbstractItemModel::rowsInserted)
        , removed(&model, &QAbstractItemModel::rowsRemoved)
        , moved(&model, &QAbstractItemModel::rowsMoved)
        , changed(&model, &QAbstractItemModel::dataChanged)
        , reset(&model, &QAbstractItemModel::modelReset)
    { }
    QString told() const
    {
        return u"+%1 -%2 ~%3 *%4 !%5"_s.arg(inserted.count())
            .arg(removed.count())
            .arg(moved.count())
            .arg(changed.count())
            .arg(reset.count());
    }
    QSignalSpy inserted, removed, moved, changed, reset;
};

static QStringList names(const QAbstractItemModel &model)
{
    QStringList names;
    for (int row = 0; row < model.rowCount(); ++row)
        names.append(model.index(row, 0).data().toString());
    return names;
}

class TestColumnModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void changeKinds_data()
    {
        QTest::addColumn<QList<int>>("ages"); // dev<i> with creation time; -1: gone
        QTest::addColumn<int>("crashed"); // -1: none
        QTest::addColumn<QStringList>("names");
        QTest::addColumn<QString>("told");
        const QList<int> same{10, 20, 30};
        QTest::newRow("nothing") << same << -1 << QStringList{u"dev0"_s, u"dev1"_s, u"dev2"_s} << u"+0 -0 ~0 *0 !0"_s;
        QTest::newRow("one changed") << same << 1 << QStringList{u"dev0"_s, u"dev1"_s, u"dev2"_s}
                                     << u"+0 -0 ~0 *1 !0"_s;
        QTest::newRow("added last") << QList<int>{10, 20, 30, 40} << -1
                                    << QStringList{u"dev0"_s, u"dev1"_s, u"dev2"_s, u"dev3"_s} << u"+1 -0 ~0 *0 !0"_s;
        QTest::newRow("added first") << QList<int>{10, 20, 30, 1} << -1
                                     << QStringList{u"dev3"_s, u"dev0"_s, u"dev1"_s, u"dev2"_s} << u"+1 -0 ~0 *0 !0"_s;
        QTest::newRow("removed") << QList<int>{10, -1, 30} << -1 << QStringList{u"dev0"_s, u"dev2"_s}
                                 << u"+0 -1 ~0 *0 !0"_s;
        QTest::newRow("two removed at once")
            << QList<int>{-1, -1, 30} << -1 << QStringList{u"dev2"_s} << u"+0 -1 ~0 *0 !0"_s;
        QTest::newRow("moved") << QList<int>{10, 20, 5} << -1 << QStringList{u"dev2"_s, u"dev0"_s, u"dev1"_s}
                               << u"+0 -0 ~1 *1 !0"_s;
        QTest::newRow("all gone") << QList<int>{-1, -1, -1} << -1 << QStringList{} << u"+0 -1 ~0 *0 !0"_s;
    }
    void changeKinds()
    {
        QFETCH(QList<int>, ages);
        QFETCH(int, crashed);
        QFETCH(QStringList, names);
        QFETCH(QString, told);
        for (const bool everything : {false, true}) {
            Desk desk;
            desk.put(scene({10, 20, 30}));
            ColumnModel model(*desk.reader, Stage::Development);
            QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
            model.setPipeline(u"shop"_s);
            Watch watch(model);
            QList<Environment> next = scene(ages);
            if (crashed >= 0)
                next[crashed].state = EnvironmentState::Crashed;
            ChangeSet changes = desk.put(next);
            if (everything) {
                changes = {};
                changes.everything = true;
            }
            model.apply(changes);
            QCOMPARE(::names(model), names);
            QCOMPARE(watch.told(), told);
            model.apply(changes); // told twice: nothing more to say
            QCOMPARE(watch.told(), told);
        }
    }

    void anEnvironmentChangesItsColumn()
    {
        Desk desk;
        QList<Environment> list = scene({10, 20});
        desk.put(list);
        ColumnModel development(*desk.reader, Stage::Development);
        ColumnModel staging(*desk.reader, Stage::Staging);
        development.setPipeline(u"shop"_s);
        staging.setPipeline(u"shop"_s);
        list[0].stage = Stage::Staging;
        const ChangeSet changes = desk.put(list);
        development.apply(changes);
        staging.apply(changes);
        QCOMPARE(::names(development), QStringList{u"dev1"_s});
        QCOMPARE(::names(staging), QStringList{u"dev0"_s});
    }

    void verdictAndOperationChangeTheCardAlone()
    {
        Desk desk;
        desk.put(scene({10, 20}));
        ColumnModel model(*desk.reader, Stage::Development);
        model.setPipeline(u"shop"_s);
        Watch watch(model);
        const QString version = desk.reader->card(u"shop/dev1"_s)->version();
        model.apply(
            desk.store->saveVerdict(u"shop/dev1"_s, {VerdictState::Accepted, u"lead"_s, {}, version, at(1)}).value());
        QCOMPARE(watch.told(), u"+0 -0 ~0 *1 !0"_s);
        QCOMPARE(watch.changed.constFirst().constFirst().toModelIndex().row(), 1);
        QVERIFY(card(model, 1).verdict.state == VerdictState::Accepted);
        model.apply(desk.store->saveOperation(makeOperation(u"a"_s, u"dev0"_s, OperationState::Running)).value());
        QCOMPARE(watch.told(), u"+0 -0 ~0 *2 !0"_s);
        QCOMPARE(card(model, 0).operation->id, u"a"_s);
        ChangeSet elsewhere;
        elsewhere.environments = {u"other/dev0"_s};
        elsewhere.pipelines = {u"other"_s};
        model.apply(elsewhere);
        QCOMPARE(watch.told(), u"+0 -0 ~0 *2 !0"_s);
    }

    void selectionSurvives()
    {
        Desk desk;
        desk.put(scene({10, 20, 30, 40}));
        ColumnModel model(*desk.reader, Stage::Development);
        model.setPipeline(u"shop"_s);
        QItemSelectionModel selection(&model);
        selection.setCurrentIndex(model.index(2), QItemSelectionModel::ClearAndSelect);
        const QPersistentModelIndex kept = model.index(2);
        QList<Environment> next = scene({-1, 99, 30, 1, 50}); // removed, moved, added around it, and itself changed
        for (Environment &environment : next) {
            if (environment.name == u"dev2")
                environment.state = EnvironmentState::Crashed;
        }
        model.apply(desk.put(next));
        QCOMPARE(kept.data().toString(), u"dev2"_s);
        QCOMPARE(selection.currentIndex().data().toString(), u"dev2"_s);
        QCOMPARE(selection.selectedIndexes().size(), 1);
        QVERIFY(card(model, kept.row()).environment.state == EnvironmentState::Crashed);
    }

    void shuffles()
    {
        Desk desk;
        ColumnModel model(*desk.reader, Stage::Development);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setPipeline(u"shop"_s);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        QRandomGenerator random(20261124);
        for (int round = 0; round < 60; ++round) {
            QList<int> ages;
            for (int i = 0; i < 12; ++i)
                ages.append(random.bounded(3) == 0 ? -1 : random.bounded(50));
            QList<Environment> next = scene(ages);
            for (Environment &environment : next)
                environment.state = EnvironmentState(random.bounded(3));
            QPersistentModelIndex kept =
                model.rowCount() > 0 ? model.index(random.bounded(model.rowCount())) : QModelIndex();
            const QString name = kept.data().toString();
            model.apply(desk.put(next));
            const QStringList wanted = desk.cache->environmentNames(u"shop"_s, Stage::Development);
            QCOMPARE(::names(model), wanted);
            QCOMPARE(kept.isValid(), wanted.contains(name));
            if (kept.isValid())
                QCOMPARE(kept.data().toString(), name);
            for (int row = 0; row < model.rowCount(); ++row)
                QVERIFY(card(model, row) == *desk.reader->card(u"shop/"_s + wanted.at(row)));
        }
        QCOMPARE(reset.count(), 0);
    }

    void anotherPipelineResets()
    {
        Desk desk;
        desk.put(scene({10}));
        ColumnModel model(*desk.reader, Stage::Development);
        Watch watch(model);
        model.setPipeline(u"shop"_s);
        model.setPipeline(u"shop"_s);
        QCOMPARE(watch.told(), u"+0 -0 ~0 *0 !1"_s);
        model.setPipeline(u"other"_s);
        QCOMPARE(model.rowCount(), 0);
    }

    void aDragCarriesTheId()
    {
        Desk desk;
        desk.put(scene({10}));
        ColumnModel model(*desk.reader, Stage::Development);
        model.setPipeline(u"shop"_s);
        QVERIFY(model.flags(model.index(0)) & Qt::ItemIsDragEnabled);
        QVERIFY(!(model.flags(model.index(0)) & Qt::ItemIsDropEnabled));
        const std::unique_ptr<QMimeData> data(model.mimeData({model.index(0)}));
        QCOMPARE(data->data(QString::fromLatin1(ColumnModel::kMimeType)), QByteArray("shop/dev0"));
        QCOMPARE(model.rowOf(u"shop/dev0"_s), 0);
        QCOMPARE(model.rowOf(u"shop/dev7"_s), -1);
    }

    void sentences()
    {
        Card card;
        card.environment = makeEnvironment(u"dev3"_s, Stage::Development);
        card.environment.release->change.title = u"Faster checkout totals"_s;
        card.environment.ahead = 3;
        card.verdict.state = VerdictState::Accepted;
        QCOMPARE(cardSentence(card), u"dev3, Faster checkout totals, running, accepted, 3 commits ahead of staging"_s);
        card.environment.live = true;
        QVERIFY(cardSentence(card).contains(u"accepted, live in production, 3 commits"_s));
        card.environment.live = false;
        card.verdict = {};
        card.environment.ahead = 0;
        card.environment.behind = 1;
        card.environment.state = EnvironmentState::Crashed;
        card.environment.stateText = u"web exits at once"_s;
        QCOMPARE(cardSentence(card),
                 u"dev3, Faster checkout totals, crashed: web exits at once, not verified, "
                 "1 commit behind staging"_s);
        card.environment.stage = Stage::Production;
        card.environment.release.reset();
        card.environment.state = EnvironmentState::Unknown;
        card.operation = makeOperation(u"a"_s, u"dev3"_s, OperationState::Running);
        QCOMPARE(cardSentence(card),
                 u"dev3, nothing deployed yet, state unknown, Deploy First to dev3: step 2 of 2, Release"_s);
    }

    void sentencesOfWhatWaitsAndEnds()
    {
        Card card;
        card.environment = makeEnvironment(u"dev3"_s, Stage::Development);
        card.verdict.state = VerdictState::Accepted;
        card.queuePlace = 2;
        card.lifetime = Lifetime{at(0).addSecs(5 * 3600 + 60), {}, {}};
        QCOMPARE(cardSentence(card, at(0)), u"dev3, First, running, accepted, 2nd in the queue, ends in 5 h"_s);
        QVERIFY(CardWords::endsSoon(card.lifetime, at(0)));
        card.verdict = {};
        card.earlier.state = VerdictState::Accepted;
        card.queuePlace = 0;
        card.environment.state = EnvironmentState::Suspended;
        card.lifetime->shutDownAt = at(30);
        QCOMPARE(cardSentence(card, at(0)), u"dev3, First, asleep, accepted, then changed, shut down in 30 min"_s);
        card.earlier.state = VerdictState::ChangesRequested;
        card.lifetime = Lifetime{at(0).addDays(3), {}, {}};
        QCOMPARE(cardSentence(card, at(0)), u"dev3, First, asleep, changed, look again, ends in 3 d"_s);
        QVERIFY(!CardWords::endsSoon(card.lifetime, at(0)));
    }

    void ordinals()
    {
        const QStringList wanted{u"1st"_s,  u"2nd"_s,  u"3rd"_s,  u"4th"_s,  u"11th"_s,
                                 u"12th"_s, u"13th"_s, u"21st"_s, u"22nd"_s, u"111th"_s};
        QStringList said;
        for (const int place : {1, 2, 3, 4, 11, 12, 13, 21, 22, 111})
            said += CardWords::ordinal(place);
        QCOMPARE(said, wanted);
    }

private:
    static Card card(const ColumnModel &model, int row)
    {
        return model.index(row).data(ColumnModel::CardRole).value<Card>();
    }
    /// dev0, dev1 … created at these minutes; a negative one is not there.
    static QList<Environment> scene(const QList<int> &ages)
    {
        QList<Environment> list;
        for (int i = 0; i < ages.size(); ++i) {
            if (ages.at(i) >= 0)
                list.append(makeEnvironment(u"dev%1"_s.arg(i), Stage::Development, ages.at(i)));
        }
        return list;
    }
};

QTEST_GUILESS_MAIN(TestColumnModel)
#include "tst_columnmodel.moc"
