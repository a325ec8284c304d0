// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemonfixture.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace Slipway;

/// What is left when Slipway's own processes are killed, and what comes back.
class TestSurvival final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void daemonKilledInTheMiddleOfADeploy();
    void daemonKilledWhileEnvironmentsRun();
    void shimKilled();
    void anotherBoot();
    void newerState();
    void longHomePath();
    void missingDaemon();
};

namespace {

pid_t shimOf(const DaemonFixture &f)
{
    const QList<pid_t> all = f.processes();
    for (const pid_t pid : all) {
        QFile file(u"/proc/%1/cmdline"_s.arg(pid));
        if (file.open(QIODevice::ReadOnly) && file.readAll().contains("slipway-run"))
            return pid;
    }
    return 0;
}

} // namespace

void TestSurvival::daemonKilledInTheMiddleOfADeploy()
{
    DaemonFixture f;
    f.commit(u"Procfile"_s, "web: python3 app.py\nrelease: echo ran >> $DATA_DIR/phases; sleep 1\n",
             u"Have a release phase"_s);
    const QString version = f.commitApp(u"one"_s);
    VERIFY(f.setUp());
    const pid_t pid = f.daemonPid();
    QVERIFY(pid > 0);
    DeploySpec spec;
    spec.pipeline = u"shop"_s;
    spec.environment = u"staging"_s;
    spec.version = version;
    bool killed = false;
    const Ticket ticket = f.ticket();
    const auto released = f.wait(f.provider().deploy(ticket, spec, [&](const QString &text) {
        if (!killed && text.startsWith(u"Release phase"_s)) {
            killed = true;
            ::kill(pid, SIGKILL);
        }
    }));
    VERIFY(released);
    QVERIFY(killed);
    QVERIFY(f.daemonPid() != pid);
    QCOMPARE(released->number, 1);
    const auto again = f.deploy(ticket, spec); // answered from the record
    VERIFY(again);
    QCOMPARE(again->number, 1);
    const auto snapshot = f.wait(f.provider().observe(u"shop"_s));
    QCOMPARE(snapshot->releases.value(u"staging"_s).size(), 1);
    QCOMPARE(f.fetch(u"staging"_s), "one|staging|v1|"_ba);
}

void TestSurvival::daemonKilledWhileEnvironmentsRun()
{
    DaemonFixture f;
    VERIFY(f.setUp());
    const QString version = f.commitApp(u"one"_s);
    VERIFY(f.deploy(u"staging"_s, version));
    const QList<pid_t> before = f.processes();
    ::kill(f.daemonPid(), SIGKILL);
    QTRY_VERIFY_WITH_TIMEOUT(f.environment(u"staging"_s).state == EnvironmentState::Running, 20000);
    QCOMPARE(f.processes(), before); // adopted, not started again
    QCOMPARE(f.fetch(u"staging"_s), "one|staging|v1|"_ba);
}

void TestSurvival::shimKilled()
{
    DaemonFixture f;
    VERIFY(f.setUp());
    const QString version = f.commitApp(u"one"_s);
    VERIFY(f.deploy(u"staging"_s, version));
    const pid_t shim = shimOf(f);
    QVERIFY(shim > 0);
    const QList<pid_t> before = f.processes();
    ::kill(shim, SIGKILL);
    QTRY_VERIFY_WITH_TIMEOUT(shimOf(f) > 0 && shimOf(f) != shim, 20000);
    QTRY_COMPARE_WITH_TIMEOUT(f.fetch(u"staging"_s), "one|staging|v1|"_ba, 20000);
    const QList<pid_t> after = f.processes();
    for (const pid_t pid : before)
        QVERIFY(!after.contains(pid));
}

void TestSurvival::anotherBoot()
{
    DaemonFixture f;
    VERIFY(f.setUp());
    const QString version = f.commitApp(u"one"_s);
    VERIFY(f.deploy(u"production"_s, version));
    VERIFY(f.deploy(u"staging"_s, version));
    VERIFY(f.wait(f.provider().suspend(f.ticket(), u"shop"_s, u"staging"_s)));
    const QList<pid_t> before = f.processes();
    f.endDaemon();
    const QString bootFile = f.home() + u"/boot"_s;
    QFile file(bootFile);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("another-boot\n");
    file.close();
    qputenv("SLIPWAY_BOOT_ID_FILE", QFile::encodeName(bootFile));
    f.newProvider();
    QTRY_COMPARE_WITH_TIMEOUT(f.fetch(u"production"_s), "one|production|v1|"_ba, 20000);
    QVERIFY(f.environment(u"staging"_s).state == EnvironmentState::Suspended);
    const QList<pid_t> after = f.processes();
    for (const pid_t pid : before)
        QVERIFY(!after.contains(pid));
    qunsetenv("SLIPWAY_BOOT_ID_FILE");
}

void TestSurvival::newerState()
{
    DaemonFixture f;
    f.commitApp(u"one"_s);
    VERIFY(f.setUp());
    f.endDaemon();
    const QString path = f.home() + u"/local/pipelines/shop/environments/staging/environment.json"_s;
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QJsonObject json = QJsonDocument::fromJson(file.readAll()).object();
    file.close();
    json[u"format"_s] = 99;
    const QByteArray newer = QJsonDocument(json).toJson();
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(newer);
    file.close();
    f.newProvider();
    const auto seen = f.wait(f.provider().observe(u"shop"_s));
    QVERIFY(!seen);
    QVERIFY(seen.error().kind() == Error::Kind::Unsupported);
    QVERIFY(seen.error().message().contains(path) && seen.error().message().contains(u"newer"_s));
    QVERIFY(!f.wait(f.provider().removePipeline(f.ticket(), u"shop"_s)));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), newer);
}

void TestSurvival::longHomePath()
{
    DaemonFixture f(u"/"_s + QString(90, u'a') + u"/"_s + QString(90, u'b'));
    VERIFY(f.setUp());
    const QString version = f.commitApp(u"one"_s);
    VERIFY(f.deploy(u"staging"_s, version));
    QCOMPARE(f.fetch(u"staging"_s), "one|staging|v1|"_ba);
    VERIFY(f.wait(f.provider().shutDown(f.ticket(), u"shop"_s, u"staging"_s)));
    QTRY_VERIFY(f.processes().isEmpty());
}

void TestSurvival::missingDaemon()
{
    DaemonFixture f;
    qputenv("SLIPWAY_LIBEXEC", "/nonexistent");
    const auto seen = f.wait(f.provider().pipelines());
    QVERIFY(!seen);
    QVERIFY(seen.error().kind() == Error::Kind::NotFound);
    QVERIFY(seen.error().message().contains(u"/nonexistent/slipwayd"_s));
    qputenv("SLIPWAY_LIBEXEC", SLIPWAY_TEST_LIBEXEC);
    VERIFY(f.wait(f.provider().pipelines()));
}

QTEST_GUILESS_MAIN(TestSurvival)
#include "tst_survival.moc"
