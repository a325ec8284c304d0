// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemonfixture.h"

#include <QCoreApplication>
#include <QFile>
#include <QTcpServer>

using namespace Qt::StringLiterals;
using namespace Slipway;

/// What environments do when nothing but the application goes wrong.
class TestEnvironments final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theWholeWay();
    void badReleasesKeepTheOldOne_data();
    void badReleasesKeepTheOldOne();
    void listensOnIpv6Only();
    void configIsARelease();
    void rollsBackWithConfig();
    void workingCopies();
    void logsAndOneOffs();
    void badInput();
    void aFirstReleaseThatCrashes();
    void portTaken();
    void moreProduction();
};

void TestEnvironments::theWholeWay()
{
    DaemonFixture f;
    const QString first = f.commitApp(u"one"_s);
    const auto made = f.setUp();
    VERIFY(made);
    QCOMPARE(made->mainBranch, u"main"_s);
    QVERIFY(f.environment(u"production"_s).state == EnvironmentState::Stopped);

    const auto production = f.deploy(u"production"_s, first);
    VERIFY(production);
    QCOMPARE(production->number, 1);
    QCOMPARE(f.fetch(u"production"_s), "one|production|v1|"_ba);
    const auto staging = f.deploy(u"staging"_s, first);
    VERIFY(staging);
    QCOMPARE(staging->artifact, production->artifact);

    const CloneSpec spec{u"shop"_s, u"staging"_s, u"dev1"_s, DataChoice::Copy};
    const auto cloned = f.wait(f.provider().clone(f.ticket(), spec, {}));
    VERIFY(cloned);
    QCOMPARE(f.environment(u"dev1"_s).clonedFrom, u"staging v1"_s);
    f.git({u"checkout"_s, u"-q"_s, u"-b"_s, u"faster-totals"_s});
    const QString second = f.commitApp(u"two"_s);
    f.git({u"checkout"_s, u"-q"_s, u"main"_s});
    const auto changes = f.wait(f.provider().changes(u"shop"_s, {}));
    VERIFY(changes);
    QCOMPARE(changes->size(), 1);
    const auto resolved = f.wait(f.provider().resolve(u"shop"_s, u"faster-totals"_s));
    VERIFY(resolved);
    QCOMPARE(*resolved, second);
    const auto dev = f.deploy(u"dev1"_s, second);
    VERIFY(dev);
    QCOMPARE(f.fetch(u"dev1"_s), "two|dev1|v1|"_ba);
    QVERIFY(f.environment(u"dev1"_s).state == EnvironmentState::Running);

    DeploySpec promote;
    promote.pipeline = u"shop"_s;
    promote.environment = u"staging"_s;
    promote.artifactOf = u"dev1"_s;
    promote.artifact = u"another"_s;
    const auto moved = f.deploy(f.ticket(), promote);
    QVERIFY(!moved && moved.error().kind() == Error::Kind::Conflict);
    promote.artifact = dev->artifact;
    const auto promoted = f.deploy(f.ticket(), promote);
    VERIFY(promoted);
    QCOMPARE(promoted->artifact, dev->artifact);
    QCOMPARE(promoted->version, second);
    QCOMPARE(f.fetch(u"staging"_s), "two|staging|v2|"_ba);
    QCOMPARE(f.fetch(u"production"_s), "one|production|v1|"_ba);

    const auto back = f.wait(f.provider().rollBack(f.ticket(), u"shop"_s, u"staging"_s, 0, false, {}));
    VERIFY(back);
    QCOMPARE(back->number, 3);
    QCOMPARE(back->note, u"Rolled back to v1"_s);
    QCOMPARE(f.fetch(u"staging"_s), "one|staging|v3|"_ba);

    VERIFY(f.wait(f.provider().suspend(f.ticket(), u"shop"_s, u"staging"_s, false)));
    QVERIFY(f.environment(u"staging"_s).state == EnvironmentState::Suspended);
    QVERIFY(f.fetch(u"staging"_s).isEmpty());
    VERIFY(f.wait(f.provider().resume(f.ticket(), u"shop"_s, u"staging"_s)));
    QCOMPARE(f.fetch(u"staging"_s), "one|staging|v3|"_ba);
    VERIFY(f.wait(f.provider().restart(f.ticket(), u"shop"_s, u"staging"_s)));

    const QStringList all{u"dev1"_s, u"staging"_s, u"production"_s};
    for (const QString &name : all) {
        VERIFY(f.wait(f.provider().shutDown(f.ticket(), u"shop"_s, name)));
        VERIFY(f.wait(f.provider().shutDown(f.ticket(), u"shop"_s, name))); // gone already is success
    }
    QTRY_VERIFY(f.processes().isEmpty());
    VERIFY(f.wait(f.provider().removePipeline(f.ticket(), u"shop"_s)));
    QVERIFY(!QFile::exists(f.home() + u"/local/pipelines/shop"_s));
}

