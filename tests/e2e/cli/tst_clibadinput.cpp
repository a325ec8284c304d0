// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace {

/// Answers every request with one line; enough of an application.
const QByteArray kServer = R"(import http.server, os
class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"good\n")
    def log_message(self, *words):
        pass
http.server.ThreadingHTTPServer((os.environ["HOST"], int(os.environ["PORT"])), Page).serve_forever()
)";
const QByteArray kProcfile = "web: exec python3 server.py\n";
const QByteArray kImpatient = R"({"health": {"path": "/", "timeout": 3}})";

using Files = QMap<QString, QByteArray>;

} // namespace

/// Bad input of every kind: one sentence that names it and what to do, and nothing half-made.
class TestCliBadInput : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void repository_data();
    void repository();
    void notARepository();
    void codeThatDoesNotRun_data();
    void codeThatDoesNotRun();
    void namesAndRefs();
    void missingDaemon();
    void newerState();
};

void TestCliBadInput::repository_data()
{
    QTest::addColumn<Files>("files");
    QTest::addColumn<QString>("names");
    QTest::newRow("empty repository") << Files{} << u"bad"_s;
    QTest::newRow("no Procfile") << Files{{u"server.py"_s, kServer}} << u"Procfile"_s;
    QTest::newRow("unparsable line") << Files{{u"Procfile"_s, "web: true\n<<<<<<< HEAD\n"}} << u"line 2"_s;
    QTest::newRow("duplicate process") << Files{{u"Procfile"_s, "web: true\nweb: false\n"}} << u"line 2"_s;
    QTest::newRow("bad slipway.json") << Files{{u"Procfile"_s, kProcfile}, {u"slipway.json"_s, "{\n\"health\": 7\n}"}}
                                      << u"slipway.json"_s;
}

void TestCliBadInput::repository()
{
    QFETCH(Files, files);
    QFETCH(QString, names);
    Desk desk;
    desk.run({u"account"_s, u"check"_s, u"local"_s}); // the databases are there
    const QString repository = desk.makeRepository(u"bad"_s, files);
    const Ran ran = desk.run({u"pipeline"_s, u"add"_s, u"next"_s, u"--repo"_s, repository});
    QVERIFY2(ran.code == 1, ran.told());
    QVERIFY2(ran.err.contains(names.toUtf8()), ran.told());
    QVERIFY(desk.run({u"pipeline"_s, u"list"_s, u"--json"_s}).json()[u"pipelines"_s].toArray().isEmpty());
    for (const QString &path : desk.listing())
        QVERIFY2(!path.contains(u"next"), qUtf8Printable(path));
}

void TestCliBadInput::notARepository()
{
    Desk desk;
    QDir().mkpath(desk.folder() + u"/plain"_s);
    const QString plain = desk.folder() + u"/plain"_s;
    const Ran named = desk.run({u"pipeline"_s, u"add"_s, u"next"_s, u"--repo"_s, plain});
    QVERIFY2(named.code == 1 && named.err.contains("plain") && named.err.contains("git"), named.told());
    const Ran here = desk.run({u"pipeline"_s, u"add"_s, u"next"_s}, {}, plain);
    QVERIFY2(here.code == 2 && here.err.contains("--repo"), here.told());
    for (const QString &path : desk.listing())
        QVERIFY2(!path.contains(u"next"), qUtf8Printable(path));
}

void TestCliBadInput::codeThatDoesNotRun_data()
{
    QTest::addColumn<Files>("files");
    QTest::addColumn<QString>("names");
    QTest::newRow("build fails") << Files{{u"slipway.json"_s, R"({"build": "echo no compiler here; exit 3"})"}}
                                 << u"no compiler here"_s;
    QTest::newRow("release phase fails") << Files{{u"Procfile"_s,
                                                   kProcfile + "release: echo table is locked; exit 4\n"}}
                                         << u"table is locked"_s;
    QTest::newRow("exits at once") << Files{{u"server.py"_s, "import sys; sys.exit('no settings')\n"}}
                                   << u"no settings"_s;
    QTest::newRow("never listens") << Files{{u"server.py"_s, "import time; time.sleep(600)\n"},
                                            {u"slipway.json"_s, kImpatient}}
                                   << u"web"_s;
}

