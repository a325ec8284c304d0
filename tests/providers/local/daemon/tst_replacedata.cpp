// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemonfixture.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace Slipway;

namespace {

/// Says whose data it has, keeps a database open, and does not start with data that is poisoned.
const char kApp[] = R"py(import http.server, os, sqlite3, sys, time
DATA = os.environ["DATA_DIR"]
if os.path.exists(DATA + "/poison"):
    sys.exit("poisoned")
while os.path.exists(DATA + "/slow") and not os.path.exists(os.environ["GO"]):
    time.sleep(0.05)
db = sqlite3.connect(DATA + "/shop.db", check_same_thread=False)
db.execute("PRAGMA journal_mode=WAL")
db.execute("CREATE TABLE IF NOT EXISTS orders (place TEXT)")
db.execute("INSERT INTO orders VALUES (?)", (os.environ["SLIPWAY_ENV"],))
db.commit()
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        who = open(DATA + "/who").read() if os.path.exists(DATA + "/who") else ""
        rows = db.execute("SELECT DISTINCT place FROM orders ORDER BY place").fetchall()
        body = (who.strip() + "|" + ",".join(row[0] for row in rows)).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *args):
        pass
http.server.HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
)py";

} // namespace

/// Other data in place of an environment's own, and every way in which that can go wrong.
class TestReplaceData final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void copies();
    void seedsAndSleepers();
    void failuresKeepTheOldData_data();
    void failuresKeepTheOldData();
    void killedInTheMiddle_data();
    void killedInTheMiddle();

private:
    /// Production and staging with data of their own, running one version.
    void setUp(DaemonFixture &f, const QString &scrub);
    void write(DaemonFixture &f, const QString &environment, const QString &command);
    Result<void> replace(DaemonFixture &f, const Ticket &ticket, DataChoice data = DataChoice::Copy);
    static QStringList dataFolders(const DaemonFixture &f);
};

void TestReplaceData::setUp(DaemonFixture &f, const QString &scrub)
{
    QJsonObject manifest{{u"health"_s, QJsonObject{{u"path"_s, u"/"_s}, {u"timeout"_s, 20}}}};
    if (!scrub.isEmpty())
        manifest.insert(u"scrub"_s, scrub);
    manifest.insert(u"data"_s, QJsonArray{QJsonObject{{u"path"_s, u"who"_s}, {u"seed"_s, u"seeds/who"_s}}});
    QDir(f.repository()).mkpath(u"seeds"_s);
    f.commit(u"seeds/who"_s, "seed\n", u"Have a seed"_s);
    f.commit(u"slipway.json"_s, QJsonDocument(manifest).toJson(), u"Declare the data"_s);
    const QString version = f.commitApp(u"one"_s, QString::fromLatin1(kApp));
    VERIFY(f.setUp());
    for (const QString &name : {u"production"_s, u"staging"_s}) {
        ConfigPatch patch;
        patch.set.insert(u"GO"_s, f.home() + u"/go"_s);
        VERIFY(f.wait(f.provider().patchConfig(f.ticket(), u"shop"_s, name, patch)));
        VERIFY(f.deploy(name, version));
        write(f, name, u"echo $SLIPWAY_ENV > $DATA_DIR/who"_s);
    }
    QCOMPARE(f.fetch(u"staging"_s), "staging|staging"_ba);
}

void TestReplaceData::write(DaemonFixture &f, const QString &environment, const QString &command)
{
    const auto status = f.wait(f.provider().run(u"shop"_s, environment, {command}, [](const QByteArray &, bool) {}));
    VERIFY(status);
    QCOMPARE(*status, 0);
}

Result<void> TestReplaceData::replace(DaemonFixture &f, const Ticket &ticket, DataChoice data)
{
    return f.wait(f.provider().replaceData(ticket, u"shop"_s, u"production"_s, u"staging"_s, data, {}));
}

