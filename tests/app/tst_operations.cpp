// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/modelprovider.h"
#include "tests/app/modelsession.h"

#include <QCoreApplication>
#include <QTemporaryDir>
#include <QTest>

using namespace Slipway;
using namespace Qt::StringLiterals;

class OperationsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        // Who acts is who git says commits here.
        const QString file = m_git.filePath(u"gitconfig"_s);
        QFile config(file);
        QVERIFY(config.open(QIODevice::WriteOnly));
        config.write("[user]\n\tname = Ada Lovelace\n");
        qputenv("GIT_CONFIG_GLOBAL", QFile::encodeName(file));
    }
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        ModelProvider::failing.clear();
    }
    void cleanup() { ModelProvider::failing.clear(); }

    void failedStepCanBeRetried();
    void failedCloneCanBeTakenBack();
    void failedSetUpLeavesNothing();
    void undoWindow();
    void oneOperationPerEnvironment();
    void interruptedOneComesFirst();
    void configValuesStayOutOfFiles();
    void lifecycleAndRollBack();
    void movedTargetIsRefused();

private:
    QString home() const { return m_directory->path(); }
    QString world() const { return home() + u"/world.json"_s; }
    /// A pipeline whose dev1 holds an accepted change.
    void prepare(Session &session, bool accepted = true);
    QTemporaryDir m_git;
    std::unique_ptr<QTemporaryDir> m_directory;
};

void OperationsTest::prepare(Session &session, bool accepted)
{
    QCOMPARE(int(runNow(session, setUpIntent()).state), int(OperationState::Live));
    QCOMPARE(int(runNow(session, cloneIntent()).state), int(OperationState::Live));
    if (!accepted)
        return;
    QVERIFY(decideNow(session, acceptance()));
}

void OperationsTest::failedStepCanBeRetried()
{
    const auto session = openModelSession(home(), false);
    prepare(*session);
    ModelProvider::failing = {u"deploy staging"_s};
    const Operation failed = runNow(*session, promoteIntent());
    QCOMPARE(int(failed.state), int(OperationState::Failed));
    QVERIFY2(failed.error->message().contains(u"The model says no."), qPrintable(failed.error->message()));
    QVERIFY2(failed.error->message().contains(u"Nothing has changed."), qPrintable(failed.error->message()));
    QVERIFY2(failed.error->message().contains(u"dev1 was not shut down."), qPrintable(failed.error->message()));
    QVERIFY(!failed.undoable);
    QVERIFY(!ModelProvider::effects(world()).contains(u"shutdown dev1"_s));
    const auto latest = [&] { return session->reader().store().activity({}, {}, 1).constFirst().text; };
    QCOMPARE(latest(), u"Could not deploy Faster checkout to staging: The model says no."_s);

    ModelProvider::failing.clear();
    const auto retried = callNow(*session, &Session::retry, failed.id);
    QVERIFY2(retried, qPrintable(retried ? QString() : retried.error().text()));
    QVERIFY(endedSoon(*session, failed.id));
    const auto again = session->reader().store().operation(failed.id);
    QVERIFY2(again->state == OperationState::Live, qPrintable(again->error ? again->error->text() : QString()));
    QCOMPARE(latest(), u"Deployed Faster checkout to staging"_s); // dev1, which it was named after, is gone
    QVERIFY(!session->reader().cache().environment(u"shop/dev1"_s));
    QVERIFY(!session->reader().store().verdict(u"shop/dev1"_s));
}

void OperationsTest::failedCloneCanBeTakenBack()
{
    const auto session = openModelSession(home(), false);
    QCOMPARE(int(runNow(*session, setUpIntent()).state), int(OperationState::Live));
    ModelProvider::failing = {u"deploy dev1"_s};
    const Operation failed = runNow(*session, cloneIntent());
    QCOMPARE(int(failed.state), int(OperationState::Failed));
    QVERIFY(failed.undoable);
    QVERIFY2(failed.error->message().contains(u"dev1 was cloned from staging, but"),
             qPrintable(failed.error->message()));
    QVERIFY(session->reader().cache().environment(u"shop/dev1"_s));

    QVERIFY(callNow(*session, &Session::undo, failed.id));
    QVERIFY(endedSoon(*session, failed.id));
    QCOMPARE(int(session->reader().store().operation(failed.id)->state), int(OperationState::Cancelled));
    QVERIFY(ModelProvider::effects(world()).contains(u"shutdown dev1"_s));
    QVERIFY(!session->reader().cache().environment(u"shop/dev1"_s));
}

