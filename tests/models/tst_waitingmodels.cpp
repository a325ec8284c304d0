// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene.h"

#include "models/board/openchangemodel.h"
#include "models/board/queuemodel.h"

#include <QAbstractItemModelTester>
#include <QMimeData>
#include <QPersistentModelIndex>
#include <QSignalSpy>

using namespace Slipway;

/// What waits: open changes for a dev environment, accepted ones for staging.
class TestWaitingModels : public QObject
{
    Q_OBJECT
private:
    static Change change(const QString &branch, int minute)
    {
        Change made;
        made.title = branch;
        made.branch = branch;
        made.updatedAt = at(minute);
        return made;
    }

    static Environment carrying(const QString &name, const QString &branch, int age = 0)
    {
        Environment environment = makeEnvironment(name, Stage::Development, age);
        environment.release->change.branch = branch;
        return environment;
    }

    static ChangeSet put(Desk &desk, const QList<Environment> &environments, const QStringList &branches)
    {
        Snapshot snapshot = makeSnapshot(environments);
        snapshot.changes = QList<Change>();
        for (int at = 0; at < branches.size(); ++at)
            snapshot.changes->append(change(branches.at(at), 50 - at));
        return desk.cache->apply(snapshot).value();
    }

    static QStringList shown(const OpenChangeModel &model)
    {
        QStringList rows;
        for (int row = 0; row < model.rowCount(); ++row) {
            const QString carrier = model.index(row).data(OpenChangeModel::CarrierRole).toString();
            const QString title = model.index(row).data().toString();
            rows += carrier.isEmpty() ? title : title + u'@' + carrier;
        }
        return rows;
    }

    static QList<QueuedChange> queue(const QStringList &names)
    {
        QList<QueuedChange> rows;
        for (const QString &name : names)
            rows.append({{name, u"ada"_s, at(0), {}}, name.toUpper(), u"its turn"_s, false});
        return rows;
    }

private Q_SLOTS:
    void changesWithoutADevEnvironmentComeFirst()
    {
        Desk desk;
        OpenChangeModel model(*desk.reader);
        const QAbstractItemModelTester tester(&model);
        put(desk, {carrying(u"dev1"_s, u"a"_s)}, {u"a"_s, u"b"_s, u"c"_s});
        model.setPipeline(u"shop"_s);
        QCOMPARE(shown(model), (QStringList{u"b"_s, u"c"_s, u"a@dev1"_s}));
        QCOMPARE(model.waiting(), 2);
        // A dev environment comes for one of them, the older of two carries it, and the row that was held stays held.
        const QPersistentModelIndex held(model.index(1));
        model.apply(put(desk,
                        {carrying(u"dev1"_s, u"a"_s), carrying(u"dev2"_s, u"b"_s, 1), carrying(u"dev3"_s, u"b"_s, 2)},
                        {u"a"_s, u"b"_s, u"c"_s}));
        QCOMPARE(shown(model), (QStringList{u"c"_s, u"a@dev1"_s, u"b@dev2"_s}));
        QCOMPARE(held.data().toString(), u"c"_s);
        // One goes on to carry something else, another is shut down.
        model.apply(put(desk, {carrying(u"dev1"_s, u"c"_s), carrying(u"dev3"_s, u"b"_s, 2)}, {u"a"_s, u"b"_s, u"c"_s}));
        QCOMPARE(shown(model), (QStringList{u"a"_s, u"b@dev3"_s, u"c@dev1"_s}));
        model.apply(put(desk, {carrying(u"dev1"_s, u"c"_s), carrying(u"dev3"_s, u"b"_s, 2)}, {}));
        QCOMPARE(model.rowCount(), 0);
    }

    void anotherPipelinesChangesCostNothing()
    {
        Desk desk;
        OpenChangeModel model(*desk.reader);
        put(desk, {carrying(u"dev1"_s, u"a"_s)}, {u"a"_s});
        model.setPipeline(u"shop"_s);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        ChangeSet other;
        other.environments.insert(u"another/dev1"_s);
        other.changes.insert(u"another"_s);
        model.apply(other);
        QVERIFY(changed.isEmpty());
    }

    void uncommittedWorkCarriesNoChange()
    {
        Desk desk;
        OpenChangeModel model(*desk.reader);
        Environment laptop = carrying(u"dev1"_s, u"a"_s);
        laptop.release->uncommitted = true;
        put(desk, {laptop}, {u"a"_s});
        model.setPipeline(u"shop"_s);
        QCOMPARE(shown(model), QStringList{u"a"_s});
    }

    void theQueueKeepsItsRows()
    {
        QueueModel model;
        const QAbstractItemModelTester tester(&model);
        model.setQueue(queue({u"dev1"_s, u"dev2"_s, u"dev3"_s}));
        const QPersistentModelIndex third(model.index(2));
        QCOMPARE(third.data().toString(), u"3. DEV3"_s);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.setQueue(queue({u"dev1"_s, u"dev2"_s, u"dev3"_s}));
        QVERIFY(changed.isEmpty());
        model.setQueue(queue({u"dev2"_s, u"dev3"_s}));
        QCOMPARE(third.data().toString(), u"2. DEV3"_s); // its words have changed with its place
        QVERIFY(!changed.isEmpty());
        QCOMPARE(third.data(Qt::AccessibleTextRole).toString(), u"2. DEV3, on dev3, waits for: its turn"_s);
        QCOMPARE(model.placeOf(u"dev1"_s), 0);
    }

    void aDropNamesThePlace_data()
    {
        QTest::addColumn<int>("row"); // dragged
        QTest::addColumn<int>("gap"); // dropped before that row; -1: below all of them
        QTest::addColumn<int>("place"); // 0: nothing is asked for
        QTest::newRow("first to the end") << 0 << -1 << 3;
        QTest::newRow("first behind the second") << 0 << 2 << 2;
        QTest::newRow("first where it is") << 0 << 1 << 0;
        QTest::newRow("first before itself") << 0 << 0 << 0;
        QTest::newRow("last to the front") << 2 << 0 << 1;
        QTest::newRow("last before the second") << 2 << 1 << 2;
        QTest::newRow("last where it is") << 2 << 3 << 0;
    }
    void aDropNamesThePlace()
    {
        QFETCH(int, row);
        QFETCH(int, gap);
        QFETCH(int, place);
        QueueModel model;
        model.setQueue(queue({u"dev1"_s, u"dev2"_s, u"dev3"_s}));
        QSignalSpy asked(&model, &QueueModel::placeWanted);
        const std::unique_ptr<QMimeData> data(model.mimeData({model.index(row)}));
        QCOMPARE(model.dropMimeData(data.get(), Qt::CopyAction, gap, 0, {}), place > 0);
        QVERIFY(asked.isEmpty()); // not inside the drop event
        QCoreApplication::processEvents();
        QCOMPARE(asked.size(), place > 0 ? 1 : 0);
        if (place > 0)
            QCOMPARE(asked.first().at(1).toInt(), place);
        QCOMPARE(model.index(row).data(QueueModel::NameRole).toString(), u"dev%1"_s.arg(row + 1)); // nothing moved
    }
};

QTEST_GUILESS_MAIN(TestWaitingModels)
#include "tst_waitingmodels.moc"
