// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "circlefixture.h"

using namespace Qt::StringLiterals;
using namespace Slipway;

namespace {

const QString kPipelines = u"GET /project/{slug}/pipeline"_s;
const QString kWorkflows = u"GET /pipeline/{pipeline}/workflow"_s;
const QString kJobs = u"GET /workflow/{workflow}/job"_s;

QString words(const CiStatus &status)
{
    const QString counts = status.passed ? u" %1/%2"_s.arg(*status.passed).arg(*status.failed) : QString();
    return toString(status.state) + counts;
}

QString fakeSha(int number)
{
    return QString::number(number, 16).rightJustified(40, u'0');
}

} // namespace

/// How commits stand, and what it costs to know.
class TestCircleStates final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void who();
    void budgetIsKnown();
    void oneWorkflow_data();
    void oneWorkflow();
    void fromPushToEnd();
    void severalWorkflows_data();
    void severalWorkflows();
    void nothingChangedCostsLittle_data();
    void nothingChangedCostsLittle();
    void branchesAndPages();
    void unknownCommits();
    void aWayBackThatIsNoLongerGood();
    void rerunsCount();
    void rerunElsewhereIsSeen();
    void startedAgainByHand();
    void erroredPipelines();
    void setupWorkflows();
    void waitsForApproval();
    void projectsOfTheGitHubApp();
    void branchNamesOfAllKinds();
    void webAddresses();
};

void TestCircleStates::who()
{
    CircleFixture f;
    const auto facts = f.wait(f.provider().facts(true));
    VERIFY(facts);
    QCOMPARE(facts->who, u"ada"_s);
    QCOMPARE(f.requests(), QStringList{u"GET /me"_s});
    const QJsonObject headers = f.wholeRequests().at(0).toObject().value(u"headers"_s).toObject();
    QVERIFY(headers.value(u"user-agent"_s).toString().startsWith(u"slipway/"_s));
    f.act(u"me"_s, {{u"set"_s, QJsonObject{{u"login"_s, QJsonValue()}, {u"name"_s, u"Ada\x1b[31m L."_s}}}});
    const auto nameless = f.wait(f.provider().facts(true));
    VERIFY(nameless);
    QCOMPARE(nameless->who, u"Ada L."_s);
    f.newProvider(u"wrong"_s);
    const auto refused = f.wait(f.provider().facts(true));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind(), Error::Kind::Unauthorized);
    f.forgetRequests();
    f.newProvider(QString());
    const auto tokenless = f.wait(f.provider().facts(true));
    QVERIFY(!tokenless);
    QCOMPARE(tokenless.error().kind(), Error::Kind::Unauthorized);
    VERIFY(f.wait(f.provider().facts(false)));
    QVERIFY(f.requests().isEmpty());
}

void TestCircleStates::budgetIsKnown()
{
    for (const QString &family : {u"ratelimit"_s, u"x-ratelimit"_s, u"both"_s}) {
        CircleFixture f;
        f.settings({{u"rate_limit"_s, 60}, {u"rate_headers"_s, family}});
        const auto asked = f.wait(f.provider().facts(true));
        VERIFY(asked);
        QCOMPARE(asked->budgetLeft, 59);
        QCOMPARE(asked->budgetTotal, 60);
        const auto kept = f.wait(f.provider().facts(false));
        VERIFY(kept);
        QCOMPARE(kept->budgetLeft, 59);
    }
}

void TestCircleStates::oneWorkflow_data()
{
    QTest::addColumn<QString>("status");
    QTest::addColumn<QString>("expected");
    QTest::newRow("running") << u"running"_s << u"running"_s;
    QTest::newRow("queued") << u"queued"_s << u"running"_s;
    QTest::newRow("failing") << u"failing"_s << u"failed"_s;
    QTest::newRow("error") << u"error"_s << u"failed"_s;
    QTest::newRow("unauthorized") << u"unauthorized"_s << u"failed"_s;
    QTest::newRow("not_run") << u"not_run"_s << u"none"_s;
    QTest::newRow("canceled") << u"canceled"_s << u"unknown"_s;
    QTest::newRow("a word of tomorrow") << u"paused"_s << u"unknown"_s;
}