void TestEnvironments::badReleasesKeepTheOldOne_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QString>("procfile");
    QTest::addColumn<QString>("expected");
    const QString web = u"web: python3 app.py\n"_s;
    QTest::newRow("exits at once") << u"import sys\nprint('no database')\nsys.exit(3)\n"_s << web
                                   << u"ended at once (status 3)"_s;
    QTest::newRow("never listens") << u"import time\ntime.sleep(600)\n"_s << web << u"did not listen on $PORT"_s;
    QTest::newRow("listens elsewhere")
        << u"import http.server\ns = http.server.HTTPServer(('127.0.0.1', 0), http.server.BaseHTTPRequestHandler)\ns.serve_forever()\n"_s
        << web << u"Slipway expects it on $PORT"_s;
    QTest::newRow("release phase") << u"import sys\n"_s << web + u"release: echo no migration; exit 4\n"_s
                                   << u"release phase"_s;
    QTest::newRow("procfile") << u"import sys\n"_s << u"web: a\nweb: b\n"_s << u"line 2"_s;
}

void TestEnvironments::badReleasesKeepTheOldOne()
{
    QFETCH(QString, script);
    QFETCH(QString, procfile);
    QFETCH(QString, expected);
    DaemonFixture f;
    f.commit(u"slipway.json"_s, R"({"health": {"path": "/", "timeout": 3}})", u"Wait less"_s);
    const QString good = f.commitApp(u"good"_s);
    VERIFY(f.setUp());
    VERIFY(f.deploy(u"staging"_s, good));
    f.commit(u"Procfile"_s, procfile.toUtf8(), u"Change how it runs"_s);
    const QString bad = f.commitApp(u"bad"_s, script);
    const auto failed = f.deploy(u"staging"_s, bad);
    QVERIFY(!failed);
    QVERIFY2(failed.error().text().contains(expected), qPrintable(failed.error().text()));
    QVERIFY(failed.error().kind() == Error::Kind::Failed || failed.error().kind() == Error::Kind::Invalid);
    if (expected.contains(u"status 3"_s))
        QVERIFY2(failed.error().detail().contains(u"no database"_s), qPrintable(failed.error().detail()));
    QCOMPARE(f.fetch(u"staging"_s), "good|staging|v1|"_ba);
    QVERIFY(f.environment(u"staging"_s).state == EnvironmentState::Running);
    QCOMPARE(f.environment(u"staging"_s).release->number, 1);
}

void TestEnvironments::listensOnIpv6Only()
{
    DaemonFixture f;
    const QString script =
        u"import http.server, os, socket\n"
        "class S(http.server.HTTPServer):\n    address_family = socket.AF_INET6\n"
        "class H(http.server.BaseHTTPRequestHandler):\n    def do_GET(self):\n        self.send_response(200)\n"
        "        self.end_headers()\n        self.wfile.write(b'six')\n"
        "S(('::1', int(os.environ['PORT'])), H).serve_forever()\n"_s;
    const QString version = f.commitApp(u"six"_s, script);
    VERIFY(f.setUp());
    VERIFY(f.deploy(u"staging"_s, version));
    QCOMPARE(f.environment(u"staging"_s).directAddress.host(), u"::1"_s);
    QCOMPARE(f.fetch(u"staging"_s), "six"_ba);
}

