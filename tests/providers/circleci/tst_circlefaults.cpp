// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "circlefixture.h"

#include <QEventLoop>

using namespace Qt::StringLiterals;
using namespace Slipway;

namespace {

const QString kPipelines = u"GET /project/{slug}/pipeline"_s;
const QString kWorkflows = u"GET /pipeline/{pipeline}/workflow"_s;
const QString kJobs = u"GET /workflow/{workflow}/job"_s;

} // namespace

/// What the service and the network do wrong: every error is a sentence with a remedy that holds no secret, and what
/// could be told is told.
class TestCircleFaults final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void refusals_data();
    void refusals();
    void projects_data();
    void projects();
    void notSetUp();
    void passingTrouble_data();
    void passingTrouble();
    void throttled_data();
    void throttled();
    void nonsense_data();
    void nonsense();
    void partOfTheAnswer();
    void storms();
    void pagesWithoutEnd();
    void tokenIsNeverQuoted();
    void stop();
};

void TestCircleFaults::refusals_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("kind");
    QTest::newRow("400") << 400 << u"invalid"_s;
    QTest::newRow("401") << 401 << u"unauthorized"_s;
    QTest::newRow("403") << 403 << u"blocked"_s;
    QTest::newRow("404") << 404 << u"not_found"_s;
    QTest::newRow("409") << 409 << u"conflict"_s;
    QTest::newRow("418") << 418 << u"server"_s;
    QTest::newRow("422") << 422 << u"invalid"_s;
    QTest::newRow("500") << 500 << u"server"_s;
    QTest::newRow("503") << 503 << u"server"_s;
}

void TestCircleFaults::refusals()
{
    QFETCH(int, status);
    QFETCH(QString, kind);
    CircleFixture f;
    const Push push = f.push(u"main"_s, {workflow(u"ci"_s)});
    f.fault({{u"route"_s, kPipelines}, {u"status"_s, status}, {u"message"_s, u"Circle's \x1b[1mwords"_s}});
    const auto states = f.states({CiCommit{push.sha, u"main"_s}});
    const auto report = f.report(push);
    QVERIFY(!states && !report);
    for (const Error &error : {states.error(), report.error()}) {
        QCOMPARE(Error::kindName(error.kind()), kind);
        QVERIFY(!error.message().isEmpty() && !error.remedy().isEmpty());
        QVERIFY(!(error.text() + error.detail()).contains(QChar(0x1b)));
    }
}

void TestCircleFaults::projects_data()
{
    QTest::addColumn<QString>("project");
    QTest::newRow("nothing") << QString();
    QTest::newRow("a name") << u"shop"_s;
    QTest::newRow("two parts") << u"acme/shop"_s;
    QTest::newRow("four parts") << u"gh/acme/shop/x"_s;
    QTest::newRow("an address") << u"https://github.com/acme/shop"_s;
    QTest::newRow("a way up") << u"gh/../me"_s;
}

void TestCircleFaults::projects()
{
    QFETCH(QString, project);
    CircleFixture f;
    f.setProject(project);
    const auto states = f.states({CiCommit{QString(40, u'a'), u"main"_s}});
    QVERIFY(!states);
    QCOMPARE(Error::kindName(states.error().kind()), u"invalid"_s);
    QVERIFY(states.error().remedy().contains(u"gh/acme/shop"_s));
    QVERIFY(f.requests().isEmpty());
}

void TestCircleFaults::notSetUp()
{
    CircleFixture f;
    f.act(u"project"_s, {{u"slug"_s, u"gh/acme/new"_s}, {u"ready"_s, false}});
    f.setProject(u"gh/acme/new"_s);
    const auto states = f.states({CiCommit{QString(40, u'a'), u"main"_s}, CiCommit{QString(40, u'b'), u"side"_s}});
    QVERIFY(!states);
    QCOMPARE(Error::kindName(states.error().kind()), u"not_found"_s);
    QVERIFY(states.error().message().contains(u"it is not set up or not visible to this token"_s));
    QVERIFY(states.error().message().contains(u"gh/acme/new"_s));
    QCOMPARE(f.requests().size(), 1); // the other branch would fare no better
}

void TestCircleFaults::passingTrouble_data()
{
    QTest::addColumn<QJsonObject>("rule");
    QTest::newRow("503 once") << QJsonObject{{u"times"_s, 1}, {u"status"_s, 503}};
    QTest::newRow("503 twice") << QJsonObject{{u"times"_s, 2}, {u"status"_s, 503}};
    QTest::newRow("a page of a proxy") << QJsonObject{{u"times"_s, 1}, {u"html"_s, true}};
    QTest::newRow("connection lost") << QJsonObject{{u"times"_s, 1}, {u"drop"_s, u"before"_s}};
    QTest::newRow("answer lost") << QJsonObject{{u"times"_s, 1}, {u"drop"_s, u"after"_s}};
    QTest::newRow("answer cut") << QJsonObject{{u"times"_s, 1}, {u"cut"_s, 10}};
    QTest::newRow("byte by byte") << QJsonObject{{u"split"_s, 7}};
}