QStringList TestReplaceData::dataFolders(const DaemonFixture &f)
{
    return QDir(f.home() + u"/local/pipelines/shop/environments/staging"_s)
        .entryList({u"data*"_s}, QDir::Dirs | QDir::NoDotAndDotDot);
}

void TestReplaceData::copies()
{
    DaemonFixture f;
    setUp(f, u"rm -f $DATA_DIR/secret; cat $SOURCE_DATA/who > $TARGET_DATA/scrubbed"_s);
    write(f, u"production"_s, u"touch $DATA_DIR/secret"_s);
    write(f, u"staging"_s, u"touch $DATA_DIR/mine"_s);
    QStringList said;
    const Ticket ticket = f.ticket();
    VERIFY(f.wait(f.provider().replaceData(ticket, u"shop"_s, u"production"_s, u"staging"_s, DataChoice::Copy,
                                           [&said](const QString &text) { said.append(text); })));
    QVERIFY2(said.join(u'\n').contains(u"Scrubbing the copy"_s), qPrintable(said.join(u'\n')));
    QCOMPARE(f.fetch(u"staging"_s), "production|production,staging"_ba);
    QCOMPARE(f.fetch(u"production"_s), "production|production"_ba);
    const Environment staging = f.environment(u"staging"_s);
    QVERIFY(staging.state == EnvironmentState::Running);
    QCOMPARE(staging.dataNote, u"copied from production"_s);
    QCOMPARE(staging.release->number, 1);
    QCOMPARE(dataFolders(f), QStringList{u"data"_s});
    write(f, u"staging"_s, u"test ! -e $DATA_DIR/secret -a ! -e $DATA_DIR/mine -a -s $DATA_DIR/scrubbed"_s);
    write(f, u"production"_s, u"test -e $DATA_DIR/secret"_s); // the scrub command reached the copy alone

    write(f, u"production"_s, u"echo later > $DATA_DIR/who"_s);
    VERIFY(replace(f, ticket)); // answered from the record, also by the next daemon
    f.endDaemon();
    f.newProvider();
    VERIFY(replace(f, ticket));
    QTRY_COMPARE_WITH_TIMEOUT(f.fetch(u"staging"_s), "production|production,staging"_ba, 20000);
    VERIFY(replace(f, f.ticket()));
    QCOMPARE(f.fetch(u"staging"_s), "later|production,staging"_ba);
}

void TestReplaceData::seedsAndSleepers()
{
    DaemonFixture f;
    setUp(f, {});
    VERIFY(replace(f, f.ticket(), DataChoice::Seed));
    QCOMPARE(f.fetch(u"staging"_s), "seed|staging"_ba);
    QCOMPARE(f.environment(u"staging"_s).dataNote, u"seed data"_s);
    VERIFY(f.wait(f.provider().suspend(f.ticket(), u"shop"_s, u"staging"_s, false)));
    VERIFY(replace(f, f.ticket()));
    QVERIFY(f.environment(u"staging"_s).state == EnvironmentState::Suspended);
    VERIFY(f.wait(f.provider().resume(f.ticket(), u"shop"_s, u"staging"_s)));
    QCOMPARE(f.fetch(u"staging"_s), "production|production,staging"_ba);

    const auto itself =
        f.wait(f.provider().replaceData(f.ticket(), u"shop"_s, u"staging"_s, u"staging"_s, DataChoice::Copy, {}));
    QCOMPARE(itself.error().kind(), Error::Kind::Invalid);
    QCOMPARE(replace(f, f.ticket(), DataChoice::None).error().kind(), Error::Kind::Invalid);
    VERIFY(f.wait(f.provider().shutDown(f.ticket(), u"shop"_s, u"production"_s)));
    QCOMPARE(replace(f, f.ticket()).error().kind(), Error::Kind::NotFound);
    QCOMPARE(f.fetch(u"staging"_s), "production|production,staging"_ba);
}

