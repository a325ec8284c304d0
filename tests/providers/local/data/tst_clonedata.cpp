// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/local/data/clonedata.h"

#include "../../git/testrepository.h"
#include "providers/machine/filetree.h"
#include "providers/local/data/sqlitecopy.h"

#include <QTemporaryDir>

#include <atomic>
#include <thread>

#include <sqlite3.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace Slipway;

namespace {

struct Db
{
    sqlite3 *db = nullptr;
    explicit Db(const QString &path)
    {
        sqlite3_open(QFile::encodeName(path).constData(), &db);
        sqlite3_busy_timeout(db, 10000);
    }
    ~Db() { sqlite3_close(db); }
    Db(const Db &) = delete;
    Db &operator=(const Db &) = delete;
    int run(const char *sql) { return sqlite3_exec(db, sql, nullptr, nullptr, nullptr); }
    QByteArray ask(const char *sql)
    {
        QByteArray answer;
        sqlite3_exec(
            db, sql,
            [](void *to, int, char **values, char **) {
                *static_cast<QByteArray *>(to) = values[0];
                return 0;
            },
            &answer, nullptr);
        return answer;
    }
};

} // namespace

class TestCloneData : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_scratch;
    Cancel m_cancel;
    QStringList m_said;

    QString at(const QString &name) const { return m_scratch->filePath(name); }
    DataPlan plan() const
    {
        DataPlan made;
        made.from = at(u"staging"_s);
        made.to = at(u"dev1"_s);
        made.release = at(u"release"_s);
        return made;
    }
    Result<void> clone(const DataPlan &wanted)
    {
        return cloneData(wanted, m_cancel, [this](const QString &text) { m_said << text; });
    }