void TestCircleFaults::passingTrouble()
{
    QFETCH(QJsonObject, rule);
    CircleFixture f;
    const Push push = f.push(u"main"_s, {workflow(u"ci"_s)});
    f.runAll();
    for (const QString &route : {kPipelines, kWorkflows, kJobs}) {
        rule.insert(u"route"_s, route);
        f.fault(rule);
    }
    const CiStatus status = f.state(push);
    QCOMPARE(toString(status.state), u"passed"_s);
    QCOMPARE(status.passed.value_or(-1), 1);
}

void TestCircleFaults::throttled_data()
{
    QTest::addColumn<QString>("headers");
    QTest::addColumn<int>("seconds");
    QTest::addColumn<bool>("passes");
    QTest::newRow("Retry-After: 0") << u"retry-after"_s << 0 << true;
    QTest::newRow("no header") << u"none"_s << 0 << true;
    QTest::newRow("RateLimit, 0 s") << u"ratelimit"_s << 0 << true;
    QTest::newRow("X-RateLimit") << u"x-ratelimit"_s << 0 << true;
    QTest::newRow("both, 0 s") << u"both"_s << 0 << true;
    QTest::newRow("Retry-After: an hour") << u"retry-after"_s << 3600 << false;
    QTest::newRow("RateLimit, an hour") << u"ratelimit"_s << 3600 << false;
}

void TestCircleFaults::throttled()
{
    QFETCH(QString, headers);
    QFETCH(int, seconds);
    QFETCH(bool, passes);
    CircleFixture f;
    const Push push = f.push(u"main"_s, {workflow(u"ci"_s)});
    f.fault({{u"route"_s, kWorkflows}, {u"times"_s, 1}, {u"throttle"_s, headers}, {u"seconds"_s, seconds}});
    const auto states = f.states({CiCommit{push.sha, u"main"_s}});
    QCOMPARE(states.has_value(), passes);
    if (passes)
        return;
    QCOMPARE(Error::kindName(states.error().kind()), u"rate_limited"_s);
    QCOMPARE(states.error().remedy(), u"Try again in 60 minutes."_s);
    f.forgetRequests();
    QVERIFY(!f.states({CiCommit{push.sha, u"main"_s}}));
    QVERIFY(f.requests().isEmpty()); // it was asked to wait
}

void TestCircleFaults::nonsense_data()
{
    QTest::addColumn<QString>("route");
    QTest::addColumn<QJsonObject>("rule");
    const auto set = [](const QString &field, const QJsonValue &value) {
        return QJsonObject{{u"set"_s, QJsonObject{{field, value}}}};
    };
    for (const QString &route : {kPipelines, kWorkflows}) {
        const auto row = [&route](const char *name) -> QTestData & {
            return QTest::addRow("%s: %s", qPrintable(route.section(u'/', -1)), name);
        };
        row("cut short, and says so") << route << QJsonObject{{u"truncate"_s, 20}};
        row("nothing") << route << QJsonObject{{u"raw"_s, u""_s}};
        row("a list") << route << QJsonObject{{u"raw"_s, u"[]"_s}};
        row("no items") << route << set(u"items"_s, QJsonValue());
        row("items of another kind") << route << set(u"items"_s, QJsonArray{1, u"two"_s});
        row("a page token that is a number") << route << set(u"next_page_token"_s, 7);
        row("an id that is a number") << route << set(u"items.id"_s, 7);
        row("no id") << route << set(u"items.id"_s, QJsonValue());
        row("a page, and all is well") << route << QJsonObject{{u"html"_s, true}, {u"status"_s, 200}};
    }
    QTest::newRow("state") << kPipelines << set(u"items.state"_s, QJsonArray());
    QTest::newRow("vcs") << kPipelines << set(u"items.vcs.revision"_s, 7);
    QTest::newRow("number") << kPipelines << set(u"items.number"_s, u"seven"_s);
    QTest::newRow("status") << kWorkflows << set(u"items.status"_s, false);
    QTest::newRow("created_at") << kWorkflows << set(u"items.created_at"_s, 12);
}

