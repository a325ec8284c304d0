// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shimfixture.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTcpServer>
#include <QTest>

#include <unistd.h>

#include <algorithm>
#include <csignal>

using namespace Qt::StringLiterals;

// Patience, not a measure: the machine may be busy with other tests.
// Not QTRY_VERIFY: that asks again after it got its yes, and a process in mid-exec has no environment to be known by.
#define TRY(condition) QVERIFY(QTest::qWaitFor([&] { return condition; }, 30'000))

class TestShim final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void stopsEveryDescendant();
    void killsWhatIgnoresTheRequest();
    void stopsOnSigterm();
    void crashesBacksOffAndGivesUp_data();
    void crashesBacksOffAndGivesUp();
    void restartsOnRequest();
    void takesLeftoversAlongWhenAProcessEnds();
    void runsOneShots_data();
    void runsOneShots();
    void childrenAreKnownAfterTheShimWasKilled();
    void startsInOrder();
    void stopsWhatStillWaits();
    void tellsWatchersEachChange();
    void answersBadCommands();
};

void TestShim::stopsEveryDescendant()
{
    ShimFixture shim;
    shim.addProcess(u"web.1"_s,
                    u"setsid sleep 1000 & setsid sh -c 'sleep 1000 &' ; "
                    "(sh -c 'setsid sleep 1000 >/dev/null 2>&1 &' &) ; "
                    "i=0; while [ $i -lt 200 ]; do sleep 1000 & i=$((i+1)); done; wait"_s);
    shim.addProcess(u"worker.1"_s, u"sleep 1000"_s);
    shim.writeSpec();
    const auto started = shim.launch();
    QCOMPARE(started.err, QString());
    QCOMPARE(started.code, 0);
    TRY(shim.bearers().size() >= 205); // 203 sleepers, the shell, the worker
    QCOMPARE(shim.state(), u"running"_s);
    const pid_t pid = shim.shimPid();
    QCOMPARE(::getsid(pid) == ::getsid(0), false);

    QCOMPARE(shim.ask({{u"cmd"_s, u"stop"_s}}), (QJsonObject{{u"stopped"_s, true}}));
    QCOMPARE(shim.bearers(), QList<pid_t>()); // at once: the answer means that nothing is left
    QCOMPARE(shim.state(), u"stopped"_s);
    QCOMPARE(shim.processStatus(1).value(u"state"_s).toString(), u"stopped"_s);
    QCOMPARE(shim.processStatus(1).value(u"signal"_s).toInt(), SIGTERM);
    QVERIFY(!QFileInfo::exists(shim.path(u"ctl"_s)));
    TRY(!processExists(pid));
}

void TestShim::killsWhatIgnoresTheRequest()
{
    ShimFixture shim;
    shim.spec.insert(u"graceMs"_s, 50);
    shim.addProcess(u"web.1"_s,
                    u"trap '' TERM; setsid sh -c 'trap \"\" TERM; echo away; while :; do sleep 1; done' & "
                    "echo ready; while :; do sleep 1; done"_s);
    shim.writeSpec();
    QCOMPARE(shim.launch().code, 0);
    TRY(texts(shim.log(u"web.1"_s), 'o').size() == 2);
    QCOMPARE(shim.ask({{u"cmd"_s, u"stop"_s}}), (QJsonObject{{u"stopped"_s, true}}));
    QCOMPARE(shim.bearers(), QList<pid_t>());
    QCOMPARE(shim.processStatus().value(u"signal"_s).toInt(), SIGKILL);
}

void TestShim::stopsOnSigterm()
{
    ShimFixture shim;
    shim.addProcess(u"web.1"_s, u"trap 'echo bye; exit 0' TERM; echo ready; while :; do sleep 0.05; done"_s);
    shim.writeSpec();
    QCOMPARE(shim.launch().code, 0);
    TRY(texts(shim.log(u"web.1"_s), 'o').contains("ready"));
    const pid_t pid = shim.shimPid();
    ::kill(pid, SIGTERM);
    TRY(!processExists(pid));
    QCOMPARE(shim.state(), u"stopped"_s);
    QCOMPARE(texts(shim.log(u"web.1"_s), 'o').last(), "bye"_ba);
    QCOMPARE(shim.processStatus().value(u"exitCode"_s).toInt(-1), 0);
    QCOMPARE(shim.bearers(), QList<pid_t>());
}

void TestShim::crashesBacksOffAndGivesUp_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<QString>("cwd");
    QTest::addColumn<QByteArray>("remark");
    QTest::newRow("failure") << u"echo broken; exit 3"_s << u"/tmp"_s << "exited with status 3"_ba;
    QTest::newRow("an exit without error is one too") << u"echo broken"_s << u"/tmp"_s << "exited with status 0"_ba;
    QTest::newRow("signal") << u"echo broken; kill -SEGV $$"_s << u"/tmp"_s << "ended by signal 11 (SIGSEGV)"_ba;
    QTest::newRow("no such directory")
        << u"sleep 1000"_s << u"/nowhere/at/all"_s
        << "could not start: its directory /nowhere/at/all cannot be entered: No such file or directory"_ba;
}