void TestReplaceData::failuresKeepTheOldData_data()
{
    QTest::addColumn<QString>("scrub");
    QTest::addColumn<QString>("source");
    QTest::addColumn<Error::Kind>("kind");
    QTest::newRow("scrub fails") << u"exit 4"_s << u"true"_s << Error::Kind::Failed;
    QTest::newRow("no space") << u"dd if=/dev/zero of=/dev/full count=1"_s << u"true"_s << Error::Kind::NoSpace;
    QTest::newRow("damaged source") << QString()
                                    << u"(printf 'SQLite format 3\\0'; head -c 9000 /dev/zero) > $DATA_DIR/broken.db"_s
                                    << Error::Kind::Storage;
    QTest::newRow("does not start with it") << QString() << u"touch $DATA_DIR/poison"_s << Error::Kind::Failed;
}

void TestReplaceData::failuresKeepTheOldData()
{
    QFETCH(QString, scrub);
    QFETCH(QString, source);
    QFETCH(Error::Kind, kind);
    DaemonFixture f;
    setUp(f, scrub);
    write(f, u"production"_s, source);
    const auto failed = replace(f, f.ticket());
    QVERIFY(!failed);
    QVERIFY2(failed.error().kind() == kind, qPrintable(failed.error().text()));
    QTRY_COMPARE_WITH_TIMEOUT(f.fetch(u"staging"_s), "staging|staging"_ba, 20000);
    QVERIFY(f.environment(u"staging"_s).state == EnvironmentState::Running);
    QCOMPARE(f.environment(u"staging"_s).dataNote, u"none"_s);
    QCOMPARE(dataFolders(f), QStringList{u"data"_s});
}

void TestReplaceData::killedInTheMiddle_data()
{
    QTest::addColumn<QString>("scrub");
    QTest::addColumn<QString>("moment");
    // The client asks the next daemon again; the second try fails before it touches anything but the half-made copy.
    QTest::newRow("while copying") << u"test -e %1 && exit 5; touch %1; until test -e %2; do sleep 0.1; done"_s
                                   << u"Scrubbing"_s;
    QTest::newRow("after the swap") << u"test -e %1 && exit 5; touch %1"_s << u"Waiting until"_s;
}

void TestReplaceData::killedInTheMiddle()
{
    QFETCH(QString, scrub);
    QFETCH(QString, moment);
    DaemonFixture f;
    const QString mark = f.home() + u"/mark"_s;
    const QString go = f.home() + u"/go"_s;
    setUp(f, scrub.contains(u"%2"_s) ? scrub.arg(mark, go) : scrub.arg(mark));
    write(f, u"production"_s, u"touch $DATA_DIR/slow"_s);
    QString said;
    auto replacing = f.provider().replaceData(f.ticket(), u"shop"_s, u"production"_s, u"staging"_s, DataChoice::Copy,
                                              [&said](const QString &text) { said += text; });
    QTRY_VERIFY_WITH_TIMEOUT(said.contains(moment) && QFile::exists(mark), 30000);
    QCOMPARE(dataFolders(f).size(), 2);
    const pid_t pid = f.daemonPid();
    QVERIFY(pid > 0);
    ::kill(pid, SIGKILL);
    const auto failed = f.wait(std::move(replacing));
    QVERIFY(!failed);
    QVERIFY2(failed.error().text().contains(u"status 5"_s), qPrintable(failed.error().text()));
    QVERIFY(f.daemonPid() != pid);
    QTRY_COMPARE_WITH_TIMEOUT(f.fetch(u"staging"_s), "staging|staging"_ba, 20000);
    QCOMPARE(f.environment(u"staging"_s).dataNote, u"none"_s);
    QCOMPARE(dataFolders(f), QStringList{u"data"_s});
    QFile ended(go); // for what waits for it
    QVERIFY(ended.open(QIODevice::WriteOnly));
}

QTEST_GUILESS_MAIN(TestReplaceData)
#include "tst_replacedata.moc"
