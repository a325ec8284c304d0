// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/filecheck.h"
#include "scene.h"

#include <QDir>
#include <QFile>
#include <QThread>

using namespace Slipway;

class TestFileCheck : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aGoodFileIsWholeInAnyThread()
    {
        Desk desk;
        desk.put({makeEnvironment(u"dev1"_s, Stage::Development)});
        bool whole = false;
        std::unique_ptr<QThread> thread(
            QThread::create([&] { whole = FileCheck(desk.cache->database().file()).isWhole(); }));
        thread->start();
        QVERIFY(thread->wait());
        QVERIFY(whole);
        QCOMPARE(desk.cache->environments(u"shop"_s).size(), 1); // the connections there were go on
    }

    void aMissingFileIsNotMade()
    {
        const QTemporaryDir home;
        const FileCheck check(home.filePath(u"cache.db"_s));
        QVERIFY(!check.isWhole());
        QVERIFY(QDir(home.path()).isEmpty());
    }

    void damageIsFoundAndLeftAsItIs_data()
    {
        QTest::addColumn<QByteArray>("noise");
        QTest::addColumn<qint64>("place");
        QTest::newRow("not a database") << QByteArray("A letter to the editor.") << qint64(0);
        QTest::newRow("a table") << QByteArray(4000, '\xa5') << qint64(4096 * 2);
    }
    void damageIsFoundAndLeftAsItIs()
    {
        QFETCH(QByteArray, noise);
        QFETCH(qint64, place);
        const QTemporaryDir home;
        {
            const auto cache = CacheStore::open(home.path());
            QVERIFY((*cache)->apply(makeSnapshot({makeEnvironment(u"dev1"_s, Stage::Development)})));
        }
        QFile file(home.filePath(u"cache.db"_s));
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.seek(place));
        file.write(noise);
        file.close();
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray before = file.readAll();
        {
            const FileCheck check(file.fileName());
            QVERIFY(!check.isWhole());
        }
        file.seek(0);
        QCOMPARE(file.readAll(), before);
    }

    void aLargeFileIsLookedOverAfterAnUncleanEndOnly()
    {
        const QTemporaryDir home;
        const QString path = home.filePath(u"cache.db"_s);
        const auto write = [](const QString &name, qint64 size) {
            QFile file(name);
            return file.open(QIODevice::WriteOnly) && file.resize(size);
        };
        QVERIFY(write(path, 1024));
        QVERIFY(FileCheck::isDue(path));
        QVERIFY(write(path, 64 * 1024 * 1024));
        QVERIFY(!FileCheck::isDue(path));
        QVERIFY(write(path + u"-wal"_s, 1));
        QVERIFY(FileCheck::isDue(path));
    }
};

QTEST_GUILESS_MAIN(TestFileCheck)
#include "tst_filecheck.moc"
