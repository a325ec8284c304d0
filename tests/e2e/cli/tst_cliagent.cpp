// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk.h"

#include "models/store/stores.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace Slipway;

namespace {

constexpr int kPatienceMs = 120000;

const QByteArray kServer = R"(import http.server, os
http.server.ThreadingHTTPServer((os.environ["HOST"], int(os.environ["PORT"])),
                                http.server.SimpleHTTPRequestHandler).serve_forever()
)";

} // namespace

/// The rules and the queue, carried out by a real agent. The tests of this class build on one another.
class TestCliAgent : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void saysWhenThereIsNothingToDo();
    void newChangeGetsAnEnvironment();
    void closedChangeIsShutDown();
    void queueKeepsItsOrder();
    void queueStartsByItself();
    void keepGivesMoreTime();
    void interruptedByHand();

private:
    Ran run(const QString &line) { return m_desk->run(line.split(u' ', Qt::SkipEmptyParts)); }
    std::unique_ptr<QProcess> startAgent(const QStringList &more = {});
    /// Until the first look of this agent was noted.
    void awaitFirstLook(const QString &rule);
    bool hasEnvironment(const QString &branch);
    void branch(const QString &name);
    std::unique_ptr<Desk> m_desk;
    QString m_repository;
    std::unique_ptr<QProcess> m_agent;
};

void TestCliAgent::initTestCase()
{
    m_desk = std::make_unique<Desk>();
    m_repository =
        m_desk->makeRepository(u"app"_s, {{u"Procfile"_s, "web: exec python3 server.py\n"}, {u"server.py"_s, kServer}});
    const Ran added = m_desk->run({u"pipeline"_s, u"add"_s, u"app"_s, u"--repo"_s, m_repository});
    QVERIFY2(added.code == 0, added.told());
}

std::unique_ptr<QProcess> TestCliAgent::startAgent(const QStringList &more)
{
    return m_desk->start(QStringList{u"agent"_s} + more);
}

void TestCliAgent::awaitFirstLook(const QString &rule)
{
    const auto store = SlipwayStore::open(m_desk->home());
    QVERIFY(store);
    QTRY_VERIFY_WITH_TIMEOUT(!(*store)->ruleNotes(u"app"_s, rule).isEmpty(), kPatienceMs);
}

bool TestCliAgent::hasEnvironment(const QString &name)
{
    const Ran status = run(u"status app --refresh --json"_s);
    for (const auto &one : status.json().value(u"environments"_s).toArray()) {
        if (one[u"change"_s][u"branch"_s] == name && one[u"state"_s] == u"running"_s
            && one[u"stage"_s] == u"development"_s)
            return true;
    }
    return false;
}

void TestCliAgent::branch(const QString &name)
{
    m_desk->git(m_repository, {u"switch"_s, u"--quiet"_s, u"--create"_s, name, u"main"_s});
    QFile file(m_repository + u'/' + name); // another artifact: what staging runs already goes nowhere
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(name.toUtf8()) > 0);
    file.close();
    m_desk->git(m_repository, {u"add"_s, name});
    m_desk->git(m_repository, {u"commit"_s, u"--quiet"_s, u"--message"_s, u"Work on "_s + name});
    m_desk->git(m_repository, {u"switch"_s, u"--quiet"_s, u"main"_s});
}

void TestCliAgent::saysWhenThereIsNothingToDo()
{
    const Ran ran = m_desk->run({u"agent"_s, u"--timeout"_s, u"1"_s});
    QVERIFY2(ran.code == 0 && ran.err.contains("No pipeline has a rule yet"), ran.told());
}

void TestCliAgent::newChangeGetsAnEnvironment()
{
    branch(u"old"_s); // was there before the rule: not new
    const Ran set = run(u"pipeline policy app set rules.new-change=on rules.closed=on"_s);
    QVERIFY2(set.code == 0, set.told());
    QCOMPARE(run(u"status app --refresh"_s).code, 0);
    m_agent = startAgent({u"--json"_s});
    awaitFirstLook(u"new-change"_s);
    branch(u"idea"_s);
    QTRY_VERIFY_WITH_TIMEOUT(hasEnvironment(u"idea"_s), kPatienceMs);
    QVERIFY(!hasEnvironment(u"old"_s));
}

