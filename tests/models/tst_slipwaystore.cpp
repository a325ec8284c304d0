// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "otherprocess.h"
#include "scene.h"

#include "models/store/processidentity.h"

#include <QDir>
#include <QFile>

using namespace Slipway;

static ActivityEntry entry(const QString &text, const QString &environment = u"staging"_s)
{
    return {0, at(1), u"ada"_s, u"shop"_s, environment, u"promote"_s, text, u"9f2c"_s, {}, u"live"_s, u"op"_s};
}

static void overwrite(const QString &path, const QByteArray &content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(content);
}

class TestSlipwayStore : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void pipelinesAndAccounts()
    {
        Desk desk;
        SlipwayStore &store = *desk.store;
        const Pipeline pipeline{u"api"_s, u"local"_s, u"api"_s, u"/srv/api"_s, u"main"_s, true, true};
        QCOMPARE(store.savePipeline(pipeline).value().pipelines, QSet<QString>{u"api"_s});
        QVERIFY(store.savePipeline(pipeline).value().isEmpty());
        QVERIFY(store.pipeline(u"api"_s) == pipeline);
        QCOMPARE(store.pipelines().size(), 2);
        QCOMPARE(store.pipelines().constFirst().name, u"api"_s);
        QCOMPARE(store.savePipeline(Pipeline{}).error().kind(), Error::Kind::Invalid);

        QCOMPARE(store.accounts().constFirst().name, u"local"_s);
        QVERIFY(store.saveAccount({u"acme"_s, u"heroku"_s, {}}));
        QCOMPARE(store.accounts().size(), 2);
        QCOMPARE(store.accounts().constFirst().name, u"local"_s);
        QVERIFY(!store.removeAccount(u"local"_s));
        Pipeline cloud = pipeline;
        cloud.name = u"cloud"_s;
        cloud.deploysAccount = u"acme"_s;
        QVERIFY(store.savePipeline(cloud));
        const auto refused = store.removeAccount(u"acme"_s);
        QCOMPARE(refused.error().kind(), Error::Kind::Conflict);
        QVERIFY(refused.error().message().contains(u"cloud"_s));
        QVERIFY(store.removePipeline(u"cloud"_s));
        QVERIFY(store.removeAccount(u"acme"_s));
        QCOMPARE(store.removeAccount(u"acme"_s).error().kind(), Error::Kind::NotFound);
    }

    void verdictsGoWithTheirPipelineAlone()
    {
        Desk desk;
        const Verdict verdict{VerdictState::Accepted, u"lead"_s, u"good"_s, u"tree-1"_s, at(1)};
        QVERIFY(desk.store->saveVerdict(u"shop/dev1"_s, verdict));
        QVERIFY(desk.store->saveVerdict(u"shop-2/dev1"_s, verdict));
        QVERIFY(desk.store->verdict(u"shop/dev1"_s) == verdict);
        QVERIFY(desk.store->removePipeline(u"shop"_s));
        QVERIFY(!desk.store->verdict(u"shop/dev1"_s));
        QVERIFY(desk.store->verdict(u"shop-2/dev1"_s));
        QVERIFY(!desk.store->removeVerdicts(u"shop-2/dev1"_s).value().isEmpty());
        QVERIFY(desk.store->removeVerdicts(u"shop-2/dev1"_s).value().isEmpty());
    }

    void theJournalKeepsOperations()
    {
        Desk desk;
        SlipwayStore &store = *desk.store;
        Operation running = makeOperation(u"a"_s, u"dev1"_s, OperationState::Running, 1);
        QCOMPARE(store.saveOperation(running).value().environments, QSet<QString>{u"shop/dev1"_s});
        QVERIFY(store.operation(u"a"_s) == running);
        QVERIFY(store.activeOperation(u"shop/dev1"_s) == running);
        QVERIFY(!store.activeOperation(u"shop/dev2"_s));
        running.step = 0;
        running.state = OperationState::Failed;
        running.error = Error(Error::Kind::Failed, u"No."_s);
        QVERIFY(store.saveOperation(running));
        QVERIFY(!store.activeOperation(u"shop/dev1"_s));
        QVERIFY(store.shownOperation(u"shop/dev1"_s) == running);
        QVERIFY(store.activeOperations().isEmpty());
    }

    void aFailureStaysOnItsCardUntilDismissedOrFollowed()
    {
        Desk desk;
        SlipwayStore &store = *desk.store;
        QVERIFY(store.saveOperation(makeOperation(u"a"_s, u"dev1"_s, OperationState::Failed, 1)));
        QCOMPARE(store.dismissOperation(u"a"_s).value().operations, QSet<QString>{u"a"_s});
        QVERIFY(store.dismissOperation(u"a"_s).value().isEmpty());
        QVERIFY(!store.shownOperation(u"shop/dev1"_s));
        QVERIFY(store.operation(u"a"_s)->dismissed);

        QVERIFY(store.saveOperation(makeOperation(u"a"_s, u"dev1"_s, OperationState::Running, 1))); // retried
        QVERIFY(!store.operation(u"a"_s)->dismissed);
        QCOMPARE(store.dismissOperation(u"a"_s).error().kind(), Error::Kind::Conflict);
        QVERIFY(store.saveOperation(makeOperation(u"a"_s, u"dev1"_s, OperationState::Failed, 1)));
        QVERIFY(store.shownOperation(u"shop/dev1"_s));

        const auto followed = store.saveOperation(makeOperation(u"b"_s, u"dev1"_s, OperationState::Requested, 2));
        QCOMPARE(followed.value().operations, (QSet<QString>{u"a"_s, u"b"_s}));
        QVERIFY(store.saveOperation(makeOperation(u"b"_s, u"dev1"_s, OperationState::Live, 2)));
        QVERIFY(!store.shownOperation(u"shop/dev1"_s));
        QCOMPARE(store.dismissOperation(u"nobody"_s).error().kind(), Error::Kind::NotFound);
    }

    void operationsAreRanked()
    {
        Desk desk;
        SlipwayStore &store = *desk.store;
        QVERIFY(store.saveOperation(makeOperation(u"old"_s, u"e1"_s, OperationState::Running, 1)));
        QVERIFY(store.saveOperation(makeOperation(u"done"_s, u"e2"_s, OperationState::Live, 9)));
        QVERIFY(store.saveOperation(makeOperation(u"failed"_s, u"e3"_s, OperationState::Failed, 2)));
        QVERIFY(store.saveOperation(makeOperation(u"new"_s, u"e4"_s, OperationState::Waiting, 3)));
        QStringList ids;
        for (const Operation &one : store.operations())
            ids.append(one.id);
        QCOMPARE(ids, (QStringList{u"new"_s, u"old"_s, u"failed"_s, u"done"_s}));
        QCOMPARE(store.operations({}, 3).size(), 3);
        QCOMPARE(store.operations(u"other"_s).size(), 0);
        QCOMPARE(store.operations(u"shop"_s).size(), 4);
    }

    void oneOperationPerEnvironment()
    {
        Desk desk;
        const auto window = SlipwayStore::open(desk.home.path()); // a second connection of the same process
        QVERIFY(desk.store->saveOperation(makeOperation(u"a"_s, u"dev1"_s, OperationState::Running)));
        QVERIFY(desk.store->takeLeases(u"a"_s, {u"shop/dev1"_s, u"shop/staging"_s}));
        QVERIFY(desk.store->takeLeases(u"a"_s, {u"shop/dev1"_s})); // again: nothing to complain about
        const auto refused = (*window)->takeLeases(u"b"_s, {u"shop/dev2"_s, u"shop/dev1"_s});
        QCOMPARE(refused.error().kind(), Error::Kind::Conflict);
        QVERIFY(refused.error().message().contains(u"Deploy First to dev1"_s));
        QVERIFY((*window)->isHeld(u"a"_s));
        QVERIFY(!(*window)->isHeld(u"b"_s)); // all or nothing
        QVERIFY(desk.store->dropLeases(u"a"_s));
        QVERIFY((*window)->takeLeases(u"b"_s, {u"shop/dev1"_s}));
    }

    void aLeaseLivesAsLongAsItsOwner()
    {
        Desk desk;
        OtherProcess other({u"lease"_s, desk.home.path(), u"theirs"_s, u"shop/dev1"_s});
        QCOMPARE(other.answer(), u"done"_s);
        QVERIFY(desk.store->isHeld(u"theirs"_s));
        QCOMPARE(desk.store->takeLeases(u"ours"_s, {u"shop/dev1"_s}).error().kind(), Error::Kind::Conflict);
        QCOMPARE(desk.store->takeLeases(u"theirs"_s, {u"shop/dev1"_s}).error().kind(), Error::Kind::Conflict);
        other.kill();
        QVERIFY(!desk.store->isHeld(u"theirs"_s));
        QVERIFY(desk.store->takeLeases(u"ours"_s, {u"shop/dev1"_s}));
        OtherProcess late({u"lease"_s, desk.home.path(), u"late"_s, u"shop/dev1"_s});
        QVERIFY2(late.answer().contains(u"busy"_s), qPrintable(late.answer()));
    }

    void aReusedPidIsAnotherProcess()
    {
        const ProcessIdentity self = ProcessIdentity::current();
        QVERIFY(self.isAlive());
        QVERIFY(ProcessIdentity::parse(self.toString()) == self);
        ProcessIdentity reused = self;
        reused.startTime += 1;
        QVERIFY(!reused.isAlive());
        ProcessIdentity beforeBoot = self;
        beforeBoot.bootId = u"another"_s;
        QVERIFY(!beforeBoot.isAlive());
        QVERIFY(!ProcessIdentity::parse(u"nonsense"_s));
    }

    void activityIsScopedNewestFirst()
    {
        Desk desk;
        QVERIFY(desk.store->record(entry(u"one"_s)).value().activity);
        QVERIFY(desk.store->record(entry(u"two"_s, u"dev1"_s)));
        QCOMPARE(desk.store->activity().size(), 2);
        QCOMPARE(desk.store->activity().constFirst().text, u"two"_s);
        QCOMPARE(desk.store->activity(u"shop"_s, u"staging"_s).constFirst().text, u"one"_s);
        QCOMPARE(desk.store->activity(u"other"_s).size(), 0);
        ActivityEntry expected = entry(u"one"_s);
        expected.id = 1;
        QVERIFY(desk.store->activity().constLast() == expected);
        QVERIFY(desk.store->verifyActivity());
    }

    void anEditOfTheActivityShows_data()
    {
        QTest::addColumn<QString>("edit");
        QTest::addColumn<QString>("named");
        QTest::newRow("text") << u"UPDATE activity SET text = 'nothing' WHERE id = 3"_s << u"Line 3"_s;
        QTest::newRow("who") << u"UPDATE activity SET who = 'eve' WHERE id = 1"_s << u"Line 1"_s;
        QTest::newRow("removed") << u"DELETE FROM activity WHERE id = 2"_s << u"Line 2"_s;
        QTest::newRow("end removed") << u"DELETE FROM activity WHERE id >= 4"_s << u"after line 3"_s;
        QTest::newRow("hash") << u"UPDATE activity SET hash = 'aa' WHERE id = 5"_s << u"Line 5"_s;
    }
    void anEditOfTheActivityShows()
    {
        QFETCH(QString, edit);
        QFETCH(QString, named);
        Desk desk;
        for (int i = 0; i < 5; ++i)
            QVERIFY(desk.store->record(entry(u"line %1"_s.arg(i))));
        QVERIFY(desk.store->verifyActivity());
        QVERIFY(desk.store->database().execute(edit));
        const auto verified = desk.store->verifyActivity();
        QVERIFY(!verified);
        QVERIFY2(verified.error().message().contains(named), qPrintable(verified.error().message()));
    }

    void theSecretIsMadeOnce()
    {
        Desk desk;
        const QByteArray secret = desk.store->secret();
        QCOMPARE(secret.size(), 32);
        const auto again = SlipwayStore::open(desk.home.path());
        QCOMPARE((*again)->secret(), secret);
        Desk other;
        QVERIFY(other.store->secret() != secret);
    }

    void aNewerRecordIsRefusedUntouched()
    {
        QTemporaryDir home;
        const QString path = home.filePath(u"slipway.db"_s);
        {
            const auto store = SlipwayStore::open(home.path());
            QVERIFY((*store)->database().execute(u"PRAGMA user_version = 99"_s));
        }
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray before = file.readAll();
        const auto store = SlipwayStore::open(home.path());
        QVERIFY(!store);
        QCOMPARE(store.error().kind(), Error::Kind::Storage);
        QVERIFY(store.error().message().contains(path));
        QVERIFY(store.error().message().contains(u"newer"_s));
        file.seek(0);
        QCOMPARE(file.readAll(), before);
        QCOMPARE(QDir(home.path()).entryList(QDir::Files), QStringList{u"slipway.db"_s});
    }

    void aDamagedRecordIsReplacedByItsBackup()
    {
        QTemporaryDir home;
        const QString path = home.filePath(u"slipway.db"_s);
        {
            const auto store = SlipwayStore::open(home.path());
            QVERIFY((*store)->savePipeline(Pipeline{u"shop"_s, {}, {}, {}, {}, false, false}));
            QVERIFY((*store)->backUp());
        }
        overwrite(path, "garbage");
        overwrite(path + u".backup-99990101-000000"_s, "a backup that is no good either");
        {
            const auto store = SlipwayStore::open(home.path());
            QVERIFY2(store, qPrintable(store ? QString() : store.error().text()));
            QVERIFY2((*store)->notice().contains(u"backup of"_s), qPrintable((*store)->notice()));
            QVERIFY((*store)->pipeline(u"shop"_s));
        }
        QCOMPARE(QDir(home.path()).entryList({u"slipway.db.damaged-*"_s}).size(), 1);
        const auto again = SlipwayStore::open(home.path());
        QCOMPARE((*again)->notice(), QString());
    }

    void aDamagedRecordWithoutBackupStartsEmptyAndSaysSo()
    {
        QTemporaryDir home;
        overwrite(home.filePath(u"slipway.db"_s), "garbage");
        const auto store = SlipwayStore::open(home.path());
        QVERIFY2(store, qPrintable(store ? QString() : store.error().text()));
        QVERIFY2((*store)->notice().contains(u"empty"_s), qPrintable((*store)->notice()));
        QVERIFY((*store)->savePipeline(Pipeline{u"shop"_s, {}, {}, {}, {}, false, false}));
    }

    void onlyTheNewestBackupsAreKept()
    {
        Desk desk;
        const QString path = desk.store->database().file();
        for (int i = 0; i < 8; ++i)
            overwrite(path + u".backup-2020010%1-000000"_s.arg(i), "old");
        QVERIFY(desk.store->backUp());
        const QStringList left = QDir(desk.home.path()).entryList({u"slipway.db.backup-*"_s}, QDir::Files, QDir::Name);
        QCOMPARE(left.size(), 5);
        QVERIFY(!left.contains(u"slipway.db.backup-20200100-000000"_s));
    }

    void oneBackupADay()
    {
        Desk desk;
        const auto backups = [&desk] {
            return QDir(desk.home.path()).entryList({u"slipway.db.backup-*"_s}, QDir::Files, QDir::Name);
        };
        const QString path = desk.store->database().file();
        overwrite(path + u".backup-20200101-000000"_s, "old");
        QVERIFY(desk.store->backUpDaily());
        QCOMPARE(backups().size(), 2); // the old one is not of today
        QVERIFY(desk.store->backUpDaily());
        QCOMPARE(backups().size(), 2);
        QTemporaryDir home;
        const auto fresh = SlipwayStore::open(home.path());
        QVERIFY((*fresh)->backUpDaily());
        QCOMPARE(QDir(home.path()).entryList({u"slipway.db.backup-*"_s}), QStringList()); // nothing worth keeping yet
    }

    void aFailedTransactionLeavesNothing()
    {
        Desk desk;
        const auto done = desk.store->database().transaction([&]() -> Result<void> {
            if (const auto gone = desk.store->database().execute(u"DELETE FROM pipeline"_s); !gone)
                return tl::unexpected(gone.error());
            return fail(Error::Kind::Failed, u"No."_s);
        });
        QCOMPARE(done.error().message(), u"No."_s);
        QVERIFY(desk.store->pipeline(u"shop"_s));
        QVERIFY(desk.store->record(entry(u"the next transaction works"_s)));
    }

    void aPartThatFailsIsTakenBackAlone()
    {
        Desk desk;
        const Database &db = desk.store->database();
        const auto lines = desk.store->activity().size();
        const auto done = db.transaction([&]() -> Result<void> {
            if (const auto kept = desk.store->record(entry(u"kept"_s)); !kept)
                return tl::unexpected(kept.error());
            const auto part = db.transaction([&]() -> Result<void> {
                std::ignore = desk.store->record(entry(u"taken back"_s));
                return fail(Error::Kind::Failed, u"No."_s);
            });
            return part ? fail(Error::Kind::Failed, u"the part went well"_s) : Result<void>();
        });
        QVERIFY2(done, qPrintable(done ? QString() : done.error().text()));
        QCOMPARE(desk.store->activity().size(), lines + 1);
        QCOMPARE(desk.store->activity().constFirst().text, u"kept"_s);
        QVERIFY(desk.store->verifyActivity());
    }

    void manyProcessesOpenANewHomeAtOnce()
    {
        QTemporaryDir home;
        std::vector<std::unique_ptr<QProcess>> crowd;
        for (int i = 0; i < 6; ++i) {
            crowd.push_back(std::make_unique<QProcess>());
            crowd.back()->start(QCoreApplication::applicationFilePath(), {u"--role"_s, u"record"_s, home.path()});
        }
        for (const auto &one : crowd) {
            one->closeWriteChannel();
            QVERIFY(one->waitForFinished());
            QCOMPARE(one->readAllStandardOutput(), QByteArray("done\n"));
        }
        const auto store = SlipwayStore::open(home.path());
        QCOMPARE((*store)->notice(), QString());
        QCOMPARE((*store)->activity().size(), 6);
        QVERIFY((*store)->verifyActivity());
    }
};

SLIPWAY_TEST_MAIN(TestSlipwayStore)
#include "tst_slipwaystore.moc"
