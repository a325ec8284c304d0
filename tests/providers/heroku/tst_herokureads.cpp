// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "herokufixture.h"

using namespace Qt::StringLiterals;
using namespace Slipway;

/// What the board shows of a pipeline at Heroku, and what it costs to look.
class TestHerokuReads final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whoseToken();
    void pipelines();
    void everythingOfAPipeline();
    void nothingChanged();
    void someAlone();
    void saysWhatTheTokenMayDo();
    void oneChanged();
    void configIsNoCode();
    void failedReleaseIsSaidOnce();
    void crashedAndAsleep();
    void suspendedElsewhere();
    void somebodyElsesDeploy();
    void manyApps_data();
    void manyApps();
    void reviewApps();
    void failedReviewApp_data();
    void failedReviewApp();
    void goneApp();
    void wrongToken();
    void withoutToken();
    void emptyPipeline();
    void ownDomainAndPlatform();
};

namespace {

int counted(const QJsonArray &requests)
{
    return int(requests.size());
}

} // namespace

void TestHerokuReads::whoseToken()
{
    HerokuFixture f;
    const auto facts = f.wait(f.provider().facts(true));
    VERIFY(facts);
    QVERIFY2(facts->who.contains(u'@'), qPrintable(facts->who));
    QVERIFY(facts->budgetLeft > 0);
    QCOMPARE(facts->budgetTotal, 4500);
    QVERIFY2(counted(f.requests()) <= 2, "it may cost two requests");
    QCOMPARE(f.violations(), QString());
}

void TestHerokuReads::pipelines()
{
    HerokuFixture f;
    f.seed({{u"pipeline"_s, u"shop"_s}});
    f.control("POST", u"seed"_s, {{u"pipeline"_s, u"billing"_s}});
    const auto all = f.wait(f.provider().pipelines());
    VERIFY(all);
    QStringList names;
    for (const RemotePipeline &one : *all)
        names.append(one.name);
    names.sort();
    QCOMPARE(names, (QStringList{u"billing"_s, u"shop"_s}));
    QCOMPARE(f.violations(), QString());
}

void TestHerokuReads::everythingOfAPipeline()
{
    HerokuFixture f;
    const QJsonObject made = f.seed(
        {{u"config"_s, QJsonObject{{u"GREETING"_s, u"hello"_s}, {u"staging"_s, QJsonObject{{u"FLAG"_s, u"1"_s}}}}},
         {u"development"_s, u"shop-dev1"_s}});
    const auto snapshot = f.observe();
    VERIFY(snapshot);
    QCOMPARE(snapshot->environments.size(), 3);
    const Environment staging = f.environment(u"shop-staging"_s);
    QCOMPARE(int(staging.stage), int(Stage::Staging));
    QCOMPARE(toString(staging.state), toString(EnvironmentState::Running));
    QVERIFY(staging.address.isValid());
    QVERIFY(staging.release);
    QCOMPARE(staging.release->artifact,
             made.value(u"apps"_s).toObject().value(u"shop-staging"_s).toObject().value(u"slug"_s).toString());
    QCOMPARE(staging.release->version.size(), 40);
    QCOMPARE(staging.release->change.title, u"Second change"_s);
    QVERIFY(staging.config.contains(u"FLAG"_s) && staging.config.contains(u"GREETING"_s));
    QVERIFY2(!staging.config.value(u"GREETING"_s).contains(u"hello"_s), "values never leave");
    QCOMPARE(staging.processes.value(0).type, u"web"_s);
    const Environment production = f.environment(u"shop-production"_s);
    QCOMPARE(production.config.value(u"GREETING"_s), staging.config.value(u"GREETING"_s));
    QCOMPARE(production.release->change.title, u"First change"_s);
    QVERIFY(!snapshot->releases.value(u"shop-staging"_s).isEmpty());
    QCOMPARE(f.violations(), QString());
}

void TestHerokuReads::nothingChanged()
{
    HerokuFixture f;
    f.seed();
    VERIFY(f.observe());
    f.forgetRequests();
    const auto again = f.observe();
    VERIFY(again);
    QVERIFY2(counted(f.requests()) <= 6, QByteArray::number(counted(f.requests())));
    f.newProvider(); // another process, which knows only what the cache holds
    f.forgetRequests();
    VERIFY(f.observe());
    QVERIFY2(counted(f.requests()) <= 6, QByteArray::number(counted(f.requests())));
    QVERIFY(f.environment(u"shop-staging"_s).release);
}