void TestCircleStates::oneWorkflow()
{
    QFETCH(QString, status);
    QFETCH(QString, expected);
    CircleFixture f;
    const Push push = f.push(u"main"_s, {workflow(u"build"_s)});
    f.act(u"status"_s, {{u"workflow"_s, push.run(u"build"_s)}, {u"status"_s, status}});
    const CiStatus told = f.state(push);
    QCOMPARE(words(told), expected);
    QVERIFY(told.url.toString().endsWith(u"/pipelines/gh/acme/shop/1/workflows/"_s + push.run(u"build"_s)));
}

void TestCircleStates::fromPushToEnd()
{
    CircleFixture f;
    f.settings({{u"pipeline_lag"_s, 1}});
    const Push push = f.push(u"main"_s, {workflow(u"build"_s), workflow(u"lint"_s, u"failed"_s)});
    const CiStatus starting = f.state(push);
    QCOMPARE(words(starting), u"running"_s);
    QVERIFY(starting.url.toString().endsWith(u"/pipelines/gh/acme/shop/1"_s));
    QCOMPARE(words(f.state(push)), u"running"_s);
    f.finish(push, u"build-job"_s);
    QCOMPARE(words(f.state(push)), u"running"_s);
    f.runAll();
    const CiStatus ended = f.state(push);
    QCOMPARE(words(ended), u"failed 1/1"_s);
    QVERIFY(ended.url.toString().endsWith(push.run(u"lint"_s)));
    QCOMPARE(f.violations(), QString());
}

void TestCircleStates::severalWorkflows_data()
{
    QTest::addColumn<QStringList>("results");
    QTest::addColumn<QString>("expected");
    QTest::newRow("all well") << QStringList{u"success"_s, u"success"_s} << u"passed 2/0"_s;
    QTest::newRow("one failed") << QStringList{u"success"_s, u"failed"_s, u"success"_s} << u"failed 2/1"_s;
    QTest::newRow("one timed out") << QStringList{u"timedout"_s, u"success"_s} << u"failed 1/1"_s;
    QTest::newRow("infrastructure") << QStringList{u"infrastructure_fail"_s} << u"failed 0/1"_s;
    QTest::newRow("one cancelled") << QStringList{u"canceled"_s, u"success"_s} << u"unknown 1/0"_s;
}

void TestCircleStates::severalWorkflows()
{
    QFETCH(QStringList, results);
    QFETCH(QString, expected);
    CircleFixture f;
    QJsonArray workflows;
    for (const QString &result : std::as_const(results))
        workflows.append(workflow(u"w%1"_s.arg(workflows.size()), result));
    const Push push = f.push(u"main"_s, workflows);
    f.runAll();
    QCOMPARE(words(f.state(push)), expected);
}

void TestCircleStates::nothingChangedCostsLittle_data()
{
    QTest::addColumn<QString>("ending");
    QTest::addColumn<QStringList>("first");
    QTest::addColumn<QStringList>("again");
    QTest::newRow("running") << QString() << QStringList{kPipelines, kWorkflows} << QStringList{kPipelines, kWorkflows};
    QTest::newRow("passed") << u"success"_s << QStringList{kPipelines, kWorkflows, kJobs} << QStringList{kPipelines};
    QTest::newRow("failed") << u"failed"_s << QStringList{kPipelines, kWorkflows, kJobs}
                            << QStringList{kPipelines, kWorkflows};
    QTest::newRow("waits for approval") << u"hold"_s << QStringList{kPipelines, kWorkflows, kJobs}
                                        << QStringList{kPipelines, kWorkflows};
}