void OperationsTest::failedSetUpLeavesNothing()
{
    const auto session = openModelSession(home(), false);
    ModelProvider::failing = {u"deploy staging"_s};
    const Operation failed = runNow(*session, setUpIntent());
    QCOMPARE(int(failed.state), int(OperationState::Failed));
    QVERIFY2(failed.error->message().contains(u"removed again"), qPrintable(failed.error->message()));
    QVERIFY(!failed.undoable);
    QVERIFY(session->reader().store().pipelines().isEmpty());
    QVERIFY(session->reader().cache().environments(u"shop"_s).isEmpty());
    QVERIFY(ModelProvider::world(world()).value(u"environments"_s).toObject().isEmpty());

    ModelProvider::failing.clear();
    QVERIFY(callNow(*session, &Session::retry, failed.id));
    QVERIFY(endedSoon(*session, failed.id));
    QCOMPARE(int(session->reader().store().operation(failed.id)->state), int(OperationState::Live));
    const Operation removed = runNow(*session, RemovePipelineIntent{u"shop"_s});
    QCOMPARE(int(removed.state), int(OperationState::Live));
    QVERIFY(session->reader().store().pipelines().isEmpty());
}

void OperationsTest::undoWindow()
{
    const auto session = openModelSession(home(), false, 600'000);
    prepare(*session);
    const QStringList before = ModelProvider::effects(world());
    const auto id = startNow(*session, promoteIntent());
    QVERIFY(id);
    QVERIFY(
        QTest::qWaitFor([&] { return session->reader().store().operation(*id)->state == OperationState::Waiting; }));
    const Operation waiting = *session->reader().store().operation(*id);
    QVERIFY(waiting.waitingFor.contains(u"600"));
    QVERIFY(qAbs(QDateTime::currentDateTimeUtc().secsTo(waiting.startsAt) - 600) < 120);
    QVERIFY(callNow(*session, &Session::undo, *id));
    QVERIFY(endedSoon(*session, *id));
    QCOMPARE(int(session->reader().store().operation(*id)->state), int(OperationState::Cancelled));
    const ActivityEntry told = session->reader().store().activity({}, {}, 1).constFirst();
    QCOMPARE(told.text, u"Cancelled: Deploy Faster checkout to staging"_s);
    QCOMPARE(told.by, u"Ada Lovelace"_s);
    QVERIFY(!session->reader().store().operation(*id)->startsAt.isValid());
    QCOMPARE(ModelProvider::effects(world()), before);
    QVERIFY(!session->reader().store().isHeld(*id));
}

void OperationsTest::oneOperationPerEnvironment()
{
    const auto session = openModelSession(home(), false, 600'000);
    prepare(*session);
    const auto running = startNow(*session, promoteIntent());
    QVERIFY(running);
    const auto other = openModelSession(home(), false);
    for (const auto &environment : {u"dev1"_s, u"staging"_s}) {
        const auto refused = startNow(*other, LifecycleIntent{u"shop"_s, environment, LifecycleAction::Restart});
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind(), Error::Kind::Conflict);
        QVERIFY2(refused.error().message().contains(u"Faster checkout"), qPrintable(refused.error().message()));
    }
    const auto stillRunning = callNow(*other, &Session::retry, *running);
    QVERIFY(!stillRunning);
    QCOMPARE(stillRunning.error().kind(), Error::Kind::Conflict);
    QVERIFY(startNow(*other, LifecycleIntent{u"shop"_s, u"production"_s, LifecycleAction::Restart}));
}

void OperationsTest::interruptedOneComesFirst()
{
    {
        const auto session = openModelSession(home(), false);
        prepare(*session);
    }
    QCOMPARE(inChild(home(), {u"after"_s, 1}, promoteIntent()), 9);
    const auto session = openModelSession(home(), false);
    const QList<Operation> active = session->reader().store().activeOperations();
    QCOMPARE(active.size(), 1);
    const auto refused = startNow(*session, LifecycleIntent{u"shop"_s, u"staging"_s, LifecycleAction::Restart});
    QVERIFY(!refused);
    QVERIFY2(refused.error().remedy().contains(active.constFirst().id), qPrintable(refused.error().text()));
    QVERIFY(callNow(*session, &Session::dismiss, active.constFirst().id));
    const auto given = session->reader().store().operation(active.constFirst().id);
    QCOMPARE(int(given->state), int(OperationState::Failed));
    QVERIFY2(given->error->message().contains(u"is not known"), qPrintable(given->error->message()));
    QCOMPARE(int(runNow(*session, LifecycleIntent{u"shop"_s, u"staging"_s, LifecycleAction::Restart}).state),
             int(OperationState::Live));
}

void OperationsTest::configValuesStayOutOfFiles()
{
    {
        const auto session = openModelSession(home(), false);
        QCOMPARE(int(runNow(*session, setUpIntent()).state), int(OperationState::Live));
        const Intent intent = ConfigIntent{u"shop"_s, u"staging"_s, {{u"KEY"_s, u"hush-hush"_s}}, {}};
        QCOMPARE(int(runNow(*session, intent).state), int(OperationState::Live));
    }
    QVERIFY(ModelProvider::effects(world()).contains(u"config staging hush-hush"_s));
    for (const auto &name : {u"slipway.db"_s, u"slipway.db-wal"_s, u"cache.db"_s, u"cache.db-wal"_s}) {
        QFile file(home() + u'/' + name);
        QVERIFY(!file.open(QIODevice::ReadOnly) || !file.readAll().contains("hush-hush"));
    }
}

void OperationsTest::lifecycleAndRollBack()
{
    const auto session = openModelSession(home(), false);
    prepare(*session);
    const auto act = [&](LifecycleAction action, const QString &environment) {
        return runNow(*session, LifecycleIntent{u"shop"_s, environment, action}).state;
    };
    QCOMPARE(int(act(LifecycleAction::Suspend, u"dev1"_s)), int(OperationState::Live));
    QCOMPARE(int(session->reader().cache().environment(u"shop/dev1"_s)->state), int(EnvironmentState::Suspended));
    QCOMPARE(int(act(LifecycleAction::Resume, u"dev1"_s)), int(OperationState::Live));
    const Operation none = runNow(*session, RollBackIntent{u"shop"_s, u"production"_s, 0});
    QVERIFY(none.id.isEmpty() && none.error); // refused before it began
    QVERIFY2(none.error->message().contains(u"no earlier release"), qPrintable(none.error->message()));
    QCOMPARE(int(runNow(*session, promoteIntent()).state), int(OperationState::Live));
    QCOMPARE(int(runNow(*session, RollBackIntent{u"shop"_s, u"staging"_s, 0}).state), int(OperationState::Live));
    QCOMPARE(session->reader().cache().environment(u"shop/staging"_s)->release->note, u"Rolled back to v1"_s);
}

void OperationsTest::movedTargetIsRefused()
{
    const auto session = openModelSession(home(), false);
    prepare(*session, false);
    const PromoteIntent looked = std::get<PromoteIntent>(promoteIntent());
    const auto blocked = startNow(*session, looked);
    QVERIFY(!blocked);
    QCOMPARE(blocked.error().kind(), Error::Kind::Blocked);
    const auto sheet = session->preflight(looked);
    QVERIFY(sheet);
    QVERIFY(!sheet->allowed());
    CodeChoice main;
    main.version = u"main"_s;
    QCOMPARE(int(runNow(*session, DeployIntent{u"shop"_s, u"staging"_s, main}).state), int(OperationState::Live));
    PromoteIntent stale = looked;
    stale.fingerprint = sheet->fingerprint;
    const auto moved = startNow(*session, stale);
    QVERIFY(!moved);
    QCOMPARE(moved.error().kind(), Error::Kind::Conflict);
}

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (const auto ended = childOf(QCoreApplication::arguments()))
        return *ended;
    OperationsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_operations.moc"