void TestCliAgent::closedChangeIsShutDown()
{
    m_desk->git(m_repository, {u"branch"_s, u"--quiet"_s, u"-D"_s, u"idea"_s});
    QTRY_VERIFY_WITH_TIMEOUT(!hasEnvironment(u"idea"_s), kPatienceMs);
    QCOMPARE(run(u"status app --refresh --json"_s).json()[u"environments"_s].toArray().size(), 2);
    QByteArray acts;
    QTRY_VERIFY_WITH_TIMEOUT((acts += m_agent->readAllStandardOutput()).count('\n') >= 2, kPatienceMs);
    ::kill(static_cast<pid_t>(m_agent->processId()), SIGTERM);
    const Ran ended = Desk::finish(*m_agent);
    QVERIFY2(ended.code == 0, ended.told());
    QStringList rules;
    for (const QByteArray &line : (acts + ended.out).trimmed().split('\n')) {
        const QJsonObject act = QJsonDocument::fromJson(line).object();
        QVERIFY2(!act.isEmpty(), line);
        rules += act[u"by"_s].toString();
    }
    QCOMPARE(rules, QStringList({u"rule new-change"_s, u"rule closed"_s}));
    const Ran activity = run(u"activity app"_s);
    QVERIFY2(activity.out.contains("rule closed") && activity.out.contains("merged or closed"), activity.told());
}

void TestCliAgent::queueKeepsItsOrder()
{
    QCOMPARE(run(u"pipeline policy app unset rules.new-change rules.closed"_s).code, 0);
    for (const auto &name : {u"one"_s, u"two"_s}) {
        branch(name);
        const Ran clone = run(u"clone app --name %1 --change %1"_s.arg(name));
        QVERIFY2(clone.code == 0, clone.told());
    }
    const Ran early = run(u"queue add app/one"_s);
    QVERIFY2(early.code == 3 && early.err.contains("not accepted"), early.told());
    QCOMPARE(run(u"accept app/one"_s).code, 0);
    QCOMPARE(run(u"accept app/two"_s).code, 0);
    QCOMPARE(run(u"queue add app/one"_s).code, 0);
    const Ran both = run(u"queue add app/two --json"_s);
    QCOMPARE(both.json()[u"queue"_s][0][u"environment"_s], u"one"_s);
    QVERIFY(both.json()[u"queue"_s][0][u"ready"_s].toBool());
    QVERIFY2(both.json()[u"queue"_s][1][u"reason"_s].toString().contains(u"first"), both.told());
    const Ran moved = run(u"queue add app/two --place 1 --json"_s);
    QCOMPARE(moved.json()[u"queue"_s][0][u"environment"_s], u"two"_s);
    const Ran list = run(u"queue app"_s);
    QVERIFY2(list.code == 0 && list.out.contains("it can go now"), list.told());
    QCOMPARE(run(u"queue remove app/nothing"_s).code, 1);
    const Ran staging = run(u"queue add app/staging"_s);
    QVERIFY2(staging.code == 2, staging.told());
}

void TestCliAgent::queueStartsByItself()
{
    QCOMPARE(run(u"pipeline policy app set queue=auto"_s).code, 0);
    m_agent = startAgent();
    const auto staging = [this] { return m_desk->environment(u"app"_s, u"staging"_s)[u"change"_s][u"branch"_s]; };
    QTRY_COMPARE_WITH_TIMEOUT(staging(), QJsonValue(u"two"_s), kPatienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(!hasEnvironment(u"two"_s), kPatienceMs); // shut down afterwards
    const Ran queue = run(u"queue app --json"_s);
    QCOMPARE(queue.json()[u"queue"_s].toArray().size(), 1); // the other one waits, and says for what
    QVERIFY2(!queue.json()[u"queue"_s][0][u"ready"_s].toBool(), queue.told());
    QVERIFY2(!queue.json()[u"queue"_s][0][u"reason"_s].toString().isEmpty(), queue.told());
    const Ran remove = run(u"queue remove app/one --json"_s);
    QVERIFY2(remove.code == 0 && remove.json()[u"queue"_s].toArray().isEmpty(), remove.told());
}

void TestCliAgent::keepGivesMoreTime()
{
    const Ran endless = run(u"keep app/one"_s);
    QVERIFY2(endless.code == 2 && endless.err.contains("rules.live-hours"), endless.told());
    QCOMPARE(run(u"pipeline policy app set rules.live-hours=48"_s).code, 0);
    const auto ends = [this] { return m_desk->environment(u"app"_s, u"one"_s)[u"ends_at"_s].toString(); };
    QTRY_VERIFY_WITH_TIMEOUT(!ends().isEmpty(), kPatienceMs); // the agent noted it
    const QString before = ends();
    const Ran kept = run(u"keep app/one --json"_s);
    QVERIFY2(kept.code == 0, kept.told());
    QVERIFY2(kept.json()[u"ends_at"_s].toString() > before, kept.told()); // both are written alike, in UTC
    QVERIFY2(run(u"status app"_s).out.contains("lives until"), kept.told());
}

void TestCliAgent::interruptedByHand()
{
    ::kill(static_cast<pid_t>(m_agent->processId()), SIGINT);
    const Ran ended = Desk::finish(*m_agent);
    QVERIFY2(ended.code == 130, ended.told());
    QVERIFY2(ended.err.contains("rule queue") && ended.err.contains("queue=auto"), ended.told());
    QVERIFY2(ended.out.isEmpty(), ended.told());
}

QTEST_GUILESS_MAIN(TestCliAgent)
#include "tst_cliagent.moc"