void TestCircleStates::nothingChangedCostsLittle()
{
    QFETCH(QString, ending);
    QFETCH(QStringList, first);
    QFETCH(QStringList, again);
    CircleFixture f;
    const Push push = ending == u"hold" ? f.push() : f.push(u"main"_s, {workflow(u"build"_s, ending)});
    if (!ending.isEmpty())
        f.runAll();
    f.state(push);
    QCOMPARE(f.requests(), first);
    f.forgetRequests();
    f.state(push);
    QCOMPARE(f.requests(), again);
    QCOMPARE(f.violations(), QString());
}

void TestCircleStates::branchesAndPages()
{
    CircleFixture f;
    f.settings({{u"page_size"_s, 2}});
    QList<CiCommit> commits;
    QList<Push> pushes;
    for (int i = 0; i < 5; ++i)
        pushes.append(f.push(u"main"_s, {workflow(u"build"_s)}));
    const Push other = f.push(u"totals"_s, {workflow(u"build"_s)});
    f.runAll();
    for (const Push &push : std::as_const(pushes))
        commits.append({push.sha, u"main"_s});
    commits.append({other.sha, u"totals"_s});
    auto states = f.states(commits);
    VERIFY(states);
    QCOMPARE(states->size(), 6);
    for (const CiStatus &status : std::as_const(*states))
        QCOMPARE(toString(status.state), u"passed"_s);
    QCOMPARE(f.requests().count(kPipelines), 3 + 1);
    f.forgetRequests();
    states = f.states(commits);
    VERIFY(states);
    QCOMPARE(states->size(), 6);
    QCOMPARE(f.requests(), (QStringList{kPipelines, kPipelines})); // a page a branch
    f.forgetRequests();
    const Push newest = f.push(u"main"_s, {workflow(u"build"_s)});
    QCOMPARE(words(f.state(newest)), u"running"_s);
    QCOMPARE(toString(f.state(pushes.constFirst()).state), u"passed"_s);
    QCOMPARE(f.requests().count(kPipelines), 2);
    for (int i = 0; i < 4; ++i) // more than a page: the known and the new do not meet
        f.push(u"main"_s, {workflow(u"build"_s)});
    QCOMPARE(words(f.state(newest)), u"running"_s);
    QCOMPARE(f.violations(), QString());
}

void TestCircleStates::unknownCommits()
{
    CircleFixture f;
    f.settings({{u"page_size"_s, 1}});
    for (int i = 0; i < 8; ++i)
        f.push(u"main"_s, {workflow(u"build"_s)});
    const QList<CiCommit> commits{{fakeSha(1), u"main"_s}, {fakeSha(2), QString()}, {fakeSha(3), u"not-there"_s}};
    const auto states = f.states(commits);
    VERIFY(states);
    QCOMPARE(states->size(), 3);
    for (const CiStatus &status : std::as_const(*states))
        QCOMPARE(status, CiStatus());
    QCOMPARE(f.requests().count(kPipelines), 5 + 5 + 1); // and no further back
    f.forgetRequests();
    VERIFY(f.states(commits));
    QCOMPARE(f.requests().count(kPipelines), 3);
    const Push push = f.push(u"side"_s, {workflow(u"build"_s)});
    QCOMPARE(words(f.state(push, QString())), u"running"_s); // of any branch
    QCOMPARE(f.violations(), QString());
}

void TestCircleStates::aWayBackThatIsNoLongerGood()
{
    CircleFixture f;
    f.settings({{u"page_size"_s, 2}});
    const Push old = f.push(u"main"_s, {workflow(u"build"_s)});
    f.push(u"main"_s, {workflow(u"build"_s)});
    const Push newest = f.push(u"main"_s, {workflow(u"build"_s)});
    QCOMPARE(words(f.state(newest)), u"running"_s);
    f.forgetRequests();
    f.fault({{u"route"_s, kPipelines}, {u"nth"_s, 2}, {u"status"_s, 400}, {u"message"_s, u"Invalid page token."_s}});
    QCOMPARE(words(f.state(old)), u"running"_s);
    QCOMPARE(f.requests().count(kPipelines), 4);
}