void TestEnvironments::configIsARelease()
{
    DaemonFixture f;
    const QString version = f.commitApp(u"one"_s);
    VERIFY(f.setUp());
    VERIFY(f.deploy(u"staging"_s, version));
    ConfigPatch patch;
    patch.set.insert(u"COLOUR"_s, u"green"_s);
    patch.set.insert(u"PORT"_s, u"1"_s); // ours wins
    patch.set.insert(u"FILES"_s, f.home() + u"/local/pipelines/shop/environments/staging/data/files"_s);
    VERIFY(f.wait(f.provider().patchConfig(f.ticket(), u"shop"_s, u"staging"_s, patch)));
    QCOMPARE(f.fetch(u"staging"_s), "one|staging|v2|green"_ba);
    QVERIFY(f.environment(u"staging"_s).release->note.contains(u"set COLOUR"_s));
    VERIFY(f.wait(f.provider().clone(f.ticket(), {u"shop"_s, u"staging"_s, u"dev1"_s, DataChoice::None}, {})));
    const auto values = f.wait(f.provider().config(u"shop"_s, u"dev1"_s));
    VERIFY(values);
    QCOMPARE(values->value(u"COLOUR"_s), u"green"_s);
    QCOMPARE(values->value(u"FILES"_s), f.home() + u"/local/pipelines/shop/environments/dev1/data/files"_s);
    const auto staging = f.environment(u"staging"_s).config;
    const auto dev = f.environment(u"dev1"_s).config;
    QCOMPARE(dev.value(u"COLOUR"_s), staging.value(u"COLOUR"_s)); // equal values look equal
    QVERIFY(dev.value(u"FILES"_s) != staging.value(u"FILES"_s));
    QVERIFY(!staging.value(u"COLOUR"_s).contains(u"green"_s));
}

void TestEnvironments::rollsBackWithConfig()
{
    DaemonFixture f;
    const QString version = f.commitApp(u"one"_s);
    VERIFY(f.setUp());
    VERIFY(f.deploy(u"staging"_s, version)); // v1 without, v2 green, v3 blue and another version
    const auto set = [&f](const QString &colour) {
        ConfigPatch patch;
        patch.set.insert(u"COLOUR"_s, colour);
        return f.wait(f.provider().patchConfig(f.ticket(), u"shop"_s, u"staging"_s, patch));
    };
    VERIFY(set(u"green"_s));
    const QString second = f.commitApp(u"two"_s);
    VERIFY(f.deploy(u"staging"_s, second));
    VERIFY(set(u"blue"_s));
    QCOMPARE(f.fetch(u"staging"_s), "two|staging|v4|blue"_ba);
    const auto back = [&f](int number, bool withConfig) {
        return f.wait(f.provider().rollBack(f.ticket(), u"shop"_s, u"staging"_s, number, withConfig, {}));
    };
    VERIFY(back(2, false));
    QCOMPARE(f.fetch(u"staging"_s), "one|staging|v5|blue"_ba);
    const auto whole = back(2, true);
    VERIFY(whole);
    QCOMPARE(whole->note, u"Rolled back to v2 with its config"_s);
    QCOMPARE(f.fetch(u"staging"_s), "one|staging|v6|green"_ba);
    VERIFY(back(1, true));
    QCOMPARE(f.fetch(u"staging"_s), "one|staging|v7|"_ba);
    QVERIFY(!f.wait(f.provider().config(u"shop"_s, u"staging"_s))->contains(u"COLOUR"_s));

    // What goes over the wire tells equal from different and nothing else; the values are the owner's alone.
    const auto snapshot = f.wait(f.provider().observe(u"shop"_s, {}, {}));
    VERIFY(snapshot);
    QHash<int, QString> colours;
    for (const Release &release : snapshot->releases.value(u"staging"_s))
        colours.insert(release.number, release.config.value(u"COLOUR"_s));
    QCOMPARE(colours.value(2), colours.value(6));
    QVERIFY(colours.value(2) != colours.value(4) && !colours.value(2).isEmpty() && colours.value(7).isEmpty());
    QVERIFY(!colours.value(2).contains(u"green"_s));
    const QString folder = f.home() + u"/local/pipelines/shop/environments/staging/"_s;
    QFile record(folder + u"environment.json"_s);
    QVERIFY(record.open(QIODevice::ReadOnly));
    QVERIFY(!record.readAll().contains("green"));
    const auto mode = QFile::permissions(folder + u"configs/v2.json"_s);
    QVERIFY(!(mode & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther)));
    QVERIFY(QFile::remove(folder + u"configs/v4.json"_s)); // as of a release from before they were kept
    const auto unknown = back(4, true);
    QCOMPARE(unknown.error().kind(), Error::Kind::NotFound);
    QVERIFY(unknown.error().message().contains(u"v4"_s));
    QCOMPARE(f.fetch(u"staging"_s), "one|staging|v7|"_ba);
}

