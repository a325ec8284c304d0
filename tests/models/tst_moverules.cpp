// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene.h"

#include "models/board/moverules.h"

using namespace Slipway;

class TestMoveRules : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void moves_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<int>("to");
        QTest::addColumn<bool>("legal");
        QTest::addColumn<QString>("text");
        const int dev = int(Stage::Development), staging = int(Stage::Staging), production = int(Stage::Production);
        QTest::newRow("dev to staging") << u"dev1"_s << staging << true << u"Deploy Faster checkout to staging"_s;
        QTest::newRow("dev to production") << u"dev1"_s << production << false << u"Goes to staging first"_s;
        QTest::newRow("staging to production")
            << u"staging"_s << production << true << u"Promote Coupons to production"_s;
        QTest::newRow("same column") << u"dev1"_s << dev << false << QString();
        QTest::newRow("staging to dev") << u"staging"_s << dev << false
                                        << u"Send back is not available yet: clone staging instead"_s;
        QTest::newRow("production to staging")
            << u"production"_s << staging << false
            << u"Reset to production is not available yet: roll staging back instead"_s;
        QTest::newRow("production to dev")
            << u"production"_s << dev << false << u"Dev environments are cloned from staging"_s;
        QTest::newRow("gone") << u"dev9"_s << staging << false << u"This environment is gone"_s;
        QTest::newRow("empty") << u"empty"_s << staging << false << u"empty has no release yet"_s;
        QTest::newRow("busy") << u"busy"_s << staging << false << u"busy is busy: Deploy First to busy"_s;
        QTest::newRow("failed before") << u"failed"_s << staging << true << u"Deploy First to staging"_s;
        QTest::newRow("crashed") << u"crashed"_s << staging << false << u"crashed does not run: web exits at once"_s;
        QTest::newRow("asleep") << u"asleep"_s << staging << true << u"Deploy First to staging"_s;
        QTest::newRow("the same") << u"same"_s << staging << false << u"staging runs this already"_s;
    }
    void moves()
    {
        QFETCH(QString, from);
        QFETCH(int, to);
        Desk desk;
        fill(desk);
        const DropAnswer answer = dropAnswer(*desk.reader, u"shop/"_s + from, Stage(to));
        QTEST(answer.text, "text");
        QTEST(answer.legal, "legal");
        QCOMPARE(answer.target, answer.legal ? toString(Stage(to)) : QString());
    }

    void busyTarget()
    {
        Desk desk;
        fill(desk);
        QVERIFY(desk.store->saveOperation(makeOperation(u"t"_s, u"staging"_s, OperationState::Waiting)));
        const DropAnswer answer = dropAnswer(*desk.reader, u"shop/dev1"_s, Stage::Staging);
        QVERIFY(!answer.legal);
        QCOMPARE(answer.text, u"staging is busy: Deploy First to staging"_s);
    }

    void missingTarget()
    {
        Desk desk;
        desk.put({makeEnvironment(u"dev1"_s, Stage::Development)});
        QCOMPARE(dropAnswer(*desk.reader, u"shop/dev1"_s, Stage::Staging).text, u"There is no staging environment"_s);
    }

    void readOnlyPipeline()
    {
        Desk desk;
        fill(desk);
        Pipeline pipeline = *desk.store->pipeline(u"shop"_s);
        pipeline.readOnly = true;
        QVERIFY(desk.store->savePipeline(pipeline));
        const DropAnswer answer = dropAnswer(*desk.reader, u"shop/dev1"_s, Stage::Staging);
        QVERIFY(!answer.legal);
        QCOMPARE(answer.text, u"shop is open read-only"_s);
    }

private:
    static void fill(Desk &desk)
    {
        const auto make = [](const QString &name, Stage stage, const QString &version, const QString &title) {
            Environment environment = makeEnvironment(name, stage);
            environment.release = makeRelease(1, version, title);
            return environment;
        };
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