private Q_SLOTS:
    void init()
    {
        m_scratch = std::make_unique<QTemporaryDir>();
        m_said.clear();
        QDir().mkpath(at(u"staging"_s));
        QDir().mkpath(at(u"release"_s));
    }
    void cleanup() { QVERIFY(deleteTree(m_scratch->path())); }

    void copiesDatabasesInUse()
    {
        Db writer(at(u"staging/shop.db"_s));
        QCOMPARE(
            writer.run(
                "PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0; CREATE TABLE orders (id INTEGER PRIMARY KEY, "
                "half INTEGER, text TEXT)"),
            SQLITE_OK);
        QCOMPARE(writer.run("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<500) INSERT INTO "
                            "orders(half, text) SELECT 0, 'before' FROM n"),
                 SQLITE_OK);
        // Always two rows a transaction: an odd number would be half of one.
        std::atomic<bool> stop{false};
        std::atomic<int> written{0};
        std::thread load([&] {
            Db other(at(u"staging/shop.db"_s));
            while (!stop) {
                if (other.run("BEGIN IMMEDIATE; INSERT INTO orders(half, text) VALUES (1, 'a'); INSERT INTO "
                              "orders(half, text) "
                              "VALUES (2, 'b'); COMMIT")
                    == SQLITE_OK)
                    ++written;
                else
                    other.run("ROLLBACK");
            }
        });
        const bool started = QTest::qWaitFor([&] { return written > 20; }, 20000);
        const int before = written;
        const auto done = clone(plan());
        stop = true;
        load.join();
        QVERIFY(started);
        QVERIFY2(done, qPrintable(done ? QString() : done.error().text()));
        QCOMPARE(QDir(at(u"dev1"_s)).entryList(QDir::Files), QStringList{u"shop.db"_s}); // no -wal, no -shm
        Db copy(at(u"dev1/shop.db"_s));
        QCOMPARE(copy.ask("PRAGMA integrity_check"), "ok");
        QCOMPARE(copy.ask("SELECT count(*) FROM orders WHERE half = 0"), "500");
        QVERIFY(copy.ask("SELECT count(*) FROM orders WHERE half = 1").toInt() >= before);
        QCOMPARE(copy.ask("SELECT sum(half = 1) - sum(half = 2) FROM orders"), "0");
        // What is written to the copy stays there.
        QCOMPARE(copy.run("DELETE FROM orders"), SQLITE_OK);
        QVERIFY(Db(at(u"staging/shop.db"_s)).ask("SELECT count(*) FROM orders").toInt() >= 500);
    }

    void copiesFilesAsTheyAre()
    {
        writeFile(at(u"staging/uploads/a b.txt"_s), "text");
        writeFile(at(u"staging/tool"_s), "#!/bin/sh\n", true);
        writeFile(at(u"staging/server.pid"_s), "1");
        writeFile(at(u"staging/cache/big"_s), "x");
        QVERIFY(QFile::link(u"uploads"_s, at(u"staging/link"_s)));
        QCOMPARE(::mkfifo(QFile::encodeName(at(u"staging/pipe"_s)).constData(), 0600), 0);
        QFile sparse(at(u"staging/sparse"_s));
        QVERIFY(sparse.open(QIODevice::WriteOnly) && sparse.resize(64 * 1024 * 1024) && sparse.seek(32 * 1024 * 1024));
        sparse.write("middle");
        sparse.close();
        DataPlan wanted = plan();
        DataRecipe cache;
        cache.path = u"cache"_s;
        cache.copy = false;
        wanted.recipes << cache;
        const auto done = clone(wanted);
        QVERIFY2(done, qPrintable(done ? QString() : done.error().text()));
        QCOMPARE(QDir(at(u"dev1"_s)).entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot, QDir::Name),
                 (QStringList{u"link"_s, u"sparse"_s, u"tool"_s, u"uploads"_s}));
        QCOMPARE(readFile(at(u"dev1/uploads/a b.txt"_s)), "text");
        QVERIFY(QFileInfo(at(u"dev1/tool"_s)).isExecutable());
        QCOMPARE(QFileInfo(at(u"dev1/link"_s)).symLinkTarget(), at(u"dev1/uploads"_s));
        QCOMPARE(readFile(at(u"dev1/sparse"_s)), readFile(at(u"staging/sparse"_s)));
        struct stat status = {};
        QCOMPARE(::stat(QFile::encodeName(at(u"dev1/sparse"_s)).constData(), &status), 0);
        QVERIFY(status.st_blocks * 512 < 4 * 1024 * 1024);
        QVERIFY(dataSize(at(u"staging"_s), m_cancel)->bytes < 4 * 1024 * 1024);
        QVERIFY(m_said.first().contains(u"in 5 files"_s));
        // Never over what is there.
        QCOMPARE(clone(wanted).error().kind(), Error::Kind::Conflict);
        QVERIFY(QFileInfo::exists(at(u"dev1/tool"_s)));
    }

    void plantsSeedsOrNothing()
    {
        writeFile(at(u"staging/secret"_s), "production data");
        Db(at(u"release/seed/shop.db"_s)).run("");
        writeFile(at(u"release/seed/uploads/logo"_s), "logo");
        DataPlan wanted = plan();
        wanted.choice = DataChoice::None;
        QVERIFY(clone(wanted));
        QVERIFY(QDir(at(u"dev1"_s)).isEmpty());

        wanted.choice = DataChoice::Seed;
        const auto undeclared = clone(wanted);
        QCOMPARE(undeclared.error().kind(), Error::Kind::Invalid);
        DataRecipe uploads;
        uploads.path = u"uploads"_s;
        uploads.seed = u"seed/uploads"_s;
        DataRecipe command;
        command.kind = DataRecipe::Kind::Command;
        command.seed = u"echo $EXTRA > \"$TARGET_DATA/made\""_s;
        wanted.recipes = {uploads, command};
        wanted.variables.insert(u"EXTRA"_s, u"given"_s);
        QVERIFY(makeReadOnly(at(u"release"_s)));
        const auto planted = clone(wanted);
        QVERIFY2(planted, qPrintable(planted ? QString() : planted.error().text()));
        QCOMPARE(readFile(at(u"dev1/uploads/logo"_s)), "logo");
        QCOMPARE(readFile(at(u"dev1/made"_s)), "given\n");
        QVERIFY(!QFileInfo::exists(at(u"dev1/secret"_s)));
        struct stat status = {};
        QCOMPARE(::stat(QFile::encodeName(at(u"dev1/uploads/logo"_s)).constData(), &status), 0);
        QVERIFY(status.st_mode & S_IWUSR); // the release's is not writable, the copy is

        wanted.to = at(u"dev2"_s);
        wanted.recipes.first().seed = u"seed/absent"_s;
        const auto absent = clone(wanted);
        QCOMPARE(absent.error().kind(), Error::Kind::NotFound);
        QVERIFY(absent.error().message().contains(u"seed/absent"_s));
        QVERIFY(!QFileInfo::exists(at(u"dev2"_s)));
    }

    void keepsNothingOfFailedCopies()
    {
        writeFile(at(u"staging/good"_s), "x");
        DataPlan wanted = plan();
        wanted.scrub = u"echo cannot scrub >&2; exit 4"_s;
        const auto scrubbed = clone(wanted);
        QCOMPARE(scrubbed.error().kind(), Error::Kind::Failed);
        QVERIFY(scrubbed.error().detail().contains(u"cannot scrub"_s));
        QVERIFY(!QFileInfo::exists(at(u"dev1"_s))); // data that was not made harmless must not stay
        wanted.scrub.clear();

        writeFile(at(u"staging/broken.db"_s), QByteArray("SQLite format 3\0", 16) + QByteArray(9000, 'x'));
        const auto damaged = clone(wanted);
        QCOMPARE(damaged.error().kind(), Error::Kind::Storage);
        QVERIFY(damaged.error().message().contains(u"broken.db"_s));
        QVERIFY(!QFileInfo::exists(at(u"dev1"_s)));
        QVERIFY(QFile::remove(at(u"staging/broken.db"_s)));

        if (::geteuid() != 0) {
            QDir().mkpath(at(u"staging/closed"_s));
            QFile::setPermissions(at(u"staging/closed"_s), {});
            const auto closed = clone(wanted);
            QVERIFY(closed.error().message().contains(u"staging/closed"_s));
            QVERIFY(!QFileInfo::exists(at(u"dev1"_s)));
        }
        Cancel cancelled;
        cancelled.cancel();
        QCOMPARE(cloneData(wanted, cancelled, {}).error().kind(), Error::Kind::Cancelled);
        QVERIFY(!QFileInfo::exists(at(u"dev1"_s)));
    }

    void saysWhenTheDiskIsFull()
    {
        QDir().mkpath(at(u"small"_s));
        const QByteArray mountPoint = QFile::encodeName(at(u"small"_s));
        if (::mount("tmpfs", mountPoint.constData(), "tmpfs", 0, "size=512k") != 0)
            QSKIP("Mounting a small file system is not permitted here.");
        writeFile(at(u"staging/a"_s), QByteArray(100 * 1024, 'a'));
        writeFile(at(u"staging/b"_s), QByteArray(1024 * 1024, 'b'));
        DataPlan wanted = plan();
        wanted.to = at(u"small/dev1"_s);
        const auto files = clone(wanted);
        const QStringList afterFiles = QDir(at(u"small"_s)).entryList(QDir::AllEntries | QDir::NoDotAndDotDot);
        QFile::remove(at(u"staging/b"_s));
        Db(at(u"staging/shop.db"_s)).run("CREATE TABLE t (x); INSERT INTO t VALUES (zeroblob(2000000))");
        const auto database = clone(wanted);
        const QStringList afterDatabase = QDir(at(u"small"_s)).entryList(QDir::AllEntries | QDir::NoDotAndDotDot);
        ::umount(mountPoint.constData());
        QVERIFY(!files && !database);
        QCOMPARE(files.error().kind(), Error::Kind::NoSpace);
        QVERIFY(files.error().message().contains(u"small/dev1/b"_s));
        QCOMPARE(database.error().kind(), Error::Kind::NoSpace);
        QCOMPARE(afterFiles, QStringList());
        QCOMPARE(afterDatabase, QStringList());
    }
};

QTEST_GUILESS_MAIN(TestCloneData)
#include "tst_clonedata.moc"