void TestEnvironments::workingCopies()
{
    DaemonFixture f;
    f.commitApp(u"one"_s);
    VERIFY(f.setUp());
    QFile app(f.repository() + u"/app.py"_s);
    QVERIFY(app.open(QIODevice::ReadWrite));
    const QByteArray changed = app.readAll().replace("\"one\"", "\"mine\"");
    app.resize(0);
    app.seek(0);
    app.write(changed);
    app.close();
    DeploySpec spec;
    spec.pipeline = u"shop"_s;
    spec.environment = u"staging"_s;
    spec.directory = f.repository();
    const auto released = f.deploy(f.ticket(), spec);
    VERIFY(released);
    QVERIFY(released->uncommitted);
    QVERIFY(f.fetch(u"staging"_s).startsWith("mine|"));
}

void TestEnvironments::logsAndOneOffs()
{
    DaemonFixture f;
    const QString version = f.commitApp(u"one"_s);
    VERIFY(f.setUp());
    VERIFY(f.deploy(u"staging"_s, version));
    LogQuery query;
    query.pipeline = u"shop"_s;
    query.environment = u"staging"_s;
    const auto page = f.wait(f.provider().logs(query));
    VERIFY(page);
    QVERIFY(std::any_of(page->lines.cbegin(), page->lines.cend(),
                        [](const LogLine &l) { return l.process == u"web.1" && l.text == u"started as staging"; }));
    query.kind = LogKind::Build;
    const auto build = f.wait(f.provider().logs(query));
    VERIFY(build);
    QVERIFY(!build->lines.isEmpty());
    query.kind = LogKind::Runtime;
    query.cursor = page->cursor;
    query.wait = true;
    auto waiting = f.provider().logs(query);
    VERIFY(f.wait(f.provider().restart(f.ticket(), u"shop"_s, u"staging"_s)));
    const auto more = f.wait(std::move(waiting));
    VERIFY(more);
    QVERIFY(!more->lines.isEmpty());
    QByteArray output;
    const auto status =
        f.wait(f.provider().run(u"shop"_s, u"staging"_s, {u"sh"_s, u"-c"_s, u"echo $SLIPWAY_ENV; ls; exit 7"_s},
                                [&output](const QByteArray &bytes, bool) { output += bytes; }));
    VERIFY(status);
    QCOMPARE(*status, 7);
    QVERIFY2(output.contains("staging\n") && output.contains("app.py"), output.constData());
}

void TestEnvironments::badInput()
{
    DaemonFixture f;
    const QString version = f.commitApp(u"one"_s);
    const auto kind = [](const auto &result) { return result ? Error::Kind::Cancelled : result.error().kind(); };
    QVERIFY(kind(f.wait(f.provider().setUpPipeline(f.ticket(), u"shop"_s, f.home()))) == Error::Kind::Invalid);
    QVERIFY(kind(f.wait(f.provider().setUpPipeline(f.ticket(), u"../x"_s, f.repository()))) == Error::Kind::Invalid);
    VERIFY(f.setUp());
    QVERIFY(kind(f.setUp()) == Error::Kind::Conflict);
    QVERIFY(kind(f.deploy(u"staging"_s, u"nowhere"_s)) == Error::Kind::NotFound);
    QVERIFY(kind(f.deploy(u"dev9"_s, version)) == Error::Kind::NotFound);
    QVERIFY(
        kind(f.wait(f.provider().clone(f.ticket(), {u"shop"_s, u"staging"_s, u"production"_s, DataChoice::None}, {})))
        == Error::Kind::Conflict);
    QVERIFY(
        kind(f.wait(f.provider().clone(f.ticket(), {u"shop"_s, u"staging"_s, QString(80, u'a'), DataChoice::None}, {})))
        == Error::Kind::Invalid);
    // Two at once: the second is told what the first one does.
    DeploySpec spec;
    spec.pipeline = u"shop"_s;
    spec.environment = u"staging"_s;
    spec.version = version;
    auto one = f.provider().deploy(f.ticket(), spec, {});
    const auto two = f.deploy(f.ticket(), spec);
    QVERIFY(kind(two) == Error::Kind::Conflict);
    QVERIFY(two.error().message().contains(u"a deploy"_s));
    VERIFY(f.wait(std::move(one)));
}

void TestEnvironments::aFirstReleaseThatCrashes()
{
    DaemonFixture f;
    const QString bad = f.commitApp(u"bad"_s, u"raise SystemExit('no luck')\n"_s);
    VERIFY(f.setUp());
    QVERIFY(!f.deploy(u"staging"_s, bad));
    const Environment staging = f.environment(u"staging"_s);
    QVERIFY(staging.state == EnvironmentState::Crashed);
    QVERIFY(staging.release);
    QVERIFY(staging.stateText.contains(u"ended at once"_s));
    const QString good = f.commitApp(u"good"_s);
    VERIFY(f.deploy(u"staging"_s, good));
    QCOMPARE(f.fetch(u"staging"_s), "good|staging|v2|"_ba);
}