void TestShim::crashesBacksOffAndGivesUp()
{
    QFETCH(QString, command);
    QFETCH(QString, cwd);
    QFETCH(QByteArray, remark);
    ShimFixture shim;
    shim.spec.insert(u"restart"_s, QJsonObject{{u"baseMs"_s, 5}, {u"maxMs"_s, 10}, {u"giveUpAfter"_s, 4}});
    shim.addProcess(u"web.1"_s, command, cwd);
    shim.addProcess(u"worker.1"_s, u"sleep 1000"_s);
    shim.writeSpec();
    QCOMPARE(shim.launch().code, 0);
    TRY(shim.state() == u"crashed"_s);
    const QJsonObject web = shim.processStatus();
    QCOMPARE(web.value(u"state"_s).toString(), u"crashed"_s);
    QCOMPARE(web.value(u"restarts"_s).toInt(), 3);
    QVERIFY(!web.value(u"lastLines"_s).toArray().isEmpty());
    QCOMPARE(shim.processStatus(1).value(u"state"_s).toString(), u"running"_s); // its sibling goes on
    const QList<QByteArray> remarks = texts(shim.log(u"web.1"_s), 's');
    QCOMPARE(remarks.count(remark), 4);
    QCOMPARE(remarks.last(), "gave up after 4 failures in a row"_ba);
    QCOMPARE(std::count_if(remarks.begin(), remarks.end(),
                           [](const QByteArray &said) { return said.startsWith("restarts in "); }),
             3);
    QCOMPARE(shim.ask({{u"cmd"_s, u"status"_s}}), shim.status());
}

void TestShim::restartsOnRequest()
{
    ShimFixture shim;
    shim.spec.insert(u"restart"_s, QJsonObject{{u"giveUpAfter"_s, 1}});
    shim.addProcess(u"web.1"_s, u"echo up; sleep 1000"_s); // a shell with a child in its group
    shim.addProcess(u"worker.1"_s, u"test -e %1 && exec sleep 1000"_s.arg(shim.path(u"repaired"_s)));
    shim.writeSpec();
    QCOMPARE(shim.launch().code, 0);
    TRY(shim.state() == u"crashed"_s && shim.bearers().size() == 2);
    const int first = shim.processStatus().value(u"pid"_s).toInt();

    QVERIFY(shim.ask({{u"cmd"_s, u"restart"_s}, {u"name"_s, u"web.1"_s}}).value(u"restarting"_s).toBool());
    TRY(shim.processStatus().value(u"pid"_s).toInt() != first);
    QCOMPARE(shim.processStatus().value(u"state"_s).toString(), u"running"_s);
    QCOMPARE(shim.processStatus().value(u"restarts"_s).toInt(), 0);
    TRY(shim.bearers().size() == 2); // nothing of the first life

    QFile repaired(shim.path(u"repaired"_s));
    QVERIFY(repaired.open(QIODevice::WriteOnly));
    QVERIFY(shim.ask({{u"cmd"_s, u"restart"_s}}).value(u"restarting"_s).toBool());
    TRY(shim.state() == u"running"_s);
    QVERIFY(shim.ask({{u"cmd"_s, u"restart"_s}, {u"name"_s, u"clock.1"_s}})
                .value(u"error"_s)
                .toString()
                .contains(u"clock.1"_s));
}

void TestShim::takesLeftoversAlongWhenAProcessEnds()
{
    ShimFixture shim;
    shim.spec.insert(u"restart"_s, QJsonObject{{u"giveUpAfter"_s, 1}});
    shim.addProcess(u"web.1"_s, u"sleep 1000 & setsid sleep 1000 & exit 0"_s); // "put itself into the background"
    shim.writeSpec();
    QCOMPARE(shim.launch().code, 0);
    TRY(shim.state() == u"crashed"_s);
    TRY(shim.bearers().isEmpty());
}

void TestShim::runsOneShots_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<QString>("cwd");
    QTest::addColumn<int>("code");
    QTest::newRow("good") << u"echo done"_s << u"/tmp"_s << 0;
    QTest::newRow("failing") << u"echo done; exit 3"_s << u"/tmp"_s << 3;
    QTest::newRow("killed") << u"echo done; kill -KILL $$"_s << u"/tmp"_s << 128 + SIGKILL;
    QTest::newRow("leaves children") << u"echo done; sleep 1000 & setsid sleep 1000 & exit 5"_s << u"/tmp"_s << 5;
    QTest::newRow("no line end") << u"printf done"_s << u"/tmp"_s << 0;
    QTest::newRow("no directory") << u"echo done"_s << u"/nowhere/at/all"_s << 127;
    QTest::newRow("no program") << u"/nowhere/program"_s << u"/tmp"_s << 127;
}