void TestHerokuReads::someAlone()
{
    HerokuFixture f;
    f.seed({{u"apps"_s, 8}});
    const auto whole = f.observe();
    VERIFY(whole);
    f.forgetRequests();
    const QStringList both{u"shop-staging"_s, u"shop-production"_s};
    auto some = f.wait(f.provider().observe(f.pipeline(), *whole, both));
    VERIFY(some);
    QCOMPARE(counted(f.requests()), 4);
    QCOMPARE(some->environments, whole->environments);
    f.state({{u"action"_s, u"release"_s},
             {u"app"_s, u"shop-staging"_s},
             {u"commit"_s, QString(40, u'c')},
             {u"message"_s, u"Third change"_s}});
    f.state({{u"action"_s, u"delete"_s}, {u"app"_s, u"shop-dev-003"_s}});
    some = f.wait(f.provider().observe(f.pipeline(), *whole, {u"shop-staging"_s, u"shop-dev-003"_s}));
    VERIFY(some);
    QCOMPARE(some->environments.size(), whole->environments.size() - 1);
    QVERIFY(!some->environment(u"shop-dev-003"_s));
    QCOMPARE(some->environment(u"shop-staging"_s)->release->version, QString(40, u'c'));
    // One that is not known: the whole pipeline is looked at.
    some = f.wait(f.provider().observe(f.pipeline(), {}, both));
    VERIFY(some);
    QCOMPARE(some->environments.size(), whole->environments.size() - 1);
    QCOMPARE(f.violations(), QString());
}

void TestHerokuReads::saysWhatTheTokenMayDo()
{
    HerokuFixture f;
    f.seed();
    const auto mine = f.wait(f.provider().facts(true));
    VERIFY(mine);
    QCOMPARE(mine->scopes, QStringList{u"global"_s});
    f.control("POST", u"tokens"_s, {{u"for-apps"_s, QJsonArray{u"read-protected"_s, u"write-protected"_s}}});
    f.newProvider(u"for-apps"_s);
    const auto facts = f.wait(f.provider().facts(true));
    VERIFY(facts);
    QVERIFY(facts->who.isEmpty()); // such a token may not see whose it is
    QCOMPARE(facts->scopes, (QStringList{u"read-protected"_s, u"write-protected"_s}));
    f.control("POST", u"tokens"_s, {{u"for-looking"_s, QJsonArray{u"read"_s}}});
    f.newProvider(u"for-looking"_s);
    const auto refused = f.wait(f.provider().config(f.pipeline(), u"shop-staging"_s));
    QVERIFY(!refused);
    QCOMPARE(Error::kindName(refused.error().kind()), u"blocked"_s);
    QVERIFY2(refused.error().remedy().contains(u"“read”"_s), qPrintable(refused.error().remedy()));
    QVERIFY2(refused.error().remedy().contains(u"read-protected"_s), qPrintable(refused.error().remedy()));
}

void TestHerokuReads::oneChanged()
{
    HerokuFixture f;
    f.seed({{u"apps"_s, 8}});
    VERIFY(f.observe());
    f.state({{u"action"_s, u"release"_s},
             {u"app"_s, u"shop-dev-003"_s},
             {u"commit"_s, QString(40, u'c')},
             {u"message"_s, u"Third change"_s}});
    f.forgetRequests();
    const Environment changed = f.environment(u"shop-dev-003"_s);
    QCOMPARE(changed.release->version, QString(40, u'c'));
    QCOMPARE(changed.release->change.title, u"Third change"_s);
    QVERIFY2(counted(f.requests()) <= 6 + 5, QByteArray::number(counted(f.requests())));
}

void TestHerokuReads::configIsNoCode()
{
    HerokuFixture f;
    f.seed({{u"apps"_s, 8}});
    const Release deployed = *f.environment(u"shop-staging"_s).release;
    QVERIFY(!deployed.deployedAt.isValid());
    const auto change = [&f](int times) {
        for (int i = 0; i < times; ++i)
            f.state({{u"action"_s, u"release"_s},
                     {u"app"_s, u"shop-staging"_s},
                     {u"description"_s, u"Set FLAG config vars"_s},
                     {u"config"_s, QJsonObject{{u"FLAG"_s, QString::number(i)}}}});
        f.forgetRequests();
        return *f.environment(u"shop-staging"_s).release;
    };
    Release now = change(2); // the releases that are read tell it
    QCOMPARE(now.number, deployed.number + 2);
    QCOMPARE(now.deployedAt, deployed.at);
    QCOMPARE(now.codeSince(), deployed.at);
    QCOMPARE(now.change, deployed.change);
    QVERIFY2(counted(f.requests()) <= 6 + 5, QByteArray::number(counted(f.requests())));
    now = change(30); // only Heroku's list of deployments does
    QCOMPARE(now.number, deployed.number + 32);
    QCOMPARE(now.deployedAt, deployed.at);
    QCOMPARE(now.change, deployed.change);
    QVERIFY2(counted(f.requests()) <= 6 + 1 + 5, QByteArray::number(counted(f.requests())));
    f.newProvider(); // what is known stays so
    now = f.environment(u"shop-staging"_s).release.value();
    QCOMPARE(now.codeSince(), deployed.at);
    QCOMPARE(f.violations(), QString());
}

