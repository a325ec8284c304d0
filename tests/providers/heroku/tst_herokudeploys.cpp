// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "herokufixture.h"

using namespace Qt::StringLiterals;
using namespace Slipway;

/// Builds, promotions, roll-backs and what a board does with an app, each against the stand-in.
class TestHerokuDeploys final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void buildsAndGoesLive();
    void sameTicketBuildsOnce();
    void buildFails();
    void releasePhaseFails();
    void crashesAtStart();
    void promotesTheIdenticalSlug();
    void promotionOfSomethingElse();
    void promotionTwiceIsOnce();
    void promotionRefused();
    void promotionFails();
    void containersAreNotPromoted();
    void rollsBack_data();
    void rollsBack();
    void suspendsAndResumes();
    void suspendsBehindAPage();
    void replacesData();
    void restarts();
    void patchesConfig();
    void shutsDown();
    void runsACommand();
    void makesAReviewApp();

private:
    static DeploySpec build(HerokuFixture &f, const QString &environment);
    static DeploySpec promotion(HerokuFixture &f);
};

DeploySpec TestHerokuDeploys::build(HerokuFixture &f, const QString &environment)
{
    DeploySpec spec;
    spec.pipeline = f.pipeline();
    spec.environment = environment;
    spec.version = QString(40, u'a');
    spec.archive = f.archive();
    spec.change.title = u"Faster totals"_s;
    spec.change.branch = u"ada/totals [1]"_s;
    spec.change.number = 482;
    spec.change.author = u"Ada Lovelace"_s;
    return spec;
}

DeploySpec TestHerokuDeploys::promotion(HerokuFixture &f)
{
    DeploySpec spec;
    spec.pipeline = f.pipeline();
    spec.environment = u"shop-production"_s;
    spec.artifactOf = u"shop-staging"_s;
    spec.artifact = f.environment(u"shop-staging"_s).release->artifact;
    return spec;
}

void TestHerokuDeploys::buildsAndGoesLive()
{
    HerokuFixture f;
    f.seed({{u"development"_s, u"shop-dev1"_s}});
    QStringList told;
    const auto release = f.wait(
        f.provider().deploy(f.ticket(), build(f, u"shop-dev1"_s), [&told](const QString &text) { told.append(text); }));
    VERIFY(release);
    const Environment live = f.environment(u"shop-dev1"_s);
    QCOMPARE(live.release->number, release->number);
    QCOMPARE(live.release->version, QString(40, u'a'));
    QCOMPARE(live.release->change.title, u"Faster totals"_s); // without the mark that it was signed with
    QCOMPARE(live.release->change.branch, u"ada/totals [1]"_s); // which tells the whole team whose work it is
    QCOMPARE(live.release->change.number, std::optional(482));
    QCOMPARE(live.release->change.author, u"Ada Lovelace"_s);
    QCOMPARE(toString(live.state), toString(EnvironmentState::Running));
    QVERIFY2(told.size() > 1 && told.join(u' ').contains(u"Building"_s), qPrintable(told.join(u'|')));
    QCOMPARE(f.effects(u"build"_s).size(), 1);
    QCOMPARE(f.violations(), QString());
}

void TestHerokuDeploys::sameTicketBuildsOnce()
{
    HerokuFixture f;
    f.seed({{u"development"_s, u"shop-dev1"_s}});
    const Ticket ticket = f.ticket();
    const auto first = f.wait(f.provider().deploy(ticket, build(f, u"shop-dev1"_s), {}));
    VERIFY(first);
    f.newProvider(); // the next process asks again, not knowing how the first one ended
    const auto second = f.wait(f.provider().deploy(ticket, build(f, u"shop-dev1"_s), {}));
    VERIFY(second);
    QCOMPARE(second->number, first->number);
    QCOMPARE(f.effects(u"build"_s).size(), 1);
}

void TestHerokuDeploys::buildFails()
{
    HerokuFixture f;
    f.seed();
    const int before = f.environment(u"shop-staging"_s).release->number;
    f.state({{u"action"_s, u"set"_s},
             {u"app"_s, u"shop-staging"_s},
             {u"set"_s, QJsonObject{{u"next_build"_s, u"npm ERR! missing script: build"_s}}}});
    const auto release = f.wait(f.provider().deploy(f.ticket(), build(f, u"shop-staging"_s), {}));
    QVERIFY(!release);
    QCOMPARE(Error::kindName(release.error().kind()), u"failed"_s);
    QVERIFY2(release.error().detail().contains(u"missing script"_s), qPrintable(release.error().detail()));
    QCOMPARE(f.environment(u"shop-staging"_s).release->number, before);
}

