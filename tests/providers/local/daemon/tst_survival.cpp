// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemonfixture.h"

#include <QDir>
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
    void productionComesBackFirst();
    void daemonKilledWhileSuspending();
    void oldLogsGo();
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
    const auto snapshot = f.wait(f.provider().observe(u"shop"_s, {}, {}));
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
    VERIFY(f.wait(f.provider().suspend(f.ticket(), u"shop"_s, u"staging"_s, false)));
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

void TestSurvival::productionComesBackFirst()
{
    DaemonFixture f;
    VERIFY(f.setUp());
    const QString version = f.commitApp(u"one"_s);
    VERIFY(f.wait(f.provider().clone(f.ticket(), {u"shop"_s, u"staging"_s, u"dev1"_s, DataChoice::None}, {})));
    const QStringList all{u"production"_s, u"staging"_s, u"dev1"_s}; // as they are to come, not as they are sorted
    for (const QString &name : all)
        VERIFY(f.deploy(name, version));
    f.endDaemon();
    QFile file(f.home() + u"/boot"_s);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("another-boot\n");
    file.close();
    qputenv("SLIPWAY_BOOT_ID_FILE", QFile::encodeName(file.fileName()));
    f.newProvider();
    for (const QString &name : all)
        QTRY_COMPARE_WITH_TIMEOUT(f.fetch(name), u"one|%1|v1|"_s.arg(name).toUtf8(), 30000);
    qunsetenv("SLIPWAY_BOOT_ID_FILE");
    QDateTime before;
    for (const QString &name : all) {
        const QDir runs(f.home() + u"/local/pipelines/shop/environments/%1/runs"_s.arg(name));
        const QStringList folders = runs.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        QCOMPARE(folders.size(), 1);
        const QDateTime started = QFileInfo(runs.filePath(folders.first() + u"/spec.json"_s)).lastModified();
        QVERIFY2(!before.isValid() || before < started, qPrintable(name)); // one after the other
        before = started;
    }
}

void TestSurvival::daemonKilledWhileSuspending()
{
    DaemonFixture f;
    VERIFY(f.setUp());
    const QString version = f.commitApp(u"one"_s);
    VERIFY(f.deploy(u"staging"_s, version));
    ::kill(f.daemonPid(), SIGKILL);
    // As it is on disk between the two halves of a suspend: it is to sleep, and its processes still run.
    QFile file(f.home() + u"/local/pipelines/shop/environments/staging/environment.json"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QJsonObject json = QJsonDocument::fromJson(file.readAll()).object();
    file.close();
    QVERIFY(json[u"wanted"_s].toBool());
    json[u"wanted"_s] = false;
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QJsonDocument(json).toJson());
    file.close();
    f.newProvider();
    QVERIFY(f.environment(u"staging"_s).state == EnvironmentState::Suspended);
    QTRY_VERIFY(f.processes().isEmpty());
}

void TestSurvival::oldLogsGo()
{
    DaemonFixture f;
    VERIFY(f.setUp());
    f.endDaemon();
    const QString folder = f.home() + u"/local/pipelines/shop/environments/staging/logs"_s;
    const QDate today = QDateTime::currentDateTimeUtc().date();
    const auto name = [&today](const QString &process, int days, const QString &suffix = {}) {
        return u"%1-%2.log%3"_s.arg(process, today.addDays(-days).toString(u"yyyyMMdd"_s), suffix);
    };
    const QStringList stay{name(u"build"_s, 8), name(u"web.1"_s, 0), name(u"web.1"_s, 5), name(u"web.1"_s, 5, u".4"_s),
                           u"notes.txt"_s};
    const QStringList go{name(u"build"_s, 31), name(u"web.1"_s, 8), name(u"web.1"_s, 8, u".4"_s),
                         name(u"worker.2"_s, 400)};
    for (const QString &one : stay + go) {
        QFile file(folder + u'/' + one);
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
    f.newProvider();
    VERIFY(f.wait(f.provider().pipelines()));
    for (const QString &one : go)
        QTRY_VERIFY2(!QFile::exists(folder + u'/' + one), qPrintable(one));
    for (const QString &one : stay)
        QVERIFY2(QFile::exists(folder + u'/' + one), qPrintable(one));
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
    const auto seen = f.wait(f.provider().observe(u"shop"_s, {}, {}));
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