void TestHerokuReads::failedReleaseIsSaidOnce()
{
    HerokuFixture f;
    f.seed({{u"processes"_s, QJsonObject{{u"web"_s, u"npm start"_s}, {u"release"_s, u"migrate"_s}}}});
    const int before = f.environment(u"shop-staging"_s).release->number;
    f.state({{u"action"_s, u"release"_s},
             {u"app"_s, u"shop-staging"_s},
             {u"commit"_s, QString(40, u'd')},
             {u"status"_s, u"failed"_s}});
    const Environment failed = f.environment(u"shop-staging"_s);
    QCOMPARE(failed.release->number, before);
    QVERIFY2(failed.stateText.contains(u"failed"_s), qPrintable(failed.stateText));
    f.forgetRequests();
    QVERIFY(f.environment(u"shop-staging"_s).stateText.contains(u"failed"_s));
    QVERIFY2(counted(f.requests()) <= 6, "it is no news any more");
}

void TestHerokuReads::crashedAndAsleep()
{
    HerokuFixture f;
    f.seed();
    VERIFY(f.observe());
    f.state({{u"action"_s, u"crash"_s}, {u"app"_s, u"shop-production"_s}});
    EnvironmentState seen = EnvironmentState::Unknown;
    for (int look = 0; look < 2 && seen != EnvironmentState::Crashed; ++look) // one app's processes a look, in turn
        seen = f.environment(u"shop-production"_s).state;
    QCOMPARE(toString(seen), toString(EnvironmentState::Crashed));
}

void TestHerokuReads::suspendedElsewhere()
{
    HerokuFixture f;
    f.seed({{u"development"_s, u"shop-dev1"_s}});
    VERIFY(f.observe());
    VERIFY(f.wait(f.provider().suspend(f.ticket(), f.pipeline(), u"shop-dev1"_s, false)));
    f.newProvider(); // a colleague's desktop
    const Environment suspended = f.environment(u"shop-dev1"_s);
    QCOMPARE(toString(suspended.state), toString(EnvironmentState::Suspended));
    QVERIFY2(!suspended.config.contains(u"SLIPWAY_SUSPENDED"_s),
             "Slipway's own marks are no config of the application");
    QCOMPARE(f.violations(), QString());
}

void TestHerokuReads::somebodyElsesDeploy()
{
    HerokuFixture f;
    f.seed({{u"processes"_s, QJsonObject{{u"web"_s, u"npm start"_s}, {u"release"_s, u"migrate"_s}}}});
    f.control("POST", u"settings"_s, {{u"release"_s, 1000}});
    VERIFY(f.observe());
    f.state({{u"action"_s, u"release"_s},
             {u"app"_s, u"shop-staging"_s},
             {u"commit"_s, QString(40, u'e')},
             {u"status"_s, u"pending"_s}});
    const Environment deploying = f.environment(u"shop-staging"_s);
    QCOMPARE(toString(deploying.state), toString(EnvironmentState::Deploying));
    f.state({{u"action"_s, u"finish"_s}});
    QCOMPARE(f.environment(u"shop-staging"_s).release->version, QString(40, u'e'));
}

void TestHerokuReads::manyApps_data()
{
    QTest::addColumn<int>("apps");
    QTest::newRow("1") << 1;
    QTest::newRow("20") << 20;
    QTest::newRow("500") << 500;
}

void TestHerokuReads::manyApps()
{
    QFETCH(int, apps);
    HerokuFixture f;
    f.seed({{u"apps"_s, apps}, {u"addons"_s, QJsonArray()}});
    int looks = 0;
    for (bool whole = false; !whole && looks < 20; ++looks) { // a big pipeline is read in several looks
        const auto snapshot = f.observe();
        VERIFY(snapshot);
        QCOMPARE(snapshot->environments.size(), apps + 2);
        whole = std::all_of(snapshot->environments.cbegin(), snapshot->environments.cend(),
                            [](const Environment &one) { return one.release.has_value(); });
    }
    f.forgetRequests();
    VERIFY(f.observe());
    QVERIFY2(counted(f.requests()) <= 6, QByteArray::number(counted(f.requests())));
}

