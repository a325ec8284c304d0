// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene.h"

#include "models/board/moverules.h"

using namespace Slipway;

/// What a row of the table asks for; none: it is refused.
struct Wanted
{
    Wanted() = default;
    explicit Wanted(Intent asked)
        : intent(std::move(asked))
    { }
    std::optional<Intent> intent;
};
Q_DECLARE_METATYPE(Wanted)

class TestMoveRules : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    /// One row per cell of the table in DESIGN section 6, then what a card or its target can be in the way of.
    void moves_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<int>("to");
        QTest::addColumn<QString>("text");
        QTest::addColumn<Wanted>("intent"); // none: not legal
        const int dev = int(Stage::Development), staging = int(Stage::Staging), production = int(Stage::Production);
        const auto promote = [](const QString &from, const QString &to) {
            return Wanted(PromoteIntent{u"shop"_s, from, to, to == u"staging"_s, {}, {}, {}});
        };
        QTest::newRow("dev to dev") << u"dev1"_s << dev << QString() << Wanted();
        QTest::newRow("dev to staging") << u"dev1"_s << staging << u"Deploy Faster checkout to staging"_s
                                        << promote(u"dev1"_s, u"staging"_s);
        QTest::newRow("dev to production") << u"dev1"_s << production << u"Goes to staging first"_s << Wanted();
        QTest::newRow("staging to dev")
            << u"staging"_s << dev << u"Send Coupons back to Omar"_s
            << Wanted(SendBackIntent{u"shop"_s, u"staging"_s, u"dev2"_s, u"production"_s, DataChoice::Copy, {}, {}});
        QTest::newRow("staging to staging") << u"staging"_s << staging << QString() << Wanted();
        QTest::newRow("staging to production") << u"staging"_s << production << u"Promote Coupons to production"_s
                                               << promote(u"staging"_s, u"production"_s);
        QTest::newRow("production to dev")
            << u"production"_s << dev << u"Dev environments are cloned from staging"_s << Wanted();
        QTest::newRow("production to staging")
            << u"production"_s << staging << u"Reset staging to what production runs"_s
            << Wanted(ResetIntent{u"shop"_s, u"staging"_s, u"production"_s, false, DataChoice::None, {}, {}});
        QTest::newRow("production to production") << u"production"_s << production << QString() << Wanted();

        QTest::newRow("gone") << u"dev9"_s << staging << u"This environment is gone"_s << Wanted();
        QTest::newRow("empty") << u"empty"_s << staging << u"empty has no release yet"_s << Wanted();
        QTest::newRow("busy") << u"busy"_s << staging << u"busy is busy: Deploy First to busy"_s << Wanted();
        QTest::newRow("failed before") << u"failed"_s << staging << u"Deploy First to staging"_s
                                       << promote(u"failed"_s, u"staging"_s);
        QTest::newRow("crashed") << u"crashed"_s << staging << u"crashed does not run: web exits at once"_s << Wanted();
        QTest::newRow("asleep") << u"asleep"_s << staging << u"Deploy First to staging"_s
                                << promote(u"asleep"_s, u"staging"_s);
        QTest::newRow("the same") << u"same"_s << staging << u"staging runs this already"_s << Wanted();
    }
    void moves()
    {
        QFETCH(QString, from);
        QFETCH(int, to);
        QFETCH(Wanted, intent);
        Desk desk;
        fill(desk);
        const DropAnswer answer = dropAnswer(*desk.reader, u"shop/"_s + from, Stage(to));
        QTEST(answer.text, "text");
        QCOMPARE(answer.legal, intent.intent.has_value());
        QVERIFY(answer.intent == intent.intent);
    }

    void cleanStagingIsNeitherSentBackNorReset()
    {
        Desk desk;
        fill(desk);
        desk.put({make(u"staging"_s, Stage::Staging, u"ccc"_s, u"Search"_s),
                  make(u"production"_s, Stage::Production, u"ccc"_s, u"Search"_s)});
        const DropAnswer back = dropAnswer(*desk.reader, u"shop/staging"_s, Stage::Development);
        QVERIFY(!back.legal && !back.intent);
        QCOMPARE(back.text, u"Nothing to send back: staging runs what production runs"_s);
        const DropAnswer reset = dropAnswer(*desk.reader, u"shop/production"_s, Stage::Staging);
        QVERIFY(!reset.legal && !reset.intent);
        QCOMPARE(reset.text, u"Staging runs production's release already"_s);
    }

    void aCrashedStagingIsSentBack()
    {
        Desk desk;
        fill(desk);
        Environment staging = make(u"staging"_s, Stage::Staging, u"bbb"_s, u"Coupons"_s);
        staging.state = EnvironmentState::Crashed;
        desk.put({staging, make(u"production"_s, Stage::Production, u"ccc"_s, u"Search"_s)});
        QVERIFY(dropAnswer(*desk.reader, u"shop/staging"_s, Stage::Development).legal);
        QVERIFY(!dropAnswer(*desk.reader, u"shop/staging"_s, Stage::Production).legal);
    }

    void severalChangesOnStagingAreCounted()
    {
        Desk desk;
        fill(desk);
        Comparison drift;
        drift.base = u"ccc"_s;
        drift.head = u"bbb"_s;
        drift.ahead = 2;
        drift.commits = {{u"b2"_s, u"Stack"_s, u"Omar"_s, at(1), u"Coupons"_s},
                         {u"b1"_s, u"Round"_s, u"Ada"_s, at(0), u"Totals"_s}};
        QVERIFY(desk.cache->remember(u"shop"_s, drift));
        QCOMPARE(dropAnswer(*desk.reader, u"shop/staging"_s, Stage::Development).text,
                 u"Send 2 changes back to a dev environment"_s);
    }

    void oneDropGoesToAllProductions()
    {
        Desk desk;
        fill(desk);
        const Environment staging = make(u"staging"_s, Stage::Staging, u"bbb"_s, u"Coupons"_s);
        Environment eu = make(u"eu"_s, Stage::Production, u"ccc"_s, u"Search"_s);
        Environment us = make(u"us"_s, Stage::Production, u"ccc"_s, u"Search"_s);
        us.createdAt = at(1);
        desk.put({staging, eu, us});
        const DropAnswer both = dropAnswer(*desk.reader, u"shop/staging"_s, Stage::Production);
        QCOMPARE(both.text, u"Promote Coupons to 2 production environments"_s);
        QVERIFY(both.intent == Intent(PromoteIntent{u"shop"_s, u"staging"_s, u"eu"_s, false, {}, {}, {u"us"_s}}));
        // The first one has it: what is left is named.
        eu.release = staging.release;
        desk.put({staging, eu, us});
        const DropAnswer rest = dropAnswer(*desk.reader, u"shop/staging"_s, Stage::Production);
        QCOMPARE(rest.text, u"Promote Coupons to us"_s);
        QVERIFY(rest.intent == Intent(PromoteIntent{u"shop"_s, u"staging"_s, u"us"_s, false, {}, {}, {}}));
        us.release = staging.release;
        desk.put({staging, eu, us});
        QCOMPARE(dropAnswer(*desk.reader, u"shop/staging"_s, Stage::Production).text,
                 u"All 2 production environments run this already"_s);
        // One of several may go.
        QVERIFY(shutDownAnswer(*desk.reader, u"shop/us"_s).legal);
    }

    void changesGoToADevEnvironmentOfTheirOwn()
    {
        Desk desk;
        fill(desk);
        Change change;
        change.title = u"Gift cards"_s;
        change.branch = u"gift-cards"_s;
        const QString shop = u"shop"_s;
        const DropAnswer dev = dropAnswer(*desk.reader, shop, change, Stage::Development);
        QVERIFY(dev.legal);
        QCOMPARE(dev.text, u"Clone staging for Gift cards"_s);
        CloneIntent clone;
        clone.pipeline = shop;
        clone.name = u"dev2"_s;
        clone.from = u"staging"_s;
        clone.code.change = u"gift-cards"_s;
        QVERIFY(dev.intent == Intent(clone));
        for (const Stage stage : {Stage::Staging, Stage::Production}) {
            const DropAnswer further = dropAnswer(*desk.reader, shop, change, stage);
            QVERIFY(!further.legal);
            QCOMPARE(further.text, u"Goes to a dev environment first"_s);
        }
        change.branch = u"faster-checkout"_s;
        const DropAnswer carried = dropAnswer(*desk.reader, shop, change, Stage::Development);
        QVERIFY(!carried.legal);
        QCOMPARE(carried.text, u"dev1 carries it already"_s);
        Desk bare;
        QCOMPARE(dropAnswer(*bare.reader, shop, change, Stage::Development).text,
                 u"There is no staging environment to clone"_s);
    }

    void theCornerShutsDown_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("legal");
        QTest::addColumn<QString>("text");
        QTest::newRow("dev") << u"dev1"_s << true << u"Shut down dev1"_s;
        QTest::newRow("crashed") << u"crashed"_s << true << u"Shut down crashed"_s;
        QTest::newRow("half made") << u"empty"_s << true << u"Shut down empty"_s;
        QTest::newRow("staging") << u"staging"_s << true << u"Shut down staging"_s;
        QTest::newRow("the only production") << u"production"_s << false << u"The only production environment stays"_s;
        QTest::newRow("busy") << u"busy"_s << false << u"busy is busy: Deploy First to busy"_s;
        QTest::newRow("gone") << u"dev9"_s << false << u"This environment is gone"_s;
    }
    void theCornerShutsDown()
    {
        QFETCH(QString, name);
        QFETCH(bool, legal);
        Desk desk;
        fill(desk);
        const DropAnswer answer = shutDownAnswer(*desk.reader, u"shop/"_s + name);
        QTEST(answer.text, "text");
        QTEST(answer.legal, "legal");
        const LifecycleIntent shutDown{u"shop"_s, name, LifecycleAction::ShutDown, {}};
        QVERIFY(answer.intent == (legal ? std::optional<Intent>(shutDown) : std::nullopt));
    }

    void onlyABranchThatLacksStagingIsUpdated()
    {
        Desk desk;
        fill(desk);
        Environment dev = make(u"dev1"_s, Stage::Development, u"aaa"_s, u"Faster checkout"_s);
        dev.behind = 2;
        const Environment staging = make(u"staging"_s, Stage::Staging, u"bbb"_s, u"Coupons"_s);
        const auto problem = [&desk] { return updateProblem(*desk.reader, *desk.reader->card(u"shop/dev1"_s)); };
        desk.put({dev, staging});
        QCOMPARE(problem(), QString());
        dev.behind = 0;
        desk.put({dev, staging});
        QCOMPARE(problem(), u"dev1 contains all that staging runs"_s);
        dev.behind = 2;
        dev.release->uncommitted = true;
        desk.put({dev, staging});
        QCOMPARE(problem(), u"dev1 runs no branch"_s);
    }

    void onlyWhatIsAcceptedQueues()
    {
        Desk desk;
        fill(desk);
        const auto problem = [&desk] { return queueProblem(*desk.reader, *desk.reader->card(u"shop/dev1"_s)); };
        QCOMPARE(problem(), u"dev1 is not accepted yet"_s);
        QVERIFY(desk.store->saveVerdict(u"shop/dev1"_s, {VerdictState::Accepted, u"mia"_s, {}, u"tree-aaa"_s, at(1)}));
        QCOMPARE(problem(), QString());
        QVERIFY(desk.store->removeVerdicts(u"shop/dev1"_s));
        QVERIFY(desk.store->savePolicy(u"shop"_s, {{u"checks.verdict"_s, u"off"_s}}, {}));
        QCOMPARE(problem(), QString());
    }

    void busyTarget()
    {
        Desk desk;
        fill(desk);
        QVERIFY(desk.store->saveOperation(makeOperation(u"t"_s, u"staging"_s, OperationState::Waiting)));
        const QString busy = u"staging is busy: Deploy First to staging"_s;
        for (const QString &from : {u"shop/dev1"_s, u"shop/production"_s}) {
            const DropAnswer answer = dropAnswer(*desk.reader, from, Stage::Staging);
            QVERIFY(!answer.legal);
            QCOMPARE(answer.text, busy);
        }
        QCOMPARE(dropAnswer(*desk.reader, u"shop/staging"_s, Stage::Development).text, busy);
    }

    void missingTarget()
    {
        Desk desk;
        desk.put({makeEnvironment(u"dev1"_s, Stage::Development)});
        QCOMPARE(dropAnswer(*desk.reader, u"shop/dev1"_s, Stage::Staging).text, u"There is no staging environment"_s);
        desk.put({makeEnvironment(u"staging"_s, Stage::Staging)});
        for (const Stage to : {Stage::Production, Stage::Development})
            QCOMPARE(dropAnswer(*desk.reader, u"shop/staging"_s, to).text, u"There is no production environment"_s);
        desk.put({makeEnvironment(u"production"_s, Stage::Production)});
        QCOMPARE(dropAnswer(*desk.reader, u"shop/production"_s, Stage::Staging).text,
                 u"There is no staging environment"_s);
    }

    void readOnlyPipeline()
    {
        Desk desk;
        fill(desk);
        Pipeline pipeline = *desk.store->pipeline(u"shop"_s);
        pipeline.readOnly = true;
        QVERIFY(desk.store->savePipeline(pipeline));
        const QString why = u"shop is open read-only"_s;
        const DropAnswer answer = dropAnswer(*desk.reader, u"shop/dev1"_s, Stage::Staging);
        QVERIFY(!answer.legal);
        QCOMPARE(answer.text, why);
        QCOMPARE(dropAnswer(*desk.reader, u"shop"_s, Change(), Stage::Development).text, why);
        QCOMPARE(shutDownAnswer(*desk.reader, u"shop/dev1"_s).text, why);
    }

