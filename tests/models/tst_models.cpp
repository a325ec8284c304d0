// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene.h"

#include "models/activity/activitymodel.h"
#include "models/activity/operationmodel.h"
#include "models/board/accountmodel.h"
#include "models/board/changemodel.h"
#include "models/board/configmodel.h"
#include "models/board/pipelinemodel.h"
#include "models/board/releasemodel.h"
#include "models/logs/logmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

using namespace Slipway;

static ActivityEntry entry(const QString &text, const QString &environment)
{
    return {0, at(1), u"ada"_s, u"shop"_s, environment, u"promote"_s, text, {}, {}, u"live"_s, {}};
}

class TestModels : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void gauge()
    {
        Desk desk;
        StagingGauge empty;
        QVERIFY(desk.reader->gauge(u"shop"_s) == empty);
        Environment staging = makeEnvironment(u"staging"_s, Stage::Staging);
        Environment production = makeEnvironment(u"production"_s, Stage::Production);
        staging.config = {{u"A"_s, u"1"_s}, {u"B"_s, u"2"_s}};
        production.config = {{u"A"_s, u"9"_s}};
        desk.put({staging, production});
        StagingGauge gauge = desk.reader->gauge(u"shop"_s);
        QCOMPARE(gauge.changesAhead, 0);
        QCOMPARE(gauge.configKeysAhead, 1);
        QVERIFY(!gauge.dirtySince.isValid());

        const QString base = production.release->version;
        staging.release = makeRelease(20, u"bbb"_s, u"B"_s);
        desk.put({staging, production});
        gauge = desk.reader->gauge(u"shop"_s);
        QVERIFY(!gauge.changesAhead); // differs, but nobody has compared yet
        QCOMPARE(gauge.dirtySince, at(20));
        QVERIFY(desk.cache->remember(
            u"shop"_s,
            {base,
             u"bbb"_s,
             3,
             0,
             {{u"3"_s, u"s"_s, {}, {}, u"B"_s}, {u"2"_s, u"s"_s, {}, {}, u"B"_s}, {u"1"_s, u"s"_s, {}, {}, u"A"_s}},
             {}}));
        gauge = desk.reader->gauge(u"shop"_s);
        QCOMPARE(gauge.changesAhead, 2);
        QCOMPARE(gauge.commitsAhead, 3);
        QCOMPARE(gauge.changes, (QStringList{u"B"_s, u"A"_s}));

        staging.release = makeRelease(21, base, u"From the laptop"_s);
        staging.release->uncommitted = true;
        staging.release->artifact = u"upload"_s;
        desk.put({staging, production});
        QCOMPARE(desk.reader->gauge(u"shop"_s).changesAhead, 1);
        QCOMPARE(desk.reader->gauge(u"shop"_s).changes, QStringList{u"From the laptop"_s});
    }

    void cardsJoinTheTwoStores()
    {
        Desk desk;
        Environment dev = makeEnvironment(u"dev1"_s, Stage::Development);
        desk.put(
            {dev, makeEnvironment(u"staging"_s, Stage::Staging), makeEnvironment(u"dev3"_s, Stage::Development, 9)});
        const QString version = desk.reader->card(u"shop/dev1"_s)->version();
        QVERIFY(desk.store->saveVerdict(u"shop/dev1"_s, {VerdictState::Accepted, u"lead"_s, {}, version, at(1)}));
        QVERIFY(desk.reader->card(u"shop/dev1"_s)->verdict.state == VerdictState::Accepted);
        dev.release = makeRelease(2, u"other"_s, u"Other"_s);
        desk.put(
            {dev, makeEnvironment(u"staging"_s, Stage::Staging), makeEnvironment(u"dev3"_s, Stage::Development, 9)});
        const Card card = *desk.reader->card(u"shop/dev1"_s);
        QVERIFY(card.verdict.state == VerdictState::None);
        QVERIFY(card.verdictVoid());
        QCOMPARE(desk.reader->cards(u"shop"_s).size(), 3);
        QCOMPARE(desk.reader->environmentAt(u"shop"_s, Stage::Staging)->name, u"staging"_s);
        QVERIFY(!desk.reader->environmentAt(u"shop"_s, Stage::Production));
        QCOMPARE(desk.reader->nextFreeName(u"shop"_s), u"dev2"_s);
        QVERIFY(desk.store->saveOperation(makeOperation(u"c"_s, u"dev2"_s, OperationState::Running)));
        QCOMPARE(desk.reader->nextFreeName(u"shop"_s), u"dev4"_s);
    }

    void pipelines()
    {
        Desk desk;
        PipelineModel model(*desk.reader);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        QCOMPARE(model.rowCount(), 1);
        Environment dev = makeEnvironment(u"dev1"_s, Stage::Development);
        Environment asleep = makeEnvironment(u"dev2"_s, Stage::Development);
        asleep.state = EnvironmentState::Suspended;
        model.apply(desk.put({dev, asleep}));
        QCOMPARE(model.index(0).data(PipelineModel::CountRole).toInt(), 2);
        QCOMPARE(model.index(0).data(PipelineModel::StateRole).toInt(), int(EnvironmentState::Running));
        dev.state = EnvironmentState::Crashed;
        model.apply(desk.put({dev, asleep}));
        QCOMPARE(model.index(0).data(PipelineModel::StateRole).toInt(), int(EnvironmentState::Crashed));
        QCOMPARE(changed.count(), 2);
        dev.stateText = u"exits"_s; // shows on the card, not here
        model.apply(desk.put({dev, asleep}));
        QCOMPARE(changed.count(), 2);
        model.apply(desk.store->savePipeline(Pipeline{u"api"_s, {}, {}, {}, {}, false, false}).value());
        QCOMPARE(model.rowOf(u"shop"_s), 1);
        model.apply(desk.store->removePipeline(u"shop"_s).value());
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.rowOf(u"shop"_s), -1);
        QCOMPARE(reset.count(), 0);
    }

    void accounts()
    {
        Desk desk;
        AccountModel model(*desk.reader);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QVERIFY(model.index(0).data(AccountModel::StatusRole).value<AccountStatus>().state == AccountState::Stale);
        model.apply(
            desk.cache->setAccountStatus({{u"local"_s, u"local"_s, {}}, AccountState::Live, at(1), {}}).value());
        QVERIFY(model.index(0).data(AccountModel::StatusRole).value<AccountStatus>().state == AccountState::Live);
        model.apply(desk.store->saveAccount({u"acme"_s, u"heroku"_s, {}}).value());
        QCOMPARE(model.index(1).data().toString(), u"acme"_s);
        model.apply(desk.store->removeAccount(u"acme"_s).value());
        QCOMPARE(model.rowCount(), 1);
    }

    void changes()
    {
        Desk desk;
        Snapshot snapshot = makeSnapshot({});
        const Change one{u"One"_s, u"one"_s, {}, u"Ada"_s, {}, u"a"_s, at(1), 1, 0};
        const Change two{u"Two"_s, u"two"_s, 7, u"Bob"_s, {}, u"b"_s, at(2), 1, 0};
        snapshot.changes = QList<Change>{one};
        QVERIFY(desk.cache->apply(snapshot));
        ChangeModel model(*desk.reader);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setPipeline(u"shop"_s);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        const QPersistentModelIndex kept = model.index(0);
        snapshot.changes = QList<Change>{two, one};
        model.apply(desk.cache->apply(snapshot).value());
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(kept.row(), 1);
        QCOMPARE(model.index(0).data(ChangeModel::RefRole).toString(), u"#7"_s);
        QCOMPARE(reset.count(), 0);
    }

    void releases()
    {
        Desk desk;
        Environment dev = makeEnvironment(u"dev1"_s, Stage::Development);
        Snapshot snapshot = makeSnapshot({dev});
        snapshot.releases.insert(u"dev1"_s, {*dev.release});
        QVERIFY(desk.cache->apply(snapshot));
        ReleaseModel model(*desk.reader);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setEnvironment(u"shop/dev1"_s);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        QCOMPARE(model.rowCount(), 1);
        QVERIFY(model.index(0).data(ReleaseModel::CurrentRole).toBool());
        const Release second = makeRelease(2, u"b"_s, u"B"_s);
        snapshot.environments[0].release = second;
        snapshot.releases[u"dev1"_s].prepend(second);
        model.apply(desk.cache->apply(snapshot).value());
        QCOMPARE(model.rowCount(), 2);
        QVERIFY(model.index(0).data(ReleaseModel::CurrentRole).toBool());
        QVERIFY(!model.index(1).data(ReleaseModel::CurrentRole).toBool());
        QVERIFY(changed.count() > 0); // the old one is no longer current
        QCOMPARE(reset.count(), 0);
    }

    void config()
    {
        Desk desk;
        Environment dev = makeEnvironment(u"dev1"_s, Stage::Development);
        Environment staging = makeEnvironment(u"staging"_s, Stage::Staging);
        dev.config = {{u"A"_s, u"1"_s}, {u"B"_s, u"2"_s}, {u"C"_s, u"3"_s}};
        staging.config = {{u"A"_s, u"1"_s}, {u"B"_s, u"9"_s}, {u"D"_s, u"4"_s}};
        desk.put({dev, staging});
        ConfigModel model(*desk.reader);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setEnvironment(u"shop/dev1"_s);
        QCOMPARE(model.other(), u"staging"_s);
        const auto said = [&model](int row) { return model.index(row).data(Qt::AccessibleTextRole).toString(); };
        QCOMPARE(model.rowCount(), 4);
        QCOMPARE(said(0), u"A, value hidden, same as staging"_s);
        QCOMPARE(said(1), u"B, value hidden, differs from staging"_s);
        QCOMPARE(said(2), u"C, value hidden, missing on staging"_s);
        QCOMPARE(said(3), u"D, only on staging"_s);

        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        const QPersistentModelIndex kept = model.index(2);
        model.show(u"A"_s, u"secret"_s);
        model.show(u"C"_s, QString());
        QCOMPARE(said(0), u"A is secret, same as staging"_s);
        QVERIFY(!model.index(2).data(ConfigModel::ValueRole).toString().isNull()); // an empty value was shown too
        dev.config.remove(u"B"_s);
        dev.config.insert(u"A"_s, u"5"_s);
        desk.put({dev, staging});
        model.apply();
        QCOMPARE(said(0), u"A, value hidden, differs from staging"_s); // what was shown is not true any more
        QVERIFY(!model.index(2).data(ConfigModel::ValueRole).toString().isNull());
        QCOMPARE(kept.data().toString(), u"C"_s);
        QCOMPARE(reset.count(), 0);
        model.setEnvironment(u"shop/staging"_s);
        QCOMPARE(model.rowCount(), 3);
        QVERIFY(model.other().isEmpty());
        QCOMPARE(said(0), u"A, value hidden"_s);
    }

    void activity()
    {
        Desk desk;
        QVERIFY(desk.store->record(entry(u"one"_s, u"dev1"_s)));
        ActivityModel model(*desk.store);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.rowCount(), 1);
        const QPersistentModelIndex kept = model.index(0);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        model.apply(desk.store->record(entry(u"two"_s, u"staging"_s)).value());
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(kept.row(), 1);
        QCOMPARE(inserted.count(), 1);
        model.setScope(u"shop"_s, u"dev1"_s);
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.index(0).data().toString(), u"one"_s);
        model.apply(desk.store->record(entry(u"three"_s, u"staging"_s)).value());
        QCOMPARE(model.rowCount(), 1);
    }

    void operations()
    {
        Desk desk;
        QVERIFY(desk.store->saveOperation(makeOperation(u"live"_s, u"e1"_s, OperationState::Live, 1)));
        OperationModel model(*desk.store);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        Operation running = makeOperation(u"a"_s, u"e2"_s, OperationState::Running, 2);
        model.apply(desk.store->saveOperation(running).value());
        QCOMPARE(model.activeCount(), 1);
        QCOMPARE(ids(model), (QStringList{u"a"_s, u"live"_s}));
        running.step = 0;
        model.apply(desk.store->saveOperation(running).value());
        QCOMPARE(changed.count(), 1);
        model.apply(desk.store->saveOperation(makeOperation(u"b"_s, u"e3"_s, OperationState::Waiting, 3)).value());
        QCOMPARE(ids(model), (QStringList{u"b"_s, u"a"_s, u"live"_s}));
        model.apply(desk.store->saveOperation(makeOperation(u"b"_s, u"e3"_s, OperationState::Failed, 3)).value());
        QCOMPARE(ids(model), (QStringList{u"a"_s, u"b"_s, u"live"_s}));
        QCOMPARE(model.activeCount(), 1);
        model.apply(desk.store->saveOperation(makeOperation(u"c"_s, u"e4"_s, OperationState::Live, 4)).value());
        QCOMPARE(ids(model), (QStringList{u"a"_s, u"b"_s, u"c"_s, u"live"_s}));
        model.apply(desk.store->dismissOperation(u"b"_s).value());
        QCOMPARE(ids(model), (QStringList{u"a"_s, u"c"_s, u"b"_s, u"live"_s}));
        QCOMPARE(reset.count(), 0);
    }

    void everythingComparesAndIsQuiet()
    {
        Desk desk;
        Snapshot snapshot = makeSnapshot({makeEnvironment(u"dev1"_s, Stage::Development)});
        snapshot.changes = QList<Change>{makeRelease(1, u"a"_s, u"A"_s).change};
        snapshot.releases.insert(u"dev1"_s, {makeRelease(1, u"a"_s, u"A"_s)});
        QVERIFY(desk.cache->apply(snapshot));
        QVERIFY(desk.store->record(entry(u"one"_s, u"dev1"_s)));
        QVERIFY(desk.store->saveOperation(makeOperation(u"a"_s, u"dev1"_s, OperationState::Running, 2)));
        PipelineModel pipelines(*desk.reader);
        AccountModel accounts(*desk.reader);
        ChangeModel changes(*desk.reader);
        changes.setPipeline(u"shop"_s);
        ReleaseModel releases(*desk.reader);
        releases.setEnvironment(u"shop/dev1"_s);
        ActivityModel activity(*desk.store);
        OperationModel operations(*desk.store);
        const QList<QAbstractItemModel *> all{&pipelines, &accounts, &changes, &releases, &activity, &operations};
        int told = 0;
        for (QAbstractItemModel *model : all) {
            QVERIFY(model->rowCount() > 0);
            connect(model, &QAbstractItemModel::dataChanged, this, [&told] { ++told; });
            connect(model, &QAbstractItemModel::rowsInserted, this, [&told] { ++told; });
            connect(model, &QAbstractItemModel::rowsRemoved, this, [&told] { ++told; });
            connect(model, &QAbstractItemModel::modelReset, this, [&told] { ++told; });
        }
        ChangeSet everything;
        everything.everything = true;
        pipelines.apply(everything);
        accounts.apply(everything);
        changes.apply(everything);
        releases.apply(everything);
        activity.apply(everything);
        operations.apply(everything);
        QCOMPARE(told, 0);
    }

    void logs()
    {
        LogModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        const QDateTime noon(QDate(2026, 11, 24), QTime(10, 41, 7, 123), Qt::LocalTime);
        model.append({{noon.toUTC(), u"web.1"_s, false, u"GET /cart 200"_s}, {{}, {}, true, u"bare"_s}});
        QCOMPARE(model.index(0).data().toString(), u"10:41:07.123 web.1 GET /cart 200"_s);
        QCOMPARE(model.text({model.index(1), model.index(0)}), u"10:41:07.123 web.1 GET /cart 200\nbare"_s);
        model.clear();
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(reset.count(), 1);
    }

    void aFullLogDropsItsOldest()
    {
        LogModel model;
        const auto lines = [](int from, int count) {
            QList<LogLine> made;
            for (int i = from; i < from + count; ++i)
                made.append({{}, {}, false, QString::number(i)});
            return made;
        };
        model.append(lines(0, LogModel::kMaxLines));
        const QPersistentModelIndex late = model.index(LogModel::kMaxLines - 1);
        model.append(lines(LogModel::kMaxLines, 1));
        QVERIFY(model.rowCount() <= LogModel::kMaxLines);
        QCOMPARE(model.index(model.rowCount() - 1).data().toString(), QString::number(LogModel::kMaxLines));
        QCOMPARE(late.data().toString(), QString::number(LogModel::kMaxLines - 1));
        model.append(lines(0, LogModel::kMaxLines + 5));
        QCOMPARE(model.rowCount(), LogModel::kMaxLines);
        QCOMPARE(model.index(0).data().toString(), u"5"_s);
    }

private:
    static QStringList ids(const OperationModel &model)
    {
        QStringList ids;
        for (int row = 0; row < model.rowCount(); ++row)
            ids.append(model.index(row).data(OperationModel::OperationRole).value<Operation>().id);
        return ids;
    }
};

QTEST_GUILESS_MAIN(TestModels)
#include "tst_models.moc"