void TestHerokuReads::reviewApps()
{
    HerokuFixture f;
    f.seed({{u"review"_s, QJsonArray{QJsonObject{{u"branch"_s, u"faster"_s}, {u"pr_number"_s, 12}}}}});
    f.fault({{u"path"_s, u"/review-app-config$"_s},
             {u"set"_s, QJsonObject{{u"destroy_stale_apps"_s, true}, {u"stale_days"_s, 7}}}});
    const auto snapshot = f.observe();
    VERIFY(snapshot);
    int told = 0; // of a dev environment that is no review app Heroku says nothing
    for (const Environment &one : snapshot->environments)
        told += one.stage == Stage::Development && one.stateText == u"Heroku deletes it after 7 days without a deploy.";
    QCOMPARE(told, 1);
    f.forgetRequests();
    VERIFY(f.observe());
    QVERIFY2(counted(f.requests()) <= 6, "the config is asked for once");
}

void TestHerokuReads::failedReviewApp_data()
{
    QTest::addColumn<QString>("phase");
    QTest::addColumn<QString>("said");
    QTest::newRow("app.json") << u"manifest"_s << u"app.json"_s;
    QTest::newRow("build") << u"build"_s << u"build"_s;
    QTest::newRow("postdeploy") << u"postdeploy"_s << u"postdeploy"_s;
}

void TestHerokuReads::failedReviewApp()
{
    QFETCH(QString, phase);
    QFETCH(QString, said);
    HerokuFixture f;
    f.seed();
    f.state({{u"action"_s, u"set"_s},
             {u"set"_s,
              QJsonObject{{u"next_review"_s, QJsonObject{{u"phase"_s, phase}, {u"message"_s, u"Heroku's words"_s}}}}}});
    ReviewSpec spec;
    spec.pipeline = f.pipeline();
    spec.branch = u"faster"_s;
    spec.version = QString(40, u'a');
    spec.archive = f.archive();
    const auto made = f.wait(f.provider().makeReview(f.ticket(), spec, {}));
    QVERIFY(!made);
    QVERIFY2(made.error().detail().contains(said), qPrintable(made.error().detail()));
    const auto snapshot = f.observe();
    VERIFY(snapshot);
    bool shown = false;
    for (const Environment &one : snapshot->environments)
        shown = shown || one.stateText.contains(said);
    QVERIFY2(shown, "its card says in which phase");
}

void TestHerokuReads::goneApp()
{
    HerokuFixture f;
    f.seed({{u"development"_s, u"shop-dev1"_s}});
    VERIFY(f.observe());
    f.state({{u"action"_s, u"delete"_s}, {u"app"_s, u"shop-dev1"_s}});
    const auto snapshot = f.observe();
    VERIFY(snapshot);
    QCOMPARE(snapshot->environments.size(), 2);
}

void TestHerokuReads::wrongToken()
{
    HerokuFixture f;
    f.seed();
    f.newProvider(u"not-a-token"_s);
    const auto snapshot = f.observe();
    QVERIFY(!snapshot);
    QCOMPARE(Error::kindName(snapshot.error().kind()), u"unauthorized"_s);
    QVERIFY(!snapshot.error().text().contains(u"not-a-token"_s));
}

void TestHerokuReads::withoutToken()
{
    HerokuFixture f;
    f.seed();
    f.newProvider(QString());
    QCOMPARE(Error::kindName(f.observe().error().kind()), u"unauthorized"_s);
    QCOMPARE(counted(f.requests()), 0);
}

void TestHerokuReads::emptyPipeline()
{
    HerokuFixture f;
    f.seed({{u"production"_s, QJsonArray()}, {u"staging"_s, QJsonArray()}});
    const auto snapshot = f.observe();
    VERIFY(snapshot);
    QVERIFY(snapshot->environments.isEmpty());
}

void TestHerokuReads::ownDomainAndPlatform()
{
    HerokuFixture f;
    f.seed({{u"domain"_s, u"www.shop.example"_s}});
    f.state({{u"action"_s, u"set"_s},
             {u"app"_s, u"shop-staging"_s},
             {u"set"_s, QJsonObject{{u"stack"_s, u"container"_s}}}});
    const Environment production = f.environment(u"shop-production"_s);
    QCOMPARE(production.address, QUrl(u"https://www.shop.example/"_s));
    QVERIFY2(production.platform.startsWith(u"heroku-"_s), qPrintable(production.platform));
    QVERIFY(production.notPromotable.isEmpty());
    QCOMPARE(f.environment(u"shop-production"_s).address, production.address); // unchanged, and not forgotten
    QVERIFY(!f.environment(u"shop-staging"_s).notPromotable.isEmpty());
}

QTEST_GUILESS_MAIN(TestHerokuReads)
#include "tst_herokureads.moc"
