// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene.h"

#include <QDir>
#include <QFile>

using namespace Slipway;

class TestCacheStore : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsWhatItWasTold()
    {
        Desk desk;
        Environment dev = makeEnvironment(u"dev1"_s, Stage::Development, 5);
        dev.config.insert(u"KEY"_s, u"hash"_s);
        dev.ahead = 2;
        const Environment older = makeEnvironment(u"dev2"_s, Stage::Development, 1);
        Snapshot snapshot = makeSnapshot({dev, older, makeEnvironment(u"staging"_s, Stage::Staging)});
        snapshot.releases.insert(u"dev1"_s, {makeRelease(2, u"b"_s, u"B"_s), makeRelease(1, u"a"_s, u"A"_s)});
        snapshot.changes = QList<Change>{makeRelease(1, u"a"_s, u"A"_s).change};
        QVERIFY(desk.cache->apply(snapshot));
        QCOMPARE(desk.cache->environmentNames(u"shop"_s, Stage::Development), (QStringList{u"dev2"_s, u"dev1"_s}));
        QVERIFY(desk.cache->environment(u"shop/dev1"_s) == dev);
        QVERIFY(!desk.cache->environment(u"shop/dev9"_s));
        QCOMPARE(desk.cache->environments(u"shop"_s).size(), 3);
        QCOMPARE(desk.cache->releases(u"shop/dev1"_s).constFirst().number, 2);
        QVERIFY(desk.cache->changes(u"shop"_s) == *snapshot.changes);
        const auto second = CacheStore::open(desk.home.path()); // another connection reads the same
        QVERIFY(second);
        QVERIFY((*second)->environment(u"shop/dev1"_s) == dev);
    }

    void writesOnlyWhatDiffers_data()
    {
        QTest::addColumn<bool>("fresh"); // by a connection that has nothing in memory
        QTest::newRow("same connection") << false;
        QTest::newRow("fresh connection") << true;
    }
    void writesOnlyWhatDiffers()
    {
        QFETCH(bool, fresh);
        Desk desk;
        Snapshot snapshot = makeSnapshot(
            {makeEnvironment(u"dev1"_s, Stage::Development), makeEnvironment(u"dev2"_s, Stage::Development)});
        snapshot.releases.insert(u"dev1"_s, {makeRelease(1, u"a"_s, u"A"_s)});
        snapshot.changes = QList<Change>{};
        QVERIFY(desk.cache->apply(snapshot));
        const auto other = CacheStore::open(desk.home.path());
        CacheStore &writer = fresh ? **other : *desk.cache;
        CacheStore &reader = fresh ? *desk.cache : **other;
        const qint64 before = reader.dataVersion();

        snapshot.asOf = at(200);
        QVERIFY(writer.apply(snapshot).value().isEmpty());
        QCOMPARE(reader.dataVersion(), before);

        snapshot.environments[1].state = EnvironmentState::Crashed;
        ChangeSet expected;
        expected.environments = {u"shop/dev2"_s};
        QCOMPARE(writer.apply(snapshot).value(), expected);
        QVERIFY(reader.dataVersion() != before);

        snapshot.releases[u"dev1"_s].prepend(makeRelease(2, u"b"_s, u"B"_s));
        expected.environments = {u"shop/dev1"_s};
        QCOMPARE(writer.apply(snapshot).value(), expected);

        snapshot.environments.removeLast();
        expected.environments = {u"shop/dev2"_s};
        expected.pipelines = {u"shop"_s};
        QCOMPARE(writer.apply(snapshot).value(), expected);
        QCOMPARE(reader.releases(u"shop/dev2"_s).size(), 0);

        snapshot.changes = std::nullopt; // not asked: what is known stays
        QVERIFY(writer.apply(snapshot).value().isEmpty());
        snapshot.changes = QList<Change>{makeRelease(1, u"a"_s, u"A"_s).change};
        expected = {};
        expected.changes = {u"shop"_s};
        QCOMPARE(writer.apply(snapshot).value(), expected);
    }

    void twoConnectionsTakeTurns()
    {
        Desk desk;
        const auto other = CacheStore::open(desk.home.path());
        Environment dev = makeEnvironment(u"dev1"_s, Stage::Development);
        QVERIFY(desk.cache->apply(makeSnapshot({dev})));
        dev.state = EnvironmentState::Crashed;
        QVERIFY((*other)->apply(makeSnapshot({dev})));
        dev.state = EnvironmentState::Running; // the first one must not believe that it still is what it wrote
        QVERIFY(!desk.cache->apply(makeSnapshot({dev})).value().isEmpty());
        QVERIFY((*other)->environment(u"shop/dev1"_s)->state == EnvironmentState::Running);
    }

    void remembersComparisonsAndAccounts()
    {
        Desk desk;
        const Comparison comparison{u"a"_s, u"b"_s, 1, 0, {{u"b"_s, u"s"_s, u"Ada"_s, at(1), u"B"_s}}, {}};
        QVERIFY(desk.cache->remember(u"shop"_s, comparison));
        QVERIFY(desk.cache->comparison(u"shop"_s, u"a"_s, u"b"_s) == comparison);
        QVERIFY(!desk.cache->comparison(u"other"_s, u"a"_s, u"b"_s));
        const AccountStatus status{{u"local"_s, u"local"_s, {}}, AccountState::Offline, at(1), u"No answer."_s};
        QCOMPARE(desk.cache->setAccountStatus(status).value().accounts, QSet<QString>{u"local"_s});
        QVERIFY(desk.cache->setAccountStatus(status).value().isEmpty());
        QVERIFY(desk.cache->accountStatus(u"local"_s) == status);
    }

    void dropForgetsThePipeline()
    {
        Desk desk;
        const Snapshot snapshot = makeSnapshot({makeEnvironment(u"dev1"_s, Stage::Development)});
        QVERIFY(desk.cache->apply(snapshot));
        QCOMPARE(desk.cache->drop(u"shop"_s).value().environments, QSet<QString>{u"shop/dev1"_s});
        QCOMPARE(desk.cache->environments(u"shop"_s).size(), 0);
        QVERIFY(!desk.cache->apply(snapshot).value().isEmpty());
    }

    void stagingIsDirtyFromItsFirstDifferenceToItsLast()
    {
        Desk desk;
        Environment staging = makeEnvironment(u"staging"_s, Stage::Staging);
        Environment production = makeEnvironment(u"production"_s, Stage::Production);
        desk.put({staging, production});
        QVERIFY(!desk.cache->dirtySince(u"shop"_s).isValid());
        staging.release = makeRelease(20, u"b"_s, u"B"_s);
        QVERIFY(desk.put({staging, production}).pipelines.contains(u"shop"_s));
        QCOMPARE(desk.cache->dirtySince(u"shop"_s), at(20));
        staging.release = makeRelease(30, u"c"_s, u"C"_s);
        desk.put({staging, production});
        QCOMPARE(desk.cache->dirtySince(u"shop"_s), at(20));
        production.release = staging.release;
        desk.put({staging, production});
        QVERIFY(!desk.cache->dirtySince(u"shop"_s).isValid());
    }

    void aNewerCacheIsMadeAgain()
    {
        QTemporaryDir home;
        {
            const auto cache = CacheStore::open(home.path());
            QVERIFY((*cache)->apply(makeSnapshot({makeEnvironment(u"dev1"_s, Stage::Development)})));
            QVERIFY((*cache)->database().execute(u"PRAGMA user_version = 99"_s));
        }
        const auto cache = CacheStore::open(home.path());
        QVERIFY2(cache, qPrintable(cache ? QString() : cache.error().text()));
        QCOMPARE((*cache)->environments(u"shop"_s).size(), 0);
        QCOMPARE((*cache)->notice(), QString());
    }

    void aReadingIsOfOneMoment()
    {
        Desk desk;
        desk.put({makeEnvironment(u"dev1"_s, Stage::Development)});
        const auto other = CacheStore::open(desk.home.path(), FileState::Whole);
        {
            const Database::Reading reading(desk.cache->database());
            QCOMPARE(desk.cache->environments(u"shop"_s).size(), 1);
            QVERIFY((*other)->apply(makeSnapshot(
                {makeEnvironment(u"dev1"_s, Stage::Development), makeEnvironment(u"dev2"_s, Stage::Development)})));
            {
                const Database::Reading within(desk.cache->database());
                QCOMPARE(desk.cache->environments(u"shop"_s).size(), 1);
            }
            QCOMPARE(desk.cache->environments(u"shop"_s).size(), 1);
        }
        QCOMPARE(desk.cache->environments(u"shop"_s).size(), 2);
        desk.put({makeEnvironment(u"dev3"_s, Stage::Development)}); // it may write again
        QCOMPARE(desk.cache->environments(u"shop"_s).size(), 1);
    }

    void aDamagedCacheIsMovedAside_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<qint64>("place"); // where it is written over the good file; -1: instead of it
        QTest::newRow("not a database") << QByteArray("This is a letter to the editor. ").repeated(100) << qint64(-1);
        QTest::newRow("too short") << QByteArray("SQLite") << qint64(-1);
        QTest::newRow("zeroes in the header") << QByteArray(64, '\0') << qint64(0);
        QTest::newRow("noise in the schema") << QByteArray(3000, '\xa5') << qint64(200);
        QTest::newRow("noise in a table") << QByteArray(4000, '\xa5') << qint64(4096 * 2);
    }
    void aDamagedCacheIsMovedAside()
    {
        QFETCH(QByteArray, content);
        QFETCH(qint64, place);
        QTemporaryDir home;
        const QString path = home.filePath(u"cache.db"_s);
        {
            const auto cache = CacheStore::open(home.path());
            QVERIFY((*cache)->apply(makeSnapshot({makeEnvironment(u"dev1"_s, Stage::Development)})));
        }
        QFile file(path);
        QVERIFY(file.open(place < 0 ? QIODevice::WriteOnly | QIODevice::Truncate : QIODevice::ReadWrite));
        QVERIFY(file.seek(qMax<qint64>(place, 0)));
        file.write(content);
        file.close();
        const auto cache = CacheStore::open(home.path());
        QVERIFY2(cache, qPrintable(cache ? QString() : cache.error().text() + cache.error().detail()));
        QVERIFY2((*cache)->notice().contains(u"cache.db"_s), qPrintable((*cache)->notice()));
        QCOMPARE(QDir(home.path()).entryList({u"cache.db.damaged-*"_s}).size(), 1);
        QVERIFY((*cache)->apply(makeSnapshot({makeEnvironment(u"dev1"_s, Stage::Development)})));
    }

    void anImpossibleFolderIsNamed()
    {
        const auto cache = CacheStore::open(u"/nonexistent/slipway"_s);
        QVERIFY(!cache);
        QCOMPARE(cache.error().kind(), Error::Kind::Storage);
        QVERIFY(cache.error().message().contains(u"/nonexistent/slipway/cache.db"_s));
        QVERIFY(!cache.error().remedy().isEmpty());
    }

    void aFullDiskIsSaidAndNothingIsHalfWritten()
    {
        Desk desk;
        desk.put({makeEnvironment(u"dev1"_s, Stage::Development)});
        // SQLite's own limit answers as a full disk does.
        const auto pages = desk.cache->database().row(u"PRAGMA page_count"_s);
        QVERIFY(desk.cache->database().rows(u"PRAGMA max_page_count = %1"_s.arg((*pages)->at(0).toInt())));
        QList<Environment> many;
        for (int i = 0; i < 300; ++i)
            many.append(makeEnvironment(u"dev%1"_s.arg(i), Stage::Development, i));
        const auto done = desk.cache->apply(makeSnapshot(many));
        QVERIFY(!done);
        QCOMPARE(done.error().kind(), Error::Kind::NoSpace);
        QVERIFY(done.error().message().contains(u"cache.db"_s));
        QCOMPARE(desk.cache->environments(u"shop"_s).size(), 1);
        QVERIFY(desk.cache->database().rows(u"PRAGMA max_page_count = 1000000"_s));
        QCOMPARE(desk.cache->apply(makeSnapshot(many)).value().environments.size(), 300);
    }
};

QTEST_GUILESS_MAIN(TestCacheStore)
#include "tst_cachestore.moc"