void TestEnvironments::portTaken()
{
    DaemonFixture f;
    const QString version = f.commitApp(u"one"_s);
    VERIFY(f.setUp());
    VERIFY(f.deploy(u"staging"_s, version));
    VERIFY(f.wait(f.provider().suspend(f.ticket(), u"shop"_s, u"staging"_s, false)));
    const int port = f.environment(u"staging"_s).directAddress.port();
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost, quint16(port)));
    const Ticket ticket = f.ticket();
    const auto refused = f.wait(f.provider().resume(ticket, u"shop"_s, u"staging"_s));
    QVERIFY(!refused && refused.error().kind() == Error::Kind::Conflict);
    const QString expected = u"Port %1 of “staging” is taken by tst_environment (process %2)."_s.arg(port).arg(
        QCoreApplication::applicationPid());
    QCOMPARE(refused.error().message(), expected);
    QVERIFY(f.environment(u"staging"_s).state == EnvironmentState::Crashed);
    QCOMPARE(f.environment(u"staging"_s).stateText, expected);
    other.close();
    VERIFY(f.wait(f.provider().resume(ticket, u"shop"_s, u"staging"_s))); // told of the failure, asked again: a new try
    QCOMPARE(f.fetch(u"staging"_s), "one|staging|v1|"_ba);
}

void TestEnvironments::moreProduction()
{
    DaemonFixture f;
    const QString version = f.commitApp(u"one"_s);
    VERIFY(f.setUp());
    VERIFY(f.deploy(u"production"_s, version));
    ConfigPatch patch;
    patch.set.insert(u"COLOUR"_s, u"green"_s);
    VERIFY(f.wait(f.provider().patchConfig(f.ticket(), u"shop"_s, u"production"_s, patch)));
    CloneSpec spec{u"shop"_s, u"production"_s, u"europe"_s, DataChoice::Copy, Stage::Production};
    VERIFY(f.wait(f.provider().clone(f.ticket(), spec, {})));
    DeploySpec same;
    same.pipeline = u"shop"_s;
    same.environment = u"europe"_s;
    same.artifactOf = u"production"_s;
    VERIFY(f.deploy(f.ticket(), same));
    QCOMPARE(f.fetch(u"europe"_s), "one|europe|v1|green"_ba);
    QVERIFY(f.environment(u"europe"_s).stage == Stage::Production);
    QCOMPARE(f.environment(u"europe"_s).clonedFrom, QString());
    QCOMPARE(f.environment(u"europe"_s).dataNote, u"copied from production"_s);
    QVERIFY(f.environment(u"europe"_s).address != f.environment(u"production"_s).address);
    patch.set.insert(u"COLOUR"_s, u"blue"_s);
    VERIFY(f.wait(f.provider().patchConfig(f.ticket(), u"shop"_s, u"europe"_s, patch)));
    QCOMPARE(f.fetch(u"europe"_s), "one|europe|v2|blue"_ba);
    QCOMPARE(f.fetch(u"production"_s), "one|production|v2|green"_ba);

    f.endDaemon();
    f.newProvider();
    QTRY_VERIFY_WITH_TIMEOUT(f.environment(u"europe"_s).state == EnvironmentState::Running, 20000);
    QVERIFY(f.environment(u"europe"_s).stage == Stage::Production);
    spec.name = u"other"_s;
    spec.stage = Stage::Staging;
    QVERIFY(f.wait(f.provider().clone(f.ticket(), spec, {})).error().kind() == Error::Kind::Invalid);

    VERIFY(f.wait(f.provider().shutDown(f.ticket(), u"shop"_s, u"production"_s)));
    QCOMPARE(f.fetch(u"europe"_s), "one|europe|v2|blue"_ba);
    const auto kept = f.wait(f.provider().removePipeline(f.ticket(), u"shop"_s));
    QVERIFY(!kept && kept.error().kind() == Error::Kind::Conflict);
    QVERIFY(kept.error().message().contains(u"europe"_s));
    VERIFY(f.wait(f.provider().shutDown(f.ticket(), u"shop"_s, u"europe"_s)));
    QTRY_VERIFY(f.processes().isEmpty());
    VERIFY(f.wait(f.provider().removePipeline(f.ticket(), u"shop"_s)));
}

QTEST_GUILESS_MAIN(TestEnvironments)
#include "tst_environments.moc"