void TestCircleStates::rerunsCount()
{
    CircleFixture f;
    const QJsonObject job{{u"name"_s, u"job"_s}, {u"result"_s, QJsonArray{u"failed"_s, u"success"_s}}};
    const Push push = f.push(u"main"_s, {QJsonObject{{u"name"_s, u"build"_s}, {u"jobs"_s, QJsonArray{job}}}});
    f.runAll();
    QCOMPARE(words(f.state(push)), u"failed 0/1"_s);
    f.act(u"rerun"_s, {{u"workflow"_s, push.run(u"build"_s)}, {u"from_failed"_s, true}});
    QCOMPARE(words(f.state(push)), u"running"_s);
    f.runAll();
    QCOMPARE(words(f.state(push)), u"passed 1/0"_s);
}

void TestCircleStates::rerunElsewhereIsSeen()
{
    CircleFixture f;
    const Push push = f.push(u"main"_s, {workflow(u"build"_s, u"failed"_s)});
    f.runAll();
    QCOMPARE(words(f.state(push)), u"failed 0/1"_s);
    QCOMPARE(words(f.state(push)), u"failed 0/1"_s);
    f.act(u"rerun"_s, {{u"workflow"_s, push.run(u"build"_s)}});
    QCOMPARE(words(f.state(push)), u"running"_s);
}

void TestCircleStates::startedAgainByHand()
{
    CircleFixture f;
    const Push first = f.push(u"main"_s, {workflow(u"build"_s, u"failed"_s), workflow(u"docs"_s)});
    f.runAll();
    f.push(u"main"_s, {workflow(u"build"_s)}, {{u"sha"_s, first.sha}});
    QCOMPARE(words(f.state(first)), u"running"_s);
    f.runAll();
    QCOMPARE(words(f.state(first)), u"passed 2/0"_s); // docs of the first, build of the second
}

void TestCircleStates::erroredPipelines()
{
    CircleFixture f;
    const QJsonArray errors{QJsonObject{{u"type"_s, u"config"_s}, {u"message"_s, u"no such executor"_s}}};
    const QJsonObject broken{{u"state"_s, u"errored"_s}, {u"errors"_s, errors}};
    const Push push = f.push(u"main"_s, {}, broken);
    const CiStatus status = f.state(push);
    QCOMPARE(words(status), u"failed"_s);
    QVERIFY(status.url.toString().endsWith(u"/pipelines/gh/acme/shop/1"_s));
    f.push(u"main"_s, {workflow(u"build"_s)}, {{u"sha"_s, push.sha}}); // mended, and started by hand
    f.runAll();
    QCOMPARE(words(f.state(push)), u"passed 1/0"_s);
    QCOMPARE(f.violations(), QString());
}

void TestCircleStates::setupWorkflows()
{
    CircleFixture f;
    QJsonObject setup = workflow(u"choose"_s, u"success"_s);
    setup.insert(u"setup"_s, true);
    const Push alone = f.push(u"main"_s, {setup}, {{u"state"_s, u"setup"_s}});
    f.runAll();
    QCOMPARE(words(f.state(alone)), u"running"_s); // the others are still to come
    const Push both = f.push(u"main"_s, {setup, workflow(u"build"_s, u"failed"_s)});
    f.runAll();
    QCOMPARE(words(f.state(both)), u"failed 0/1"_s);
    const Push nothing = f.push(u"main"_s, {setup});
    f.runAll();
    QCOMPARE(words(f.state(nothing)), u"passed 1/0"_s);
    const Push broken = f.push(u"main"_s, {setup});
    f.act(u"show"_s,
          {{u"kind"_s, u"pipeline"_s}, {u"id"_s, broken.id}, {u"set"_s, QJsonObject{{u"state"_s, u"errored"_s}}}});
    f.runAll();
    QCOMPARE(words(f.state(broken)), u"failed"_s);
}