void TestHerokuDeploys::releasePhaseFails()
{
    HerokuFixture f;
    f.seed({{u"processes"_s, QJsonObject{{u"web"_s, u"npm start"_s}, {u"release"_s, u"migrate"_s}}}});
    const DeploySpec spec = promotion(f);
    const int before = f.environment(u"shop-production"_s).release->number;
    f.state({{u"action"_s, u"set"_s},
             {u"app"_s, u"shop-production"_s},
             {u"set"_s, QJsonObject{{u"next_release"_s, true}}}});
    const auto release = f.wait(f.provider().deploy(f.ticket(), spec, {}));
    QVERIFY(!release);
    QVERIFY2(release.error().message().contains(u"release phase"_s), qPrintable(release.error().text()));
    QVERIFY2(release.error().detail().contains(u"migrate"_s), qPrintable(release.error().detail()));
    QCOMPARE(f.environment(u"shop-production"_s).release->number, before);
}

void TestHerokuDeploys::crashesAtStart()
{
    HerokuFixture f;
    f.seed();
    f.state({{u"action"_s, u"crash_on_boot"_s}, {u"app"_s, u"shop-production"_s}});
    const auto release = f.wait(f.provider().deploy(f.ticket(), promotion(f), {}));
    QVERIFY(!release);
    QVERIFY2(release.error().message().contains(u"crashed"_s), qPrintable(release.error().text()));
}

void TestHerokuDeploys::promotesTheIdenticalSlug()
{
    HerokuFixture f;
    f.seed();
    const DeploySpec spec = promotion(f);
    f.forgetRequests();
    const auto release = f.wait(f.provider().deploy(f.ticket(), spec, {}));
    VERIFY(release);
    QCOMPARE(release->artifact, spec.artifact);
    bool named = false;
    for (const auto &one : f.requests()) {
        const QJsonObject request = one.toObject();
        if (request.value(u"method"_s).toString() == u"POST")
            named = QJsonDocument::fromVariant(request.toVariantMap()).toJson().contains("release");
    }
    QVERIFY2(named, "the very release that was looked at is named");
    QCOMPARE(f.environment(u"shop-production"_s).release->artifact, spec.artifact);
    QCOMPARE(f.effects(u"promotion"_s).size(), 1);
    QCOMPARE(f.violations(), QString());
}

void TestHerokuDeploys::promotionOfSomethingElse()
{
    HerokuFixture f;
    f.seed();
    const DeploySpec spec = promotion(f);
    f.state({{u"action"_s, u"release"_s}, {u"app"_s, u"shop-staging"_s}, {u"commit"_s, QString(40, u'f')}});
    const auto release = f.wait(f.provider().deploy(f.ticket(), spec, {}));
    QVERIFY(!release);
    QCOMPARE(Error::kindName(release.error().kind()), u"conflict"_s);
    QVERIFY(f.effects(u"promotion"_s).isEmpty());
}

void TestHerokuDeploys::promotionTwiceIsOnce()
{
    HerokuFixture f;
    f.seed();
    const DeploySpec spec = promotion(f);
    const Ticket ticket = f.ticket();
    VERIFY(f.wait(f.provider().deploy(ticket, spec, {})));
    f.newProvider();
    VERIFY(f.wait(f.provider().deploy(ticket, spec, {})));
    QCOMPARE(f.effects(u"promotion"_s).size(), 1);
}

void TestHerokuDeploys::promotionRefused()
{
    HerokuFixture f;
    f.seed();
    const DeploySpec spec = promotion(f);
    f.fault({{u"method"_s, u"POST"_s},
             {u"path"_s, u"^/pipeline-promotions$"_s},
             {u"status"_s, 403},
             {u"id"_s, u"forbidden"_s},
             {u"message"_s, u"You do not have access"_s}});
    const auto release = f.wait(f.provider().deploy(f.ticket(), spec, {}));
    QVERIFY(!release);
    QVERIFY2(release.error().text().contains(u"may not"_s), qPrintable(release.error().text()));
    QVERIFY(f.effects(u"promotion"_s).isEmpty());
}

void TestHerokuDeploys::promotionFails()
{
    HerokuFixture f;
    f.seed();
    const DeploySpec spec = promotion(f);
    f.state({{u"action"_s, u"set"_s},
             {u"app"_s, u"shop-production"_s},
             {u"set"_s, QJsonObject{{u"next_promotion"_s, u"Could not verify slug checksum"_s}}}});
    const auto release = f.wait(f.provider().deploy(f.ticket(), spec, {}));
    QVERIFY(!release);
    QVERIFY2(release.error().message().contains(u"checksum"_s), qPrintable(release.error().text()));
}

