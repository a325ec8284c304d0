// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/modelprovider.h"

#include "app/session/session.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace Slipway;
using namespace Qt::StringLiterals;

namespace {

std::unique_ptr<Session> openSession(const QString &home, bool recover, int undoWindowMs = 0)
{
    Session::Options options;
    options.home = home;
    options.recover = recover;
    options.undoWindowMs = undoWindowMs;
    options.makeProvider = [](const ProviderContext &context) -> std::unique_ptr<Provider> {
        return std::make_unique<ModelProvider>(context.home + u"/world.json"_s);
    };
    auto session = Session::open(options);
    return session ? std::move(*session) : nullptr;
}

Result<QString> startNow(Session &session, const Intent &intent)
{
    std::optional<Result<QString>> started;
    session.startOperation(intent, [&](const Result<QString> &result) { started = result; });
    if (!QTest::qWaitFor([&] { return started.has_value(); }, 20'000))
        return fail(Error::Kind::Failed, u"no answer"_s);
    return *started;
}

using Call = void (Session::*)(const QString &, std::function<void(Result<void>)>);

Result<void> callNow(Session &session, Call call, const QString &id)
{
    std::optional<Result<void>> answer;
    (session.*call)(id, [&](const Result<void> &result) { answer = result; });
    if (!QTest::qWaitFor([&] { return answer.has_value(); }, 20'000))
        return fail(Error::Kind::Failed, u"no answer"_s);
    return *answer;
}

bool endedSoon(Session &session, const QString &id)
{
    return QTest::qWaitFor(
        [&] {
            const auto operation = session.reader().store().operation(id);
            return operation && !operation->isActive();
        },
        20'000);
}

Operation runNow(Session &session, const Intent &intent)
{
    const auto id = startNow(session, intent);
    if (!id) {
        Operation refused;
        refused.error = id.error();
        return refused;
    }
    return endedSoon(session, *id) ? *session.reader().store().operation(*id) : Operation();
}

/// The process under test: carries an intent out, or recovers, and dies where it is told to.
int child(const QStringList &arguments)
{
    const QString home = arguments.at(2);
    const QString where = arguments.at(3);
    const int count = arguments.at(4).toInt();
    const auto intent = intentFromJson(QJsonDocument::fromJson(arguments.at(5).toUtf8()).object());
    ModelProvider::killBefore = where == u"before" ? count : 0;
    ModelProvider::killAfter = where == u"after" ? count : 0;
    const auto session = openSession(home, !intent);
    if (!session)
        return 3;
    int writes = 0;
    QObject::connect(session.get(), &Session::changed, session.get(), [&] {
        if (where == u"write" && ++writes == count)
            ::_exit(9);
    });
    if (intent)
        return runNow(*session, *intent).state == OperationState::Live ? 0 : 1;
    session->start();
    const auto done = [&] { return session->reader().store().activeOperations().isEmpty(); };
    return QTest::qWaitFor(done, 20'000) ? 0 : 2;
}

int inChild(const QString &home, const QString &where, int count, const std::optional<Intent> &intent)
{
    const QByteArray json = intent ? QJsonDocument(toJson(*intent)).toJson(QJsonDocument::Compact) : QByteArray("{}");
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedChannels);
    process.start(QCoreApplication::applicationFilePath(),
                  {u"--child"_s, home, where, QString::number(count), QString::fromUtf8(json)});
    return process.waitForFinished(60'000) ? process.exitCode() : -1;
}

Intent setUpIntent()
{
    return SetUpIntent{u"shop"_s, u"local"_s, u"/repository"_s, false};
}

Intent cloneIntent(const QString &name = u"dev1"_s)
{
    CodeChoice code;
    code.change = u"faster"_s;
    return CloneIntent{u"shop"_s, name, {}, code, DataChoice::Copy};
}

Intent promoteIntent()
{
    return PromoteIntent{u"shop"_s, u"dev1"_s, u"staging"_s, true, u"a reason"_s, {}};
}

} // namespace

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

    void killedAnywhereNothingTwice_data();
    void killedAnywhereNothingTwice();
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
    std::optional<Result<void>> given;
    session.decide(VerdictIntent{u"shop"_s, u"dev1"_s, VerdictState::Accepted, {}},
                   [&](const Result<void> &r) { given = r; });
    QVERIFY(QTest::qWaitFor([&] { return given.has_value(); }));
    QVERIFY(given->has_value());
}

void OperationsTest::killedAnywhereNothingTwice_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("where");
    QTest::addColumn<int>("count");
    const QHash<QString, int> calls{{u"setup"_s, 3}, {u"clone"_s, 2}, {u"promote"_s, 2}};
    for (const auto &kind : {u"setup"_s, u"clone"_s, u"promote"_s}) {
        for (int n = 1; n <= calls.value(kind); ++n) {
            for (const auto &where : {u"before"_s, u"after"_s})
                QTest::addRow("%s %s call %d", qPrintable(kind), qPrintable(where), n) << kind << where << n;
        }
        for (const int n : {1, 2, 4, 6, 8})
            QTest::addRow("%s write %d", qPrintable(kind), n) << kind << u"write"_s << n;
    }
}

void OperationsTest::killedAnywhereNothingTwice()
{
    QFETCH(QString, kind);
    QFETCH(QString, where);
    QFETCH(int, count);
    Intent intent = setUpIntent();
    QStringList expected;
    if (kind != u"setup") {
        const auto session = openSession(home(), false);
        if (kind == u"clone") {
            QCOMPARE(int(runNow(*session, setUpIntent()).state), int(OperationState::Live));
            intent = cloneIntent();
        } else {
            prepare(*session);
            intent = promoteIntent();
        }
        expected = ModelProvider::effects(world());
    }
    if (kind == u"setup")
        expected += {u"setup shop"_s, u"deploy production"_s, u"deploy staging"_s};
    else if (kind == u"clone")
        expected += {u"clone dev1"_s, u"deploy dev1"_s};
    else
        expected += {u"deploy staging"_s, u"shutdown dev1"_s};

    const int code = inChild(home(), where, count, intent);
    QVERIFY2(code == 9 || (where == u"write" && code == 0), qPrintable(QString::number(code)));
    QCOMPARE(inChild(home(), u"never"_s, 0, std::nullopt), 0);
    QCOMPARE(ModelProvider::effects(world()), expected);
    const auto session = openSession(home(), false);
    const QList<Operation> operations = session->reader().store().operations();
    QVERIFY(!operations.isEmpty());
    QCOMPARE(int(operations.constFirst().state), int(OperationState::Live));
    for (const OperationStep &step : operations.constFirst().steps)
        QCOMPARE(int(step.state), int(StepState::Done));
    QVERIFY(!session->reader().store().isHeld(operations.constFirst().id));
    QCOMPARE(session->reader().store().activity({}, {}, 1).constFirst().result, u"live"_s);
}

void OperationsTest::failedStepCanBeRetried()
{
    const auto session = openSession(home(), false);
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
    const auto session = openSession(home(), false);
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
    const auto session = openSession(home(), false);
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
    const auto session = openSession(home(), false, 600'000);
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
    const auto session = openSession(home(), false, 600'000);
    prepare(*session);
    const auto running = startNow(*session, promoteIntent());
    QVERIFY(running);
    const auto other = openSession(home(), false);
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
        const auto session = openSession(home(), false);
        prepare(*session);
    }
    QCOMPARE(inChild(home(), u"after"_s, 1, promoteIntent()), 9);
    const auto session = openSession(home(), false);
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
        const auto session = openSession(home(), false);
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
    const auto session = openSession(home(), false);
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
    const auto session = openSession(home(), false);
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
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == u"--child")
        return child(arguments);
    OperationsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_operations.moc"
