// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Every plan, killed at every boundary of its steps and on both sides of everything it does, and plans that fail half
// way.
#include "tests/app/modelprovider.h"
#include "tests/app/modelsession.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace Slipway;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(Slipway::Intent)

class PlansTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { ModelProvider::failing.clear(); }

    void killedAnywhereNothingTwice_data();
    void killedAnywhereNothingTwice();
    void configValuesGoneWithTheProcess();
    void severalTargetsStopAtTheFirstFailure();
    void retryServesOnlyWhatFailed();
    void sourceDeletedMeanwhile();
    void targetDeletedMeanwhile();
    void forgottenWhenDeletedOutside();

private:
    QString home() const { return m_home->path(); }
    QString world() const { return home() + u"/world.json"_s; }
    void takeHome(const QString &from);
    void prepare(const QString &home);
    void killAt(const QString &where, const Intent &intent, const QString &start);
    void verifyRecovered(const QStringList &before, const QStringList &whole, bool journaled);
    void deleteOutside(const QString &environment);
    Intent toBoth() const;

    QTemporaryDir m_start; ///< a home with a pipeline in it, to begin from
    std::unique_ptr<QTemporaryDir> m_ahead; ///< the same, staging ahead of production and of the dev environments
    std::unique_ptr<QTemporaryDir> m_home;
};

/// production, eu and staging; dev1 accepted, dev2; staging released twice.
void PlansTest::prepare(const QString &home)
{
    const auto session = openModelSession(home, false);
    QVERIFY(session);
    CloneIntent second = std::get<CloneIntent>(cloneIntent(u"eu"_s));
    second.stage = Stage::Production;
    second.from = u"production"_s;
    second.code = {};
    CodeChoice main;
    main.version = u"main"_s;
    for (const Intent &intent : {setUpIntent(), Intent(second), Intent(DeployIntent{u"shop"_s, u"staging"_s, main}),
                                 cloneIntent(), cloneIntent(u"dev2"_s)}) {
        const Operation done = runNow(*session, intent);
        QVERIFY2(done.state == OperationState::Live, qPrintable(done.error ? done.error->text() : done.title));
    }
    QVERIFY(decideNow(*session, acceptance()));
}

void PlansTest::initTestCase()
{
    QVERIFY(m_start.isValid());
    prepare(m_start.path());
    takeHome(m_start.path());
    CodeChoice newer;
    newer.version = u"newer"_s;
    {
        const auto session = openModelSession(home(), false);
        QCOMPARE(int(runNow(*session, DeployIntent{u"shop"_s, u"staging"_s, newer}).state), int(OperationState::Live));
    }
    m_home.swap(m_ahead);
}

void PlansTest::init()
{
    takeHome(m_start.path());
}

/// Closed databases are files like others. From nowhere: an empty home.
void PlansTest::takeHome(const QString &from)
{
    m_home = std::make_unique<QTemporaryDir>();
    if (from.isEmpty())
        return;
    const QStringList files = QDir(from).entryList(QDir::Files | QDir::Hidden);
    for (const QString &file : files)
        QVERIFY(QFile::copy(from + u'/' + file, home() + u'/' + file));
}

Intent PlansTest::toBoth() const
{
    return PromoteIntent{u"shop"_s, u"staging"_s, u"production"_s, false, u"a reason"_s, {}, {u"eu"_s}};
}

void PlansTest::killedAnywhereNothingTwice_data()
{
    QTest::addColumn<Intent>("intent");
    QTest::addColumn<QString>("start");
    const QString none;
    const QString usual = m_start.path();
    const QString ahead = m_ahead->path();
    CodeChoice main;
    main.version = u"main"_s;
    const auto act = [](LifecycleAction action) { return Intent(LifecycleIntent{u"shop"_s, u"dev2"_s, action}); };
    QTest::newRow("setup") << setUpIntent() << none;
    QTest::newRow("clone") << cloneIntent(u"dev3"_s) << usual;
    QTest::newRow("deploy") << Intent(DeployIntent{u"shop"_s, u"dev2"_s, main}) << usual;
    QTest::newRow("promote to staging") << promoteIntent() << usual;
    QTest::newRow("promote to both productions") << toBoth() << ahead;
    QTest::newRow("roll back") << Intent(RollBackIntent{u"shop"_s, u"staging"_s, 0, true, true, u"broken"_s}) << usual;
    QTest::newRow("update") << Intent(UpdateIntent{u"shop"_s, u"dev2"_s}) << ahead;
    QTest::newRow("reset") << Intent(ResetIntent{u"shop"_s, {}, {}, true, DataChoice::Copy, u"why"_s, {}}) << ahead;
    QTest::newRow("send back") << Intent(SendBackIntent{u"shop"_s, {}, {}, {}, DataChoice::Copy, u"why"_s, {}})
                               << ahead;
    QTest::newRow("suspend") << act(LifecycleAction::Suspend) << usual;
    QTest::newRow("restart") << act(LifecycleAction::Restart) << usual;
    QTest::newRow("shut down") << act(LifecycleAction::ShutDown) << usual;
    QTest::newRow("remove the pipeline") << Intent(RemovePipelineIntent{u"shop"_s}) << usual;
}

