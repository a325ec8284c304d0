// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Thousands of random operations, in processes that die at random points, against a provider that counts what really
// happened. SLIPWAY_SEED=n repeats a run, SLIPWAY_LONG=1 lives ten times as many lives.
#include "tests/app/modelprovider.h"

#include "app/session/session.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace Slipway;
using namespace Qt::StringLiterals;

namespace {

constexpr int kActsOfALife = 120;
constexpr int kLives = 60;

std::unique_ptr<Session> openSession(const QString &home, const std::function<void()> &journaled)
{
    Session::Options options;
    options.home = home;
    options.recover = true;
    options.journaled = journaled;
    options.makeProvider = [](const ProviderContext &context) -> std::unique_ptr<Provider> {
        return std::make_unique<ModelProvider>(context.home + u"/world.json"_s);
    };
    auto session = Session::open(options);
    return session ? std::move(*session) : nullptr;
}

/// One process: recovers, then does what comes to its mind until it is killed or has done enough.
class Life
{
public:
    Life(Session &session, quint32 seed)
        : m_session(session)
        , m_random(seed)
    { }

    bool recover()
    {
        m_session.start();
        return QTest::qWaitFor([this] { return m_session.reader().store().activeOperations().isEmpty(); }, 30'000);
    }

    bool live(int acts)
    {
        if (!m_session.reader().store().pipeline(u"shop"_s)) {
            if (!run(SetUpIntent{u"shop"_s, u"local"_s, u"/repository"_s, false}))
                return false;
        }
        for (int act = 0; act < acts; ++act) {
            ModelProvider::failing = chance(12)
                ? QStringList{pick({u"deploy"_s, u"clone"_s, u"shutdown"_s, u"rollback"_s, u"merge"_s, u"data"_s})}
                : QStringList();
            ModelProvider::losing =
                chance(12) ? QStringList{pick({u"deploy"_s, u"clone"_s, u"suspend"_s})} : QStringList();
            if (!actOnce())
                return false;
        }
        return true;
    }

private:
    bool chance(int percent) { return m_random.bounded(100) < percent; }
    QString pick(const QStringList &words) { return words.at(m_random.bounded(int(words.size()))); }

    QStringList names(Stage stage) const { return m_session.reader().cache().environmentNames(u"shop"_s, stage); }
    QString anyDev()
    {
        const QStringList all = names(Stage::Development);
        return all.isEmpty() ? u"dev1"_s : pick(all);
    }

    bool actOnce()
    {
        switch (m_random.bounded(16)) {
        case 0:
        case 1:
            return makeEnvironment();
        case 2:
            return run(DeployIntent{u"shop"_s, anyDev(), {chance(50) ? u"faster"_s : QString(), {}, {}}});
        case 3:
        case 4:
            return decide(VerdictIntent{
                u"shop"_s, anyDev(), chance(80) ? VerdictState::Accepted : VerdictState::ChangesRequested, {}});
        case 5:
        case 6:
            return run(PromoteIntent{u"shop"_s, anyDev(), {}, chance(70), u"a reason"_s, {}});
        case 7:
            return run(PromoteIntent{u"shop"_s, u"staging"_s, {}, false, u"a reason"_s, {}});
        case 8:
            return run(RollBackIntent{u"shop"_s, pick({anyDev(), u"staging"_s, u"production"_s}), 0});
        case 9:
            return run(LifecycleIntent{u"shop"_s, anyDev(), LifecycleAction(m_random.bounded(4))});
        case 10:
            return run(UpdateIntent{u"shop"_s, anyDev()});
        case 11:
            return run(
                ResetIntent{u"shop"_s, {}, {}, false, chance(50) ? DataChoice::Copy : DataChoice::None, u"why"_s, {}});
        case 12:
            return run(SendBackIntent{u"shop"_s, {}, {}, {}, DataChoice::Copy, u"why"_s, {}});
        case 13:
            return mend();
        case 14:
            return chance(50) ? decide(QueueIntent{u"shop"_s, anyDev(), m_random.bounded(3), {}})
                              : decide(HoldIntent{u"shop"_s, u"mine"_s, {}, true});
        default:
            return decide(ReleaseHoldIntent{u"shop"_s, u"over"_s});
        }
    }

    bool makeEnvironment()
    {
        if (names(Stage::Development).size() >= 4)
            return run(LifecycleIntent{u"shop"_s, anyDev(), LifecycleAction::ShutDown});
        CloneIntent clone;
        clone.pipeline = u"shop"_s;
        clone.code.change = chance(70) ? u"faster"_s : QString();
        if (names(Stage::Production).size() < 3 && chance(15)) {
            clone.stage = Stage::Production;
            clone.from = u"production"_s;
            clone.code = {};
        }
        return run(clone);
    }

    /// One of the operations that failed: on, back, or away with it.
    bool mend()
    {
        const QList<Operation> all = m_session.reader().store().operations(u"shop"_s, 10);
        for (const Operation &operation : all) {
            if (operation.state != OperationState::Failed || operation.dismissed)
                continue;
            ModelProvider::failing.clear();
            if (operation.undoable && chance(50))
                return call(&Session::undo, operation.id);
            return call(chance(70) ? &Session::retry : &Session::dismiss, operation.id);
        }
        return true;
    }

    using Call = void (Session::*)(const QString &, std::function<void(Result<void>)>);
    bool call(Call what, const QString &id)
    {
        std::optional<Result<void>> answer;
        (m_session.*what)(id, [&answer](const Result<void> &result) { answer = result; });
        return QTest::qWaitFor([&answer] { return answer.has_value(); }, 20'000) && ended(id);
    }

    bool decide(const Decision &decision)
    {
        std::optional<Result<void>> answer;
        m_session.decide(decision, [&answer](const Result<void> &result) { answer = result; });
        return QTest::qWaitFor([&answer] { return answer.has_value(); }, 20'000);
    }

    /// A refusal is an answer as good as any: what must not happen is no answer.
    bool run(const Intent &intent)
    {
        std::optional<Result<QString>> started;
        m_session.startOperation(intent, [&started](const Result<QString> &result) { started = result; });
        if (!QTest::qWaitFor([&started] { return started.has_value(); }, 20'000))
            return false;
        return !*started || ended(**started);
    }

    bool ended(const QString &id)
    {
        return QTest::qWaitFor(
            [this, &id] {
                const auto operation = m_session.reader().store().operation(id);
                return operation && !operation->isActive();
            },
            30'000);
    }

    Session &m_session;
    QRandomGenerator m_random;
};

/// `--life HOME SEED WHERE COUNT ACTS`: ends with 9 when it was killed, 0 when it lived on, else something is wrong.
int life(const QStringList &arguments)
{
    const quint32 seed = arguments.at(3).toUInt();
    const QString where = arguments.at(4);
    const int count = arguments.at(5).toInt();
    ModelProvider::killBefore = where == u"before" ? count : 0;
    ModelProvider::killAfter = where == u"after" ? count : 0;
    int writes = 0;
    const auto session = openSession(arguments.at(2), [&writes, where, count] {
        if (where == u"journal" && ++writes == count)
            ::_exit(9);
    });
    if (!session)
        return 3;
    Life one(*session, seed);
    if (!one.recover())
        return 4;
    return one.live(arguments.at(6).toInt()) ? 0 : 5;
}

int inChild(const QString &home, quint32 seed, const QString &where, int count, int acts)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(QCoreApplication::applicationFilePath(),
                  {u"--life"_s, home, QString::number(seed), where, QString::number(count), QString::number(acts)});
    if (!process.waitForFinished(240'000))
        return -1;
    return process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2;
}

/// A run goes through tens of thousands of synchronous writes: in memory, where there is such a place.
QString scratchTemplate()
{
    const QString memory = u"/dev/shm"_s;
    return QFileInfo(memory).isWritable() ? memory + u"/slipway-property-XXXXXX"_s : QString();
}

} // namespace

class PropertyTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void randomOperationsWithRandomDeaths();

private:
    void verifyLedger(const QString &world);
    void verifyJournal(const SlipwayStore &store, const QString &world);
    void verifyActivity(const SlipwayStore &store);
};

/// The same request changes the world once, however often it was made.
void PropertyTest::verifyLedger(const QString &world)
{
    QHash<QString, QString> done;
    const QStringList ledger = ModelProvider::ledger(world);
    for (const QString &line : ledger) {
        const QString ticket = line.section(u' ', 0, 0);
        QVERIFY2(!done.contains(ticket), qPrintable(line + u" was done before as "_s + done.value(ticket)));
        done.insert(ticket, line);
    }
}

/// What the journal says was done was done, and what it says was not done was not.
void PropertyTest::verifyJournal(const SlipwayStore &store, const QString &world)
{
    const QStringList ledger = ModelProvider::ledger(world);
    QHash<QString, QStringList> byStep; ///< "<operation>.<step>" -> effects that were not taken back
    for (const QString &line : ledger) {
        const QStringList parts = line.section(u' ', 0, 0).split(u'.');
        const QString step = parts.value(0) + u'.' + parts.value(1);
        if (parts.value(2) == u"undo")
            byStep.remove(step);
        else
            byStep[step].append(line.section(u' ', 1));
    }
    const QList<Operation> operations = store.operations({}, 1'000'000);
    QVERIFY(operations.size() > 100);
    for (const Operation &operation : operations) {
        QVERIFY2(!operation.isActive(), qPrintable(operation.title + u' ' + toString(operation.state)));
        QVERIFY(!store.isHeld(operation.id));
        for (int i = 0; i < operation.steps.size(); ++i) {
            const OperationStep &step = operation.steps.at(i);
            const QStringList effects = byStep.value(operation.id + u'.' + QString::number(i));
            const QString what = u"%1 (%2), step “%3” is %4, effects: %5"_s.arg(
                operation.title, toString(operation.state), step.name, toString(step.state), effects.join(u", "_s));
            if (operation.state == OperationState::Live)
                QVERIFY2(step.state == StepState::Done || step.state == StepState::Skipped, qPrintable(what));
            // Removing a whole pipeline and its environments is not among these, so that a step has one effect at most.
            QVERIFY2(effects.size() <= 1, qPrintable(what));
            const bool mutates = step.name.startsWith(u"Clone"_s) || step.name.startsWith(u"Deploy "_s)
                || step.name.startsWith(u"Release "_s) || step.name.startsWith(u"Roll "_s);
            if (mutates && step.state == StepState::Done)
                QVERIFY2(effects.size() == 1, qPrintable(what));
            if (mutates && (step.state == StepState::Pending || step.state == StepState::Undone))
                QVERIFY2(effects.isEmpty(), qPrintable(what));
        }
    }
}

/// Each end of an operation is there once, and nobody changed a line.
void PropertyTest::verifyActivity(const SlipwayStore &store)
{
    const auto whole = store.verifyActivity();
    QVERIFY2(whole, qPrintable(whole ? QString() : whole.error().text()));
    QHash<QString, QStringList> ends;
    const QList<ActivityEntry> entries = store.activity({}, {}, 1'000'000);
    for (const ActivityEntry &entry : entries) {
        if (!entry.operation.isEmpty())
            ends[entry.operation].append(entry.at.toString(Qt::ISODateWithMs));
    }
    const QList<Operation> operations = store.operations({}, 1'000'000);
    for (const Operation &operation : operations) {
        const QStringList times = ends.value(operation.id);
        QVERIFY2(!times.isEmpty(), qPrintable(operation.title));
        QCOMPARE(QSet<QString>(times.cbegin(), times.cend()).size(), times.size());
    }
}

void PropertyTest::randomOperationsWithRandomDeaths()
{
    bool given = false;
    const int wanted = qEnvironmentVariableIntValue("SLIPWAY_SEED", &given);
    const quint32 seed = given ? quint32(wanted) : QRandomGenerator::global()->bounded(1'000'000);
    qInfo("seed %u (SLIPWAY_SEED=%u repeats this run)", seed, seed);
    QRandomGenerator random(seed);
    QTemporaryDir home = scratchTemplate().isEmpty() ? QTemporaryDir() : QTemporaryDir(scratchTemplate());
    QVERIFY(home.isValid());
    const int lives = kLives * (qEnvironmentVariableIsSet("SLIPWAY_LONG") ? 10 : 1);
    int deaths = 0;
    for (int n = 0; n < lives; ++n) {
        const QString where = QStringList{u"before"_s, u"after"_s, u"journal"_s}.at(random.bounded(3));
        const int count = 1 + random.bounded(where == u"journal" ? 400 : 120);
        const int code = inChild(home.path(), random.generate(), where, count, kActsOfALife);
        QVERIFY2(code == 9 || code == 0, qPrintable(u"life %1 ended with %2"_s.arg(n).arg(code)));
        deaths += code == 9;
    }
    QCOMPARE(inChild(home.path(), 1, u"never"_s, 0, 0), 0); // the last one only recovers
    const QString world = home.filePath(u"world.json"_s);
    const auto store = SlipwayStore::open(home.path());
    QVERIFY(store);
    qInfo("%d lives, %d of them killed, %d operations, %d effects", lives, deaths,
          int((*store)->operations({}, 1'000'000).size()), int(ModelProvider::ledger(world).size()));
    verifyLedger(world);
    verifyJournal(**store, world);
    verifyActivity(**store);
}

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == u"--life")
        return life(arguments);
    PropertyTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_property.moc"
