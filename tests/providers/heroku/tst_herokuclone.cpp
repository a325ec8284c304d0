// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "herokufixture.h"

using namespace Qt::StringLiterals;
using namespace Slipway;

/// A new dev environment from staging: what is copied, what is not, and that nothing is left of one that failed.
class TestHerokuClone final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void configOfAClone();
    void clonesAndRuns();
    void sameTicketClonesOnce();
    void nameTaken();
    void badName_data();
    void badName();
    void failsAtAStep_data();
    void failsAtAStep();
    void lostAnswer_data();
    void lostAnswer();

private:
    static CloneSpec spec(const HerokuFixture &f)
    {
        CloneSpec wanted;
        wanted.pipeline = f.pipeline();
        wanted.from = u"shop-staging"_s;
        wanted.name = u"shop-dev1"_s;
        return wanted;
    }
    static QJsonObject staging()
    {
        return {{u"config"_s,
                 QJsonObject{{u"GREETING"_s, u"hello"_s}, {u"OWN_URL"_s, u"https://shop-staging.herokuapp.com/api"_s}}},
                {u"processes"_s, QJsonObject{{u"web"_s, u"npm start"_s}, {u"worker"_s, u"npm run jobs"_s}}}};
    }
};

void TestHerokuClone::configOfAClone()
{
    using namespace Heroku;
    App source;
    source.name = u"shop-staging"_s;
    source.address = QUrl(u"https://shop-staging-1.herokuapp.com/"_s);
    App clone;
    clone.address = QUrl(u"https://shop-dev1-2.herokuapp.com/"_s);
    const QString address = u"postgres:"_s + u"//user:word@host/db"_s;
    Addon database;
    database.configKeys = QStringList{u"DATABASE_URL"_s};
    const ConfigValues original{{u"DATABASE_URL"_s, address},
                                {u"REPORTS"_s, u"jdbc:"_s + address + u"?ssl"_s},
                                {u"HOST"_s, u"https://shop-staging-1.herokuapp.com/x"_s},
                                {u"SLIPWAY_SUSPENDED"_s, u"web=1:"_s},
                                {u"HEROKU_APP_NAME"_s, u"shop-staging"_s},
                                {u"GREETING"_s, u"hello"_s}};
    const ConfigValues copied = configForClone(original, {database}, source, clone);
    QCOMPARE(copied,
             (ConfigValues{{u"GREETING"_s, u"hello"_s}, {u"HOST"_s, u"https://shop-dev1-2.herokuapp.com/x"_s}}));
}

void TestHerokuClone::clonesAndRuns()
{
    HerokuFixture f;
    f.seed(staging());
    const Environment model = f.environment(u"shop-staging"_s);
    VERIFY(f.wait(f.provider().clone(f.ticket(), spec(f), {})));
    DeploySpec code;
    code.pipeline = f.pipeline();
    code.environment = u"shop-dev1"_s;
    code.artifactOf = u"shop-staging"_s;
    code.artifact = model.release->artifact;
    VERIFY(f.wait(f.provider().deploy(f.ticket(), code, {})));
    const Environment clone = f.environment(u"shop-dev1"_s);
    QCOMPARE(int(clone.stage), int(Stage::Development));
    QCOMPARE(toString(clone.state), toString(EnvironmentState::Running));
    QCOMPARE(clone.release->artifact, model.release->artifact);
    QVERIFY2(clone.clonedFrom.startsWith(u"shop-staging v"_s), qPrintable(clone.clonedFrom));
    QVERIFY(clone.address.isValid() && clone.address != model.address);
    QCOMPARE(clone.config.value(u"GREETING"_s), model.config.value(u"GREETING"_s));
    QVERIFY2(clone.config.contains(u"DATABASE_URL"_s), "an add-on of its own");
    QCOMPARE(clone.config.value(u"DATABASE_URL"_s), model.config.value(u"DATABASE_URL"_s)); // of the same kind …
    const auto own = f.wait(f.provider().config(f.pipeline(), u"shop-dev1"_s));
    const auto staging = f.wait(f.provider().config(f.pipeline(), u"shop-staging"_s));
    QVERIFY2(own && staging && own->value(u"DATABASE_URL"_s) != staging->value(u"DATABASE_URL"_s),
             "… and never staging's database");
    QCOMPARE(clone.processes.size(), 2);
    QCOMPARE(f.violations(), QString());
}