void PlansTest::killedAnywhereNothingTwice()
{
    QFETCH(Intent, intent);
    QFETCH(QString, start);
    for (const auto &where : {u"journal"_s, u"before"_s, u"after"_s}) {
        killAt(where, intent, start);
        if (QTest::currentTestFailed())
            return;
    }
}

/// At the first such place, the second …, until there are no more.
void PlansTest::killAt(const QString &where, const Intent &intent, const QString &start)
{
    takeHome(start);
    const QStringList before = ModelProvider::effects(world());
    QCOMPARE(inChild(home(), {}, intent), 0);
    const QStringList whole = ModelProvider::effects(world());
    QVERIFY(whole.size() > before.size());
    for (int count = 1;; ++count) {
        QVERIFY(count < 100);
        takeHome(start);
        const int code = inChild(home(), {where, count}, intent);
        if (code == 0) {
            QVERIFY(count > 1);
            return;
        }
        QCOMPARE(code, 9);
        verifyRecovered(before, whole, where != u"journal" || count > 1);
        if (QTest::currentTestFailed()) {
            qWarning("killed %s %d", qPrintable(where), count);
            return;
        }
    }
}

/// The next start finishes it: all its effects, each once.
void PlansTest::verifyRecovered(const QStringList &before, const QStringList &whole, bool journaled)
{
    QCOMPARE(inChild(home(), {}, std::nullopt), 0);
    const auto store = SlipwayStore::open(home());
    QVERIFY(store);
    const QList<Operation> operations = (*store)->operations();
    if (!journaled && (operations.isEmpty() || ModelProvider::effects(world()) == before))
        return; // it died before there was anything to remember
    QVERIFY(!operations.isEmpty());
    QCOMPARE(ModelProvider::effects(world()), whole);
    const Operation &last = operations.constFirst();
    QVERIFY2(last.state == OperationState::Live, qPrintable(last.error ? last.error->text() : last.title));
    for (const OperationStep &step : last.steps)
        QCOMPARE(int(step.state), int(StepState::Done));
    QVERIFY(!(*store)->isHeld(last.id));
    const ActivityEntry told = (*store)->activity({}, {}, 1).value(0);
    QCOMPARE(told.operation, last.id);
    QCOMPARE(told.result, u"live"_s);
    const auto chain = (*store)->verifyActivity();
    QVERIFY2(chain, qPrintable(chain ? QString() : chain.error().text()));
}

/// Values are in no file, so a killed process takes them with it: said, not guessed.
void PlansTest::configValuesGoneWithTheProcess()
{
    const Intent intent = ConfigIntent{u"shop"_s, u"staging"_s, {{u"KEY"_s, u"hush"_s}}, {}};
    const QStringList before = ModelProvider::effects(world());
    QCOMPARE(inChild(home(), {u"before"_s, 1}, intent), 9);
    QCOMPARE(inChild(home(), {}, std::nullopt), 0);
    QCOMPARE(ModelProvider::effects(world()), before);
    const auto store = SlipwayStore::open(home());
    const Operation failed = (*store)->operations().constFirst();
    QCOMPARE(int(failed.state), int(OperationState::Failed));
    QVERIFY2(failed.error->message().contains(u"KEY"), qPrintable(failed.error->message()));
    QVERIFY2(failed.error->remedy().contains(u"set what is missing again"), qPrintable(failed.error->remedy()));
}

void PlansTest::severalTargetsStopAtTheFirstFailure()
{
    takeHome(m_ahead->path());
    const auto session = openModelSession(home(), false);
    const QStringList before = ModelProvider::effects(world());
    ModelProvider::failing = {u"deploy production"_s};
    const Operation failed = runNow(*session, toBoth());
    QCOMPARE(int(failed.state), int(OperationState::Failed));
    QCOMPARE(ModelProvider::effects(world()), before); // eu was not tried
    for (const auto &name : {u"production"_s, u"eu"_s}) {
        const QString said = name + u" goes on with the release it had."_s;
        QVERIFY2(failed.error->message().contains(said), qPrintable(failed.error->message()));
    }
}