void TestCircleFaults::nonsense()
{
    QFETCH(QString, route);
    QFETCH(QJsonObject, rule);
    CircleFixture f;
    const Push push = f.push(u"main"_s, {workflow(u"ci"_s)});
    rule.insert(u"route"_s, route);
    f.fault(rule);
    const auto states = f.states({CiCommit{push.sha, u"main"_s}});
    QVERIFY(!states);
    QCOMPARE(Error::kindName(states.error().kind()), u"bad_payload"_s);
    QVERIFY(!states.error().remedy().isEmpty());
    f.noFaults();
    QCOMPARE(toString(f.state(push).state), u"running"_s); // nothing of it stayed
}

void TestCircleFaults::partOfTheAnswer()
{
    CircleFixture f;
    const Push good = f.push(u"a"_s, {workflow(u"ci"_s)});
    const Push odd = f.push(u"b"_s, {workflow(u"ci"_s)});
    const Push last = f.push(u"c"_s, {workflow(u"ci"_s)});
    const QList<CiCommit> commits{{good.sha, u"a"_s}, {odd.sha, u"b"_s}, {last.sha, u"c"_s}};
    f.fault({{u"path"_s, odd.id}, {u"truncate"_s, 5}});
    auto states = f.states(commits);
    VERIFY(states);
    QCOMPARE(states->size(), 2); // what could not be asked about is not in it
    QVERIFY(!states->contains(odd.sha));
    f.noFaults();
    f.fault({{u"path"_s, odd.id}, {u"status"_s, 503}}); // the service has trouble: no more questions
    states = f.states(commits);
    VERIFY(states);
    QCOMPARE(states->keys(), QStringList{good.sha});
    f.noFaults();
    f.fault({{u"path"_s, odd.id}, {u"status"_s, 401}});
    states = f.states(commits);
    QVERIFY(!states);
    QCOMPARE(Error::kindName(states.error().kind()), u"unauthorized"_s);
}

void TestCircleFaults::storms()
{
    CircleFixture f;
    QList<CiCommit> commits;
    for (int i = 0; i < 10; ++i)
        commits.append({f.push(u"b%1"_s.arg(i), {workflow(u"ci"_s)}).sha, u"b%1"_s.arg(i)});
    f.fault({{u"status"_s, 503}});
    const auto states = f.states(commits);
    QVERIFY(!states);
    QCOMPARE(Error::kindName(states.error().kind()), u"server"_s);
    QCOMPARE(f.requests().size(), 4); // the attempts of one request, not of ten
}

void TestCircleFaults::pagesWithoutEnd()
{
    CircleFixture f;
    const Push push = f.push(u"main"_s, {workflow(u"ci"_s)});
    const QString again = uR"({"items": [], "next_page_token": "again"})"_s;
    f.fault({{u"route"_s, kWorkflows}, {u"status"_s, 200}, {u"raw"_s, again}});
    VERIFY(f.states({CiCommit{push.sha, u"main"_s}}));
    QCOMPARE(f.requests().count(kWorkflows), 20);
    f.noFaults();
    f.forgetRequests();
    f.newProvider();
    f.fault({{u"route"_s, kPipelines}, {u"status"_s, 200}, {u"raw"_s, again}});
    VERIFY(f.states({CiCommit{push.sha, u"main"_s}}));
    QCOMPARE(f.requests().count(kPipelines), 5);
}

void TestCircleFaults::tokenIsNeverQuoted()
{
    CircleFixture f;
    f.fault({{u"status"_s, 400}, {u"message"_s, u"bad header: Bearer stand-in-token"_s}});
    const auto facts = f.wait(f.provider().facts(true));
    QVERIFY(!facts);
    QVERIFY(!(facts.error().text() + facts.error().detail()).contains(u"stand-in-token"_s));
}

void TestCircleFaults::stop()
{
    CircleFixture f;
    const Push push = f.push(u"main"_s, {workflow(u"ci"_s)});
    f.fault({{u"route"_s, kWorkflows}, {u"hang"_s, true}});
    auto states = f.provider().states(f.project(), {CiCommit{push.sha, u"main"_s}});
    while (f.requests().size() < 2)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
    bool drained = false;
    QEventLoop loop;
    f.provider().stop([&] {
        drained = true;
        loop.quit();
    });
    if (!drained)
        loop.exec();
    const auto ended = f.wait(std::move(states));
    QVERIFY(!ended);
    QCOMPARE(Error::kindName(ended.error().kind()), u"cancelled"_s);
    const auto after = f.wait(f.provider().log(f.project(), u"1"_s));
    QVERIFY(!after);
    QCOMPARE(Error::kindName(after.error().kind()), u"cancelled"_s);
}

QTEST_GUILESS_MAIN(TestCircleFaults)
#include "tst_circlefaults.moc"