void TestHerokuDeploys::containersAreNotPromoted()
{
    HerokuFixture f;
    f.seed();
    const DeploySpec spec = promotion(f);
    f.fault({{u"method"_s, u"GET"_s},
             {u"path"_s, u"^/apps/shop-staging$"_s},
             {u"set"_s, QJsonObject{{u"stack.name"_s, u"container"_s}}}});
    const auto release = f.wait(f.provider().deploy(f.ticket(), spec, {}));
    QVERIFY(!release);
    QCOMPARE(Error::kindName(release.error().kind()), u"unsupported"_s);
    QVERIFY(!release.error().remedy().isEmpty());
}

void TestHerokuDeploys::rollsBack_data()
{
    QTest::addColumn<bool>("withConfig");
    QTest::newRow("with its config") << true;
    QTest::newRow("code only") << false;
}

void TestHerokuDeploys::rollsBack()
{
    QFETCH(bool, withConfig);
    HerokuFixture f;
    f.seed();
    const Environment before = f.environment(u"shop-staging"_s);
    const auto history = f.observe(); // the one before holds the first change
    f.newProvider();
    const auto snapshot = f.wait(f.provider().observe(f.pipeline(), {}, {}));
    VERIFY(snapshot);
    const QList<Release> releases = snapshot->releases.value(u"shop-staging"_s);
    QVERIFY(releases.size() >= 2);
    const Release wanted = releases.at(1);
    const Ticket ticket = f.ticket();
    const auto back =
        f.wait(f.provider().rollBack(ticket, f.pipeline(), u"shop-staging"_s, wanted.number, withConfig, {}));
    VERIFY(back);
    QCOMPARE(back->artifact, wanted.artifact);
    VERIFY(f.wait(f.provider().rollBack(ticket, f.pipeline(), u"shop-staging"_s, wanted.number, withConfig, {})));
    QCOMPARE(f.effects(u"release"_s).size(), 1);
    QCOMPARE(f.violations(), QString());
}

void TestHerokuDeploys::suspendsAndResumes()
{
    HerokuFixture f;
    f.seed({{u"processes"_s, QJsonObject{{u"web"_s, u"npm start"_s}, {u"worker"_s, u"npm run jobs"_s}}}});
    VERIFY(f.wait(f.provider().suspend(f.ticket(), f.pipeline(), u"shop-staging"_s, false)));
    QCOMPARE(toString(f.environment(u"shop-staging"_s).state), toString(EnvironmentState::Suspended));
    VERIFY(f.wait(
        f.provider().suspend(f.ticket(), f.pipeline(), u"shop-staging"_s, false))); // again: what ran is not forgotten
    VERIFY(f.wait(f.provider().resume(f.ticket(), f.pipeline(), u"shop-staging"_s)));
    const Environment back = f.environment(u"shop-staging"_s);
    QCOMPARE(toString(back.state), toString(EnvironmentState::Running));
    QCOMPARE(back.processes.size(), 2);
    QCOMPARE(f.violations(), QString());
}

void TestHerokuDeploys::suspendsBehindAPage()
{
    HerokuFixture f;
    f.seed();
    VERIFY(f.wait(f.provider().suspend(f.ticket(), f.pipeline(), u"shop-staging"_s, true)));
    const Environment asleep = f.environment(u"shop-staging"_s);
    QCOMPARE(toString(asleep.state), toString(EnvironmentState::Suspended));
    QVERIFY2(asleep.stateText.contains(u"maintenance"_s), qPrintable(asleep.stateText));
    VERIFY(f.wait(f.provider().resume(f.ticket(), f.pipeline(), u"shop-staging"_s)));
    const Environment back = f.environment(u"shop-staging"_s);
    QCOMPARE(toString(back.state), toString(EnvironmentState::Running));
    QCOMPARE(back.stateText, QString());
    // One that somebody else put there is not taken away.
    f.state(
        {{u"action"_s, u"set"_s}, {u"app"_s, u"shop-staging"_s}, {u"set"_s, QJsonObject{{u"maintenance"_s, true}}}});
    VERIFY(f.wait(f.provider().suspend(f.ticket(), f.pipeline(), u"shop-staging"_s, false)));
    VERIFY(f.wait(f.provider().resume(f.ticket(), f.pipeline(), u"shop-staging"_s)));
    QVERIFY(f.environment(u"shop-staging"_s).stateText.contains(u"maintenance"_s));
    QCOMPARE(f.violations(), QString());
}