void TestCliBadInput::codeThatDoesNotRun()
{
    QFETCH(Files, files);
    QFETCH(QString, names);
    Desk desk;
    const QString repository = desk.makeRepository(u"app"_s, {{u"Procfile"_s, kProcfile}, {u"server.py"_s, kServer}});
    const Ran added = desk.run({u"pipeline"_s, u"add"_s, u"app"_s}, {}, repository);
    QVERIFY2(added.code == 0, added.told());
    const QJsonObject before = desk.environment(u"app"_s, u"staging"_s);
    for (auto it = files.cbegin(); it != files.cend(); ++it) {
        QFile file(repository + u'/' + it.key());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(it.value());
    }
    const Ran ran = desk.run({u"deploy"_s, u"app/staging"_s, u"--dir"_s, repository});
    QVERIFY2(ran.code == 1, ran.told());
    QVERIFY2(ran.err.contains(names.toUtf8()), ran.told());
    // The old release goes on serving.
    const QJsonObject after = desk.environment(u"app"_s, u"staging"_s);
    QCOMPARE(after[u"artifact"_s], before[u"artifact"_s]);
    QCOMPARE(after[u"state"_s], u"running"_s);
    QCOMPARE(Desk::fetch(after[u"direct_address"_s].toString()), "good\n");
}

void TestCliBadInput::namesAndRefs()
{
    Desk desk;
    const QString repository = desk.makeRepository(u"app"_s, {{u"Procfile"_s, kProcfile}, {u"server.py"_s, kServer}});
    QVERIFY(desk.run({u"pipeline"_s, u"add"_s, u"app"_s, u"--repo"_s, repository}).code == 0);
    const Ran taken = desk.run({u"clone"_s, u"app"_s, u"--name"_s, u"staging"_s});
    QVERIFY2(taken.code == 1 && taken.err.contains("staging"), taken.told());
    for (const QString &name : {u"Dev_1!"_s, u"../up"_s, QString(80, u'a')}) {
        const Ran bad = desk.run({u"clone"_s, u"app"_s, u"--name"_s, name});
        QVERIFY2((bad.code == 1 || bad.code == 2) && bad.err.contains(name.left(20).toUtf8()), bad.told());
        const Ran pipeline = desk.run({u"pipeline"_s, u"add"_s, name, u"--repo"_s, repository});
        QVERIFY2((pipeline.code == 1 || pipeline.code == 2) && pipeline.err.contains(name.left(20).toUtf8()),
                 pipeline.told());
    }
    const Ran unknown = desk.run({u"clone"_s, u"app"_s, u"--version"_s, u"mian"_s});
    QVERIFY2(unknown.code == 1 && unknown.err.contains("mian"), unknown.told());
    const Ran nowhere = desk.run({u"deploy"_s, u"app/dev9"_s, u"--version"_s, u"main"_s});
    QVERIFY2(nowhere.code == 1 && nowhere.err.contains("app/dev9"), nowhere.told());
    const Ran ref = desk.run({u"deploy"_s, u"app/staging"_s, u"--version"_s, u"v99"_s});
    QVERIFY2(ref.code == 1 && ref.err.contains("v99"), ref.told());
    const Ran release = desk.run({u"rollback"_s, u"app/staging"_s, u"--to"_s, u"v99"_s});
    QVERIFY2(release.code == 1 && release.err.contains("v99"), release.told());
    const Ran status = desk.run({u"status"_s, u"app"_s, u"--refresh"_s, u"--json"_s});
    QCOMPARE(status.json()[u"environments"_s].toArray().size(), 2);
}

void TestCliBadInput::missingDaemon()
{
    Desk desk;
    QDir().mkpath(desk.folder() + u"/nothing"_s);
    desk.setVariable(u"SLIPWAY_LIBEXEC"_s, desk.folder() + u"/nothing"_s);
    const QString repository = desk.makeRepository(u"app"_s, {{u"Procfile"_s, kProcfile}, {u"server.py"_s, kServer}});
    const Ran ran = desk.run({u"pipeline"_s, u"add"_s, u"app"_s, u"--repo"_s, repository});
    QVERIFY2(ran.code != 0 && ran.code != -1, ran.told());
    QVERIFY2(ran.err.contains("slipwayd"), ran.told());
}

void TestCliBadInput::newerState()
{
    Desk desk;
    QVERIFY(desk.run({u"status"_s}).code == 0);
    QFile database(desk.home() + u"/slipway.db"_s);
    QVERIFY(database.open(QIODevice::ReadWrite));
    database.seek(60); // the user version in SQLite's header
    database.write(QByteArray::fromHex("00010000"));
    database.close();
    const Ran ran = desk.run({u"status"_s});
    QVERIFY2(ran.code == 1 && ran.err.contains("slipway.db"), ran.told());
}

QTEST_GUILESS_MAIN(TestCliBadInput)
#include "tst_clibadinput.moc"