void PlansTest::retryServesOnlyWhatFailed()
{
    takeHome(m_ahead->path());
    const auto session = openModelSession(home(), false);
    const QStringList before = ModelProvider::effects(world());
    ModelProvider::failing = {u"deploy eu"_s};
    const Operation failed = runNow(*session, toBoth());
    QCOMPARE(int(failed.state), int(OperationState::Failed));
    QVERIFY2(failed.error->message().contains(u"production runs the release of staging."),
             qPrintable(failed.error->message()));
    QVERIFY2(failed.error->message().contains(u"eu goes on with the release it had."),
             qPrintable(failed.error->message()));
    QCOMPARE(ModelProvider::effects(world()), before + QStringList{u"deploy production"_s});

    ModelProvider::failing.clear();
    const auto retried = callNow(*session, &Session::retry, failed.id);
    QVERIFY2(retried, qPrintable(retried ? QString() : retried.error().text()));
    QVERIFY(endedSoon(*session, failed.id));
    const Operation again = *session->reader().store().operation(failed.id);
    QVERIFY2(again.state == OperationState::Live, qPrintable(again.error ? again.error->text() : QString()));
    QCOMPARE(ModelProvider::effects(world()), before + QStringList({u"deploy production"_s, u"deploy eu"_s}));
    QCOMPARE(session->reader().cache().environment(u"shop/eu"_s)->release->artifact,
             session->reader().cache().environment(u"shop/staging"_s)->release->artifact);
}

/// Somebody else shut it down, with other means.
void PlansTest::deleteOutside(const QString &environment)
{
    QJsonObject all = ModelProvider::world(world());
    QJsonObject environments = all.value(u"environments"_s).toObject();
    QVERIFY(environments.contains(environment));
    environments.remove(environment);
    all.insert(u"environments"_s, environments);
    QFile file(world());
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(QJsonDocument(all).toJson());
}

void PlansTest::sourceDeletedMeanwhile()
{
    QCOMPARE(inChild(home(), {u"after"_s, 1}, promoteIntent()), 9); // staging has it, dev1 is to be shut down
    deleteOutside(u"dev1"_s);
    QCOMPARE(inChild(home(), {}, std::nullopt), 0);
    const auto store = SlipwayStore::open(home());
    const Operation done = (*store)->operations().constFirst();
    QVERIFY2(done.state == OperationState::Live, qPrintable(done.error ? done.error->text() : QString()));
}

void PlansTest::targetDeletedMeanwhile()
{
    takeHome(m_ahead->path());
    QCOMPARE(inChild(home(), {u"after"_s, 1}, toBoth()), 9);
    deleteOutside(u"eu"_s);
    QCOMPARE(inChild(home(), {}, std::nullopt), 0);
    const auto store = SlipwayStore::open(home());
    const Operation failed = (*store)->operations().constFirst();
    QCOMPARE(int(failed.state), int(OperationState::Failed));
    QVERIFY2(failed.error->message().contains(u"production runs the release of staging."),
             qPrintable(failed.error->message()));
    QVERIFY2(failed.error->message().contains(u"eu"), qPrintable(failed.error->message()));
    QVERIFY(!(*store)->isHeld(failed.id));
}

void PlansTest::forgottenWhenDeletedOutside()
{
    takeHome(m_start.path());
    const auto session = openModelSession(home(), false);
    const SlipwayStore &store = session->reader().store();
    QVERIFY(decideNow(*session, QueueIntent{u"shop"_s, u"dev1"_s, 0, {}}));
    const auto lines = store.activity().size();
    deleteOutside(u"dev1"_s);
    QVERIFY(refreshNow(*session));
    QVERIFY(!session->reader().card(u"shop/dev1"_s));
    QVERIFY(!store.verdict(u"shop/dev1"_s)); // the next dev1 is not accepted before anybody looked
    QVERIFY(store.queue(u"shop"_s).isEmpty());
    QCOMPARE(store.activity().size(), lines + 1);
    QCOMPARE(store.activity().constFirst().text, u"dev1 was shut down outside Slipway"_s);
    QVERIFY(refreshNow(*session));
    QCOMPARE(store.activity().size(), lines + 1);
}

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (const auto ended = childOf(QCoreApplication::arguments()))
        return *ended;
    PlansTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_plans.moc"