void TestHerokuClone::sameTicketClonesOnce()
{
    HerokuFixture f;
    f.seed(staging());
    const Ticket ticket = f.ticket();
    VERIFY(f.wait(f.provider().clone(ticket, spec(f), {})));
    const qsizetype effects = f.effects().size();
    f.newProvider();
    VERIFY(f.wait(f.provider().clone(ticket, spec(f), {})));
    QCOMPARE(f.effects(u"app"_s).size(), 1);
    QCOMPARE(f.effects(u"addon"_s).size(), 1);
    QVERIFY(f.effects().size() - effects <= 1);
}

void TestHerokuClone::nameTaken()
{
    HerokuFixture f;
    f.seed({{u"development"_s, u"shop-dev1"_s}});
    const auto cloned = f.wait(f.provider().clone(f.ticket(), spec(f), {}));
    QVERIFY(!cloned);
    QCOMPARE(Error::kindName(cloned.error().kind()), u"conflict"_s);
    QVERIFY2(cloned.error().text().contains(u"shop-dev1-2"_s), "a name that may be free is proposed");
    QVERIFY2(f.environment(u"shop-dev1"_s).release, "and the one that bears it is left alone");
}

void TestHerokuClone::badName_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("short") << u"ab"_s;
    QTest::newRow("upper case") << u"Shop"_s;
    QTest::newRow("long") << QString(31, u'a');
    QTest::newRow("hyphen last") << u"shop-"_s;
    QTest::newRow("digit first") << u"1shop"_s;
}

void TestHerokuClone::badName()
{
    QFETCH(QString, name);
    HerokuFixture f;
    f.seed();
    CloneSpec wanted = spec(f);
    wanted.name = name;
    const auto cloned = f.wait(f.provider().clone(f.ticket(), wanted, {}));
    QVERIFY(!cloned);
    QCOMPARE(Error::kindName(cloned.error().kind()), u"invalid"_s);
    QVERIFY(cloned.error().message().contains(name));
    QVERIFY(f.effects().isEmpty());
}

void TestHerokuClone::failsAtAStep_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("path");
    QTest::newRow("mark") << u"PATCH"_s << u"/config-vars$"_s;
    QTest::newRow("features") << u"GET"_s << u"/features$"_s;
    QTest::newRow("add-ons") << u"POST"_s << u"/addons$"_s;
    QTest::newRow("attachments") << u"GET"_s << u"/addon-attachments$"_s;
    QTest::newRow("place in the pipeline") << u"POST"_s << u"^/pipeline-couplings$"_s;
}

void TestHerokuClone::failsAtAStep()
{
    QFETCH(QString, method);
    QFETCH(QString, path);
    HerokuFixture f;
    f.seed(staging());
    f.fault({{u"method"_s, method},
             {u"path"_s, path},
             {u"status"_s, 422},
             {u"id"_s, u"invalid_params"_s},
             {u"message"_s, u"The plan is closed"_s}});
    const auto cloned = f.wait(f.provider().clone(f.ticket(), spec(f), {}));
    QVERIFY(!cloned);
    QVERIFY2(cloned.error().text().contains(u"The plan is closed"_s), qPrintable(cloned.error().text()));
    const QJsonObject world = f.control("GET", u"world"_s).toObject();
    for (const auto &app : world.value(u"apps"_s).toObject())
        QVERIFY2(app.toObject().value(u"name"_s).toString() != u"shop-dev1", "nothing of it is left");
}

void TestHerokuClone::lostAnswer_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("app") << u"^/apps$"_s;
    QTest::newRow("add-on") << u"/addons$"_s;
    QTest::newRow("place in the pipeline") << u"^/pipeline-couplings$"_s;
}

void TestHerokuClone::lostAnswer()
{
    QFETCH(QString, path);
    HerokuFixture f;
    f.seed(staging());
    f.fault({{u"method"_s, u"POST"_s}, {u"path"_s, path}, {u"times"_s, 1}, {u"drop"_s, u"after"_s}});
    VERIFY(f.wait(f.provider().clone(f.ticket(), spec(f), {})));
    QCOMPARE(f.effects(u"app"_s).size(), 1);
    QCOMPARE(f.effects(u"addon"_s).size(), 1);
    QCOMPARE(f.effects(u"coupling"_s).size(), 1);
}

QTEST_GUILESS_MAIN(TestHerokuClone)
#include "tst_herokuclone.moc"