private:
    static Environment make(const QString &name, Stage stage, const QString &version, const QString &title)
    {
        Environment environment = makeEnvironment(name, stage);
        environment.release = makeRelease(1, version, title);
        if (title == u"Coupons"_s)
            environment.release->change.author = u"Omar"_s;
        return environment;
    }
    static void fill(Desk &desk)
    {
        Environment empty = makeEnvironment(u"empty"_s, Stage::Development);
        empty.release.reset();
        Environment crashed = makeEnvironment(u"crashed"_s, Stage::Development);
        crashed.state = EnvironmentState::Crashed;
        crashed.stateText = u"web exits at once"_s;
        Environment asleep = makeEnvironment(u"asleep"_s, Stage::Development);
        asleep.state = EnvironmentState::Suspended;
        desk.put({make(u"dev1"_s, Stage::Development, u"aaa"_s, u"Faster checkout"_s),
                  make(u"staging"_s, Stage::Staging, u"bbb"_s, u"Coupons"_s),
                  make(u"production"_s, Stage::Production, u"ccc"_s, u"Search"_s),
                  make(u"same"_s, Stage::Development, u"bbb"_s, u"Coupons"_s), empty, crashed, asleep,
                  makeEnvironment(u"busy"_s, Stage::Development), makeEnvironment(u"failed"_s, Stage::Development)});
        QVERIFY(desk.store->saveOperation(makeOperation(u"b"_s, u"busy"_s, OperationState::Running)));
        QVERIFY(desk.store->saveOperation(makeOperation(u"f"_s, u"failed"_s, OperationState::Failed)));
    }
};

QTEST_GUILESS_MAIN(TestMoveRules)
#include "tst_moverules.moc"