void TestHerokuDeploys::replacesData()
{
    HerokuFixture f;
    f.seed({{u"addons"_s, QJsonArray{u"heroku-postgresql:essential-0"_s}}});
    const Ticket ticket = f.ticket();
    const auto replaced = [&](const Ticket &t) {
        return f.wait(
            f.provider().replaceData(t, f.pipeline(), u"shop-production"_s, u"shop-staging"_s, DataChoice::Copy, {}));
    };
    VERIFY(replaced(ticket));
    VERIFY(replaced(ticket)); // asked again: not copied twice
    QCOMPARE(f.effects(u"transfer"_s).size(), 1);
    f.fault({{u"method"_s, u"POST"_s}, {u"path"_s, u"/transfers$"_s}, {u"times"_s, 1}, {u"drop"_s, u"after"_s}});
    VERIFY(replaced(f.ticket())); // another day's, whose answer is lost
    QCOMPARE(f.effects(u"transfer"_s).size(), 2);
    QCOMPARE(f.environment(u"shop-staging"_s).stateText, QString()); // no page is left over it
    f.state({{u"action"_s, u"fail_transfers"_s}, {u"times"_s, 1}});
    const auto failed = replaced(f.ticket());
    QVERIFY(!failed);
    QVERIFY2(failed.error().remedy().contains(u"may be incomplete"_s), qPrintable(failed.error().remedy()));
    QCOMPARE(f.violations(), QString());
}

void TestHerokuDeploys::restarts()
{
    HerokuFixture f;
    f.seed();
    VERIFY(f.wait(f.provider().restart(f.ticket(), f.pipeline(), u"shop-staging"_s)));
    QCOMPARE(toString(f.environment(u"shop-staging"_s).state), toString(EnvironmentState::Running));
    QCOMPARE(f.violations(), QString());
}

void TestHerokuDeploys::patchesConfig()
{
    HerokuFixture f;
    f.seed({{u"config"_s, QJsonObject{{u"OLD"_s, u"1"_s}}}});
    const Environment before = f.environment(u"shop-staging"_s);
    ConfigPatch patch;
    patch.set.insert(u"GREETING"_s, u"grüß \"Gott\"\n"_s);
    patch.unset.append(u"OLD"_s);
    VERIFY(f.wait(f.provider().patchConfig(f.ticket(), f.pipeline(), u"shop-staging"_s, patch)));
    const auto values = f.wait(f.provider().config(f.pipeline(), u"shop-staging"_s));
    VERIFY(values);
    QCOMPARE(values->value(u"GREETING"_s), u"grüß \"Gott\"\n"_s);
    QVERIFY(!values->contains(u"OLD"_s));
    const Environment after = f.environment(u"shop-staging"_s);
    QCOMPARE(after.release->number, before.release->number + 1); // one release for all of it
    QCOMPARE(after.release->artifact, before.release->artifact);
    QCOMPARE(f.violations(), QString());
}

void TestHerokuDeploys::shutsDown()
{
    HerokuFixture f;
    f.seed({{u"development"_s, u"shop-dev1"_s}});
    const Ticket ticket = f.ticket();
    VERIFY(f.wait(f.provider().shutDown(ticket, f.pipeline(), u"shop-dev1"_s)));
    VERIFY(f.wait(f.provider().shutDown(ticket, f.pipeline(), u"shop-dev1"_s))); // gone already is success
    const auto snapshot = f.observe();
    VERIFY(snapshot);
    QCOMPARE(snapshot->environments.size(), 2);
}

void TestHerokuDeploys::runsACommand()
{
    HerokuFixture f;
    f.seed();
    QByteArray output;
    const auto status = f.wait(f.provider().run(f.pipeline(), u"shop-staging"_s, {u"echo"_s, u"it's here"_s},
                                                [&output](const QByteArray &bytes, bool) { output += bytes; }));
    VERIFY(status);
    QCOMPARE(*status, 0);
    QVERIFY2(output.contains("it'\\''s here"), output); // one word, as the shell takes it apart again
    QCOMPARE(f.effects(u"dyno"_s).size(), 0);
    QCOMPARE(f.violations(), QString());
}

void TestHerokuDeploys::makesAReviewApp()
{
    HerokuFixture f;
    f.seed();
    ReviewSpec spec;
    spec.pipeline = f.pipeline();
    spec.branch = u"faster"_s;
    spec.number = 12;
    spec.version = QString(40, u'a');
    spec.archive = f.archive();
    const auto name = f.wait(f.provider().makeReview(f.ticket(), spec, {}));
    VERIFY(name);
    const Environment review = f.environment(*name);
    QCOMPARE(int(review.stage), int(Stage::Development));
    QVERIFY(review.release);
    QCOMPARE(review.release->change.number.value_or(0), 12);
    f.newProvider();
    const auto again = f.wait(f.provider().makeReview(f.ticket(), spec, {}));
    VERIFY(again);
    QCOMPARE(*again, *name);
    QCOMPARE(f.effects(u"review_app"_s).size(), 1);
    VERIFY(f.wait(f.provider().shutDown(f.ticket(), f.pipeline(), *name)));
    const Environment left = f.environment(*name); // it goes in its own time
    QVERIFY2(left.name.isEmpty() || left.stateText.contains(u"shut down"_s), qPrintable(left.stateText));
    QCOMPARE(f.violations(), QString());
}

QTEST_GUILESS_MAIN(TestHerokuDeploys)
#include "tst_herokudeploys.moc"
