// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemonfixture.h"

#include <QDir>
#include <QProcess>

using namespace Qt::StringLiterals;
using namespace Slipway;

/// Applications as people have them, built and run by the real thing.
class TestApplications final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void applications_data();
    void applications();
    void sample();
};

void TestApplications::applications_data()
{
    QTest::addColumn<QString>("folder");
    for (const char *name : {"python", "node", "compiled"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestApplications::applications()
{
    QFETCH(QString, folder);
    if (folder == u"node" && QStandardPaths::findExecutable(u"npm"_s).isEmpty())
        QSKIP("npm is not installed");
    DaemonFixture f;
    const QString apps = QStringLiteral(SLIPWAY_TEST_SOURCE) + u"/tests/apps/"_s + folder;
    QCOMPARE(QProcess::execute(u"cp"_s, {u"-R"_s, apps + u"/."_s, f.repository()}), 0);
    f.git({u"add"_s, u"-A"_s});
    f.git({u"commit"_s, u"-q"_s, u"-m"_s, u"Take the application over"_s});
    VERIFY(f.setUp());
    VERIFY(f.deploy(u"staging"_s, u"main"_s));
    QVERIFY(f.environment(u"staging"_s).state == EnvironmentState::Running);
    QVERIFY(!f.fetch(u"staging"_s).isEmpty());
    VERIFY(f.wait(f.provider().clone(f.ticket(), {u"shop"_s, u"staging"_s, u"dev1"_s, DataChoice::Copy}, {})));
    DeploySpec same;
    same.pipeline = u"shop"_s;
    same.environment = u"dev1"_s;
    same.artifactOf = u"staging"_s;
    VERIFY(f.deploy(f.ticket(), same));
    QVERIFY(!f.fetch(u"dev1"_s).isEmpty());
}

void TestApplications::sample()
{
    DaemonFixture f;
    const QString repository = f.home() + u"/sample"_s;
    QCOMPARE(
        QProcess::execute(QStringLiteral(SLIPWAY_TEST_SOURCE) + u"/resources/sample/make-repository"_s, {repository}),
        0);
    VERIFY(f.wait(f.provider().setUpPipeline(f.ticket(), u"shop"_s, repository)));
    VERIFY(f.deploy(u"production"_s, u"main"_s));
    VERIFY(f.deploy(u"staging"_s, u"main"_s));
    QVERIFY(f.fetch(u"staging"_s).contains("staging"));
    const auto changes = f.wait(f.provider().changes(u"shop"_s, {}));
    VERIFY(changes);
    QCOMPARE(changes->size(), 3);
    int live = 0;
    for (const Change &change : *changes) {
        const QString name = u"dev%1"_s.arg(changes->indexOf(change) + 1);
        VERIFY(f.wait(f.provider().clone(f.ticket(), {u"shop"_s, u"staging"_s, name, DataChoice::Copy}, {})));
        const auto released = f.deploy(name, change.head);
        live += released ? 1 : 0;
        QVERIFY(f.environment(name).state == (released ? EnvironmentState::Running : EnvironmentState::Crashed));
    }
    QCOMPARE(live, 2); // the third one crashes at its start: that is what it is there for
}

QTEST_GUILESS_MAIN(TestApplications)
#include "tst_applications.moc"