void TestShim::runsOneShots()
{
    QFETCH(QString, command);
    QFETCH(QString, cwd);
    QFETCH(int, code);
    ShimFixture shim;
    shim.spec.insert(u"oneshot"_s, true);
    shim.addProcess(u"release.1"_s, command, cwd);
    shim.writeSpec();
    QCOMPARE(shim.launch({u"--foreground"_s}).code, code);
    QCOMPARE(shim.bearers(), QList<pid_t>());
    QCOMPARE(shim.state(), u"stopped"_s);
    const QJsonObject process = shim.processStatus();
    QCOMPARE(process.value(u"state"_s).toString(), u"exited"_s);
    if (code > 128)
        QCOMPARE(process.value(u"signal"_s).toInt(), code - 128);
    else
        QCOMPARE(process.value(u"exitCode"_s).toInt(-1), code);
    if (code != 127)
        QCOMPARE(texts(shim.log(u"release.1"_s), 'o'), QList<QByteArray>{"done"_ba});
}

void TestShim::childrenAreKnownAfterTheShimWasKilled()
{
    ShimFixture shim;
    shim.addProcess(u"web.1"_s, u"setsid sleep 1000 & sleep 1000"_s);
    shim.writeSpec();
    QCOMPARE(shim.launch().code, 0);
    TRY(shim.bearers().size() == 3);
    const pid_t first = shim.shimPid();
    ::kill(first, SIGKILL); // and not waited for: the next start has the patience
    QCOMPARE(shim.bearers().size(), 3); // alive, and recognisable by the run id

    // A new shim takes the same directory although lock and socket of the dead one are still there, and its stop ends
    // both generations.
    QCOMPARE(shim.launch().code, 0);
    TRY(shim.bearers().size() == 6);
    QVERIFY(shim.shimPid() != first);
    shim.spec.insert(u"graceMs"_s, 50);
    QCOMPARE(shim.ask({{u"cmd"_s, u"stop"_s}}), (QJsonObject{{u"stopped"_s, true}}));
    QCOMPARE(shim.bearers(), QList<pid_t>());
}

namespace {

void setProcess(ShimFixture &shim, int index, const QString &key, const QJsonValue &value)
{
    QJsonArray list = shim.spec.value(u"processes"_s).toArray();
    QJsonObject process = list.at(index).toObject();
    process.insert(key, value);
    list.replace(index, process);
    shim.spec.insert(u"processes"_s, list);
}

qsizetype askedFor(const ShimFixture &shim, const QByteArray &request)
{
    const QList<QByteArray> lines = texts(shim.log(u"web.1"_s), 'e');
    return std::count_if(lines.begin(), lines.end(),
                         [&request](const QByteArray &line) { return line.contains(request); });
}

int freePort()
{
    QTcpServer server;
    return server.listen(QHostAddress::LocalHost) ? server.serverPort() : 0;
}

} // namespace

void TestShim::startsInOrder()
{
    ShimFixture shim;
    const int port = freePort();
    const QString gate = shim.path(u"gate"_s);
    shim.addProcess(u"clock.1"_s, u"sleep 1000"_s);
    setProcess(shim, 0, u"after"_s, QJsonArray{u"worker"_s, u"absent"_s}); // nobody waits for what is not there
    shim.addProcess(u"worker.1"_s, u"sleep 1000"_s);
    setProcess(shim, 1, u"after"_s, QJsonArray{u"web"_s});
    shim.addProcess(
        u"web.1"_s,
        u"while ! test -e %1; do sleep 0.05; done; exec python3 -u -m http.server -d / --bind ::1 %2"_s.arg(gate).arg(
            port));
    setProcess(shim, 2, u"ready"_s, QJsonObject{{u"port"_s, port}, {u"host"_s, u"x"_s}, {u"path"_s, u"/etc/"_s}});
    shim.writeSpec();
    QCOMPARE(shim.launch().code, 0);
    TRY(shim.processStatus(2).value(u"state"_s) == u"running"_s);
    for (const int waiting : {0, 1})
        QCOMPARE(shim.processStatus(waiting).value(u"state"_s).toString(), u"waiting"_s);
    QCOMPARE(shim.bearers().isEmpty(), false);
    QFile file(gate);
    QVERIFY(file.open(QIODevice::WriteOnly));
    TRY(shim.processStatus(0).value(u"state"_s) == u"running"_s);
    QCOMPARE(shim.processStatus(1).value(u"state"_s).toString(), u"running"_s);
    QCOMPARE(askedFor(shim, "GET /etc/ HTTP/1.1\" 200"), 2); // asked no more than needed
    QCOMPARE(texts(shim.log(u"worker.1"_s), 's').first(), "waits until web is ready"_ba);
    QCOMPARE(texts(shim.log(u"clock.1"_s), 's').first(), "waits until worker, absent are ready"_ba);
    const auto since = [&shim](int index) { return shim.processStatus(index).value(u"since"_s).toInteger(); };
    QVERIFY(since(0) - since(1) >= 990); // worker cannot be asked: it has to stay up for a second
    QVERIFY(shim.ask({{u"cmd"_s, u"stop"_s}}).value(u"stopped"_s).toBool());
}