void TestCircleStates::waitsForApproval()
{
    CircleFixture f;
    const Push push = f.push(); // build, test, approve-deploy, deploy
    QCOMPARE(words(f.state(push)), u"running"_s);
    f.runAll();
    QCOMPARE(words(f.state(push)), u"passed 2/0"_s); // what is to be approved is no check
    const QJsonObject hold{{u"name"_s, u"may-run"_s}, {u"type"_s, u"approval"_s}};
    const QJsonObject test{{u"name"_s, u"test"_s}, {u"requires"_s, QJsonArray{u"may-run"_s}}};
    const Push nothingRan =
        f.push(u"main"_s, {QJsonObject{{u"name"_s, u"costly"_s}, {u"jobs"_s, QJsonArray{hold, test}}}});
    QCOMPARE(words(f.state(nothingRan)), u"running"_s);
    f.act(u"approve"_s, {{u"pipeline"_s, nothingRan.id}, {u"job"_s, u"may-run"_s}});
    f.runAll();
    QCOMPARE(words(f.state(nothingRan)), u"passed 1/0"_s);
}

void TestCircleStates::projectsOfTheGitHubApp()
{
    CircleFixture f;
    const QString slug = f.act(u"project"_s, {{u"slug"_s, u"circleci/4hq5mXvX/9KzPq2"_s}}).value(u"slug"_s).toString();
    f.setProject(slug);
    const Push push = f.push(u"main"_s, {workflow(u"build"_s)});
    f.runAll();
    const CiStatus status = f.state(push);
    QCOMPARE(words(status), u"passed 1/0"_s);
    QVERIFY(status.url.toString().contains(u"/pipelines/"_s + slug + u"/1/workflows/"_s));
    QCOMPARE(f.violations(), QString());
}

void TestCircleStates::branchNamesOfAllKinds()
{
    CircleFixture f;
    for (const QString &branch : {u"fix/a+b & c=d #1"_s, u"größe"_s, u"100%"_s, u"pull/12"_s}) {
        const Push push = f.push(branch, {workflow(u"build"_s)});
        f.runAll();
        QCOMPARE(words(f.state(push, branch)), u"passed 1/0"_s);
    }
    QCOMPARE(f.violations(), QString());
}

void TestCircleStates::webAddresses()
{
    const CircleCi::WebAddress web(QUrl(u"https://circleci.com"_s));
    CircleCi::WorkflowRecord workflow;
    workflow.id = u"0a1b"_s;
    workflow.slug = u"gh/acme/shop"_s;
    CircleCi::JobRecord job;
    QVERIFY(web.of(workflow).isEmpty()); // without a number it leads nowhere
    workflow.pipelineNumber = 12;
    QCOMPARE(web.of(workflow, job).toString(), u"https://app.circleci.com/pipelines/gh/acme/shop/12/workflows/0a1b"_s);
    job.number = 34;
    QCOMPARE(web.of(workflow, job).toString(),
             u"https://app.circleci.com/pipelines/gh/acme/shop/12/workflows/0a1b/jobs/34"_s);
    workflow.id = u"../../x?y#z"_s;
    QCOMPARE(web.of(workflow).toString(QUrl::FullyEncoded),
             u"https://app.circleci.com/pipelines/gh/acme/shop/12/workflows/..%2F..%2Fx%3Fy%23z"_s);
    workflow.slug = u"javascript:alert(1)"_s;
    QVERIFY(web.of(workflow, job).isEmpty());
    const CircleCi::WebAddress own(QUrl(u"https://ci.example.com/"_s));
    workflow.slug = u"gh/acme/shop"_s;
    workflow.id = u"0a1b"_s;
    QCOMPARE(own.of(workflow).toString(), u"https://ci.example.com/pipelines/gh/acme/shop/12/workflows/0a1b"_s);
}

QTEST_GUILESS_MAIN(TestCircleStates)
#include "tst_circlestates.moc"