void TestShim::stopsWhatStillWaits()
{
    ShimFixture shim;
    const int port = freePort();
    shim.addProcess(u"web.1"_s, u"exec python3 -u -m http.server -d / --bind 127.0.0.1 %1"_s.arg(port));
    setProcess(shim, 0, u"ready"_s, QJsonObject{{u"port"_s, port}, {u"host"_s, u"x"_s}, {u"path"_s, u"/missing"_s}});
    shim.addProcess(u"worker.1"_s, u"sleep 1000"_s);
    setProcess(shim, 1, u"after"_s, QJsonArray{u"web"_s});
    shim.writeSpec();
    QCOMPARE(shim.launch().code, 0);
    TRY(askedFor(shim, "GET /missing HTTP/1.1\" 404") >= 3); // is not good enough
    QCOMPARE(shim.processStatus(1).value(u"state"_s).toString(), u"waiting"_s);
    QCOMPARE(shim.ask({{u"cmd"_s, u"stop"_s}}), (QJsonObject{{u"stopped"_s, true}}));
    QCOMPARE(shim.processStatus(1).value(u"state"_s).toString(), u"stopped"_s);
    QCOMPARE(shim.bearers(), QList<pid_t>());
}

void TestShim::tellsWatchersEachChange()
{
    ShimFixture shim;
    shim.spec.insert(u"restart"_s, QJsonObject{{u"giveUpAfter"_s, 1}});
    shim.addProcess(u"web.1"_s, u"while ! test -e %1; do sleep 0.05; done; exit 4"_s.arg(shim.path(u"go"_s)));
    shim.writeSpec();
    QCOMPARE(shim.launch().code, 0);
    TRY(shim.state() == u"running"_s);
    ControlClient watcher(shim.path(u"ctl"_s));
    watcher.send("{\"cmd\":\"watch\"}");
    QCOMPARE(watcher.receive().value(u"state"_s).toString(), u"running"_s);
    QFile file(shim.path(u"go"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const QJsonObject crashed = watcher.receive();
    QCOMPARE(crashed.value(u"state"_s).toString(), u"crashed"_s);
    QCOMPARE(crashed.value(u"processes"_s).toArray().at(0).toObject().value(u"exitCode"_s).toInt(), 4);
    QCOMPARE(shim.status(), crashed); // on disk before anybody hears of it
    ::kill(shim.shimPid(), SIGTERM);
    QJsonObject last;
    for (QJsonObject next = watcher.receive(); !next.isEmpty(); next = watcher.receive())
        last = next;
    QCOMPARE(last.value(u"state"_s).toString(), u"stopped"_s);
}

void TestShim::answersBadCommands()
{
    ShimFixture shim;
    shim.addProcess(u"web.1"_s, u"sleep 1000"_s);
    shim.writeSpec();
    QCOMPARE(shim.launch().code, 0);
    ControlClient client(shim.path(u"ctl"_s));
    for (const QByteArray &line :
         {"nonsense"_ba, "[]"_ba, "{\"cmd\":7}"_ba, "{\"cmd\":\"explode\"}"_ba, "\xff\xfe"_ba}) {
        client.send(line);
        QVERIFY2(client.receive().contains(u"error"_s), line.constData());
    }
    client.send("{\"cmd\":\"sta");
    QVERIFY(client.receive().contains(u"error"_s)); // the line ends, the JSON does not
    ControlClient flood(shim.path(u"ctl"_s));
    flood.send(QByteArray(100'000, '{'));
    QVERIFY(flood.receive().isEmpty());
    client.send("{\"cmd\":\"status\"}");
    QCOMPARE(client.receive().value(u"state"_s).toString(), u"running"_s);

    const auto second = shim.launch();
    QCOMPARE(second.code, 1);
    QVERIFY2(second.err.contains(u"already running"_s), qPrintable(second.err));
    QVERIFY(shim.ask({{u"cmd"_s, u"stop"_s}}).value(u"stopped"_s).toBool());
}

QTEST_GUILESS_MAIN(TestShim)
#include "tst_shim.moc"
