// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "circlefixture.h"

using namespace Qt::StringLiterals;
using namespace Slipway;

namespace {

const QString kTests = u"GET /project/{slug}/{number}/tests"_s;
const QString kFlaky = u"GET /insights/{slug}/flaky-tests"_s;

CiRun runNamed(const CiReport &report, const QString &name)
{
    for (const CiRun &run : report.runs) {
        if (run.name == name)
            return run;
    }
    return {};
}

CiJob jobNamed(const CiRun &run, const QString &name)
{
    for (const CiJob &job : run.jobs) {
        if (job.name == name)
            return job;
    }
    return {};
}

/// A workflow "ci" of one job "test" that fails with these tests.
QJsonArray failingWith(const QJsonArray &failing)
{
    const QJsonObject job{{u"name"_s, u"test"_s},
                          {u"result"_s, u"failed"_s},
                          {u"failing"_s, failing},
                          {u"passing"_s, QJsonArray{u"adds an order"_s}}};
    return {QJsonObject{{u"name"_s, u"ci"_s}, {u"jobs"_s, QJsonArray{job}}}};
}

} // namespace

/// Everything about one commit.
class TestCircleReports final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void wholePipeline();
    void jobWords_data();
    void jobWords();
    void failingTests();
    void manyFailingTests();
    void flakyTests_data();
    void flakyTests();
    void flakyTestsAreAskedOnce();
    void noInsights();
    void rerunsAndCancelled();
    void oldOnes();
    void whatCouldNotBeSeen();
    void erroredPipeline();
    void nothingKnown();
    void nullsAndOddities();
    void namesOfAllKinds();
};

void TestCircleReports::wholePipeline()
{
    CircleFixture f;
    const Push push = f.push();
    auto report = f.report(push);
    VERIFY(report);
    QCOMPARE(report->version, push.sha);
    QCOMPARE(report->runs.size(), 1);
    QCOMPARE(report->runs.constFirst().id, push.run(u"build-and-deploy"_s));
    QVERIFY(report->runs.constFirst().mayCancel);
    QVERIFY(!report->runs.constFirst().mayRerun);
    f.runAll();
    report = f.report(push);
    VERIFY(report);
    const CiRun run = report->runs.constFirst();
    QCOMPARE(toString(report->status.state), u"passed"_s);
    QCOMPARE(toString(run.state), u"running"_s);
    QVERIFY(run.mayCancel);
    QCOMPARE(run.jobs.size(), 4);
    const CiJob build = jobNamed(run, u"build"_s);
    QCOMPARE(toString(build.state), u"passed"_s);
    QCOMPARE(build.id, f.tree(push).numberOf(run.name, u"build"_s));
    QVERIFY(build.hasLog);
    QVERIFY(build.startedAt.isValid() && build.endedAt >= build.startedAt);
    QCOMPARE(build.url.toString(),
             u"%1/pipelines/gh/acme/shop/1/workflows/%2/jobs/%3"_s.arg(f.address(), run.id, build.id));
    const CiJob approval = jobNamed(run, u"approve-deploy"_s);
    QCOMPARE(toString(approval.state), u"none"_s);
    QVERIFY(approval.waits && !approval.hasLog);
    QCOMPARE(approval.stateText, u"waits for approval"_s);
    QCOMPARE(approval.id, push.job(run.name, u"approve-deploy"_s));
    QCOMPARE(approval.url.toString(), u"%1/pipelines/gh/acme/shop/1/workflows/%2"_s.arg(f.address(), run.id));
    const CiJob deploy = jobNamed(run, u"deploy"_s);
    QCOMPARE(deploy.stateText, u"waits for other jobs"_s);
    QVERIFY(!deploy.hasLog && !deploy.startedAt.isValid() && !deploy.waits);
    QCOMPARE(report->note, QString());
    f.act(u"approve"_s, {{u"pipeline"_s, push.id}, {u"job"_s, u"approve-deploy"_s}});
    f.runAll();
    report = f.report(push);
    VERIFY(report);
    QCOMPARE(jobNamed(report->runs.constFirst(), u"approve-deploy"_s).stateText, u"approved"_s);
    QVERIFY(!report->runs.constFirst().mayCancel && !report->runs.constFirst().mayRerun);
    QCOMPARE(f.violations(), QString());
}

void TestCircleReports::jobWords_data()
{
    QTest::addColumn<QString>("status");
    QTest::addColumn<QString>("state");
    QTest::addColumn<QString>("words");
    const auto row = [](const QString &status, const QString &state, const QString &words) {
        QTest::newRow(qPrintable(words)) << status << state << words;
    };
    row(u"success"_s, u"passed"_s, u"passed"_s);
    row(u"running"_s, u"running"_s, u"running"_s);
    row(u"not_run"_s, u"none"_s, u"did not run"_s);
    row(u"failed"_s, u"failed"_s, u"failed"_s);
    row(u"retried"_s, u"none"_s, u"tried again"_s);
    row(u"queued"_s, u"running"_s, u"queued"_s);
    row(u"not_running"_s, u"running"_s, u"about to start"_s);
    row(u"infrastructure_fail"_s, u"failed"_s, u"failed at CircleCI's own infrastructure"_s);
    row(u"timedout"_s, u"failed"_s, u"timed out"_s);
    row(u"on_hold"_s, u"none"_s, u"waits for approval"_s);
    row(u"terminated-unknown"_s, u"failed"_s, u"ended, nobody knows why"_s);
    row(u"blocked"_s, u"none"_s, u"waits for other jobs"_s);
    row(u"canceled"_s, u"none"_s, u"cancelled"_s);
    row(u"unauthorized"_s, u"failed"_s, u"not allowed to use a restricted context"_s);
    row(u"hibernating\x1b[2J\n"_s, u"unknown"_s, u"hibernating"_s);
}

void TestCircleReports::jobWords()
{
    QFETCH(QString, status);
    QFETCH(QString, state);
    QFETCH(QString, words);
    CircleFixture f;
    const Push push = f.push(u"main"_s, {workflow(u"ci"_s)});
    f.act(u"show"_s,
          {{u"kind"_s, u"job"_s},
           {u"id"_s, push.job(u"ci"_s, u"ci-job"_s)},
           {u"set"_s, QJsonObject{{u"status"_s, status}}}});
    const auto report = f.report(push);
    VERIFY(report);
    const CiJob job = jobNamed(runNamed(*report, u"ci"_s), u"ci-job"_s);
    QCOMPARE(toString(job.state), state);
    QCOMPARE(job.stateText, words);
    QVERIFY(!job.waits); // only approvals do
}

void TestCircleReports::failingTests()
{
    CircleFixture f;
    const QJsonObject error{{u"name"_s, u"ships \x1b[31mabroad\x07"_s}, {u"result"_s, u"error"_s}};
    const QJsonObject skipped{{u"name"_s, u"waits"_s}, {u"result"_s, u"skipped"_s}};
    const Push push = f.push(u"main"_s, failingWith({u"pays an order"_s, error, skipped, u"pays an order"_s}));
    f.runAll();
    const auto report = f.report(push);
    VERIFY(report);
    QCOMPARE(f.requests().size(), 5); // pipelines, workflows, jobs, tests, flaky tests
    const CiRun run = runNamed(*report, u"ci"_s);
    QVERIFY(run.mayRerun && !run.mayCancel);
    QCOMPARE(jobNamed(run, u"test"_s).failing, (QStringList{u"pays an order"_s, u"ships abroad"_s}));
    QVERIFY(jobNamed(run, u"test"_s).flaky.isEmpty());
    QCOMPARE(toString(report->status.state), u"failed"_s);
    QCOMPARE(report->status.failed.value_or(-1), 1);
    f.forgetRequests();
    VERIFY(f.report(push));
    QCOMPARE(f.requests().size(), 2); // pipelines, workflows: the rest cannot change any more
    QCOMPARE(f.violations(), QString());
}

void TestCircleReports::manyFailingTests()
{
    CircleFixture f;
    QJsonArray names;
    for (int i = 0; i < 60; ++i)
        names.append(u"test %1"_s.arg(i));
    const Push push = f.push(u"main"_s, failingWith(names));
    f.runAll();
    const auto report = f.report(push);
    VERIFY(report);
    const CiJob job = jobNamed(runNamed(*report, u"ci"_s), u"test"_s);
    QCOMPARE(job.failing.size(), 50);
    QCOMPARE(job.failing.constFirst(), u"test 0"_s);
    QCOMPARE(report->note, u"More tests failed in job %1 than are shown."_s.arg(job.id));
    QCOMPARE(f.requests().count(kTests), 3); // pages of 20, until there are enough
}

void TestCircleReports::flakyTests_data()
{
    QTest::addColumn<QString>("raw");
    QTest::newRow("as the service answers") << QString();
    QTest::newRow("as its description says")
        << uR"({"flaky-tests": [{"test-name": "pays an order", "classname": "shop.orders"}], "total-flaky-tests": 1})"_s;
}

void TestCircleReports::flakyTests()
{
    QFETCH(QString, raw);
    CircleFixture f;
    const QJsonObject elsewhere{{u"name"_s, u"ships"_s}, {u"classname"_s, u"shop.boats"_s}};
    const Push push = f.push(u"main"_s, failingWith({u"pays an order"_s, elsewhere}));
    f.runAll();
    f.act(u"flaky"_s, {{u"project"_s, f.project()}, {u"tests"_s, QJsonArray{u"pays an order"_s, u"ships"_s}}});
    if (!raw.isEmpty())
        f.fault({{u"route"_s, kFlaky}, {u"raw"_s, raw}});
    const auto report = f.report(push);
    VERIFY(report);
    const CiJob job = jobNamed(runNamed(*report, u"ci"_s), u"test"_s);
    QCOMPARE(job.failing, (QStringList{u"pays an order"_s, u"ships"_s}));
    QCOMPARE(job.flaky, QStringList{u"pays an order"_s}); // the other one is of another class
}

void TestCircleReports::flakyTestsAreAskedOnce()
{
    CircleFixture f;
    const Push passed = f.push(u"main"_s, {workflow(u"ci"_s)});
    f.runAll();
    VERIFY(f.report(passed));
    QVERIFY(!f.requests().contains(kFlaky)); // nothing failed
    for (int i = 0; i < 3; ++i) {
        const Push push = f.push(u"main"_s, failingWith({u"pays an order"_s}));
        f.runAll();
        VERIFY(f.report(push));
    }
    QCOMPARE(f.requests().count(kFlaky), 1);
}

void TestCircleReports::noInsights()
{
    for (const int status : {403, 404, 500}) {
        CircleFixture f;
        const Push push = f.push(u"main"_s, failingWith({u"pays an order"_s}));
        f.runAll();
        f.fault({{u"route"_s, kFlaky}, {u"status"_s, status}});
        const auto report = f.report(push);
        VERIFY(report);
        QCOMPARE(jobNamed(runNamed(*report, u"ci"_s), u"test"_s).failing, QStringList{u"pays an order"_s});
        QCOMPARE(report->note, QString());
    }
}

void TestCircleReports::rerunsAndCancelled()
{
    CircleFixture f;
    const Push push = f.push(u"main"_s, failingWith({u"pays an order"_s}));
    f.runAll();
    VERIFY(f.report(push));
    f.act(u"rerun"_s, {{u"workflow"_s, push.run(u"ci"_s)}, {u"from_failed"_s, true}});
    const QString newer = f.tree(push).run(u"ci"_s);
    QVERIFY(newer != push.run(u"ci"_s));
    auto report = f.report(push);
    VERIFY(report);
    QCOMPARE(report->runs.size(), 1);
    QCOMPARE(report->runs.constFirst().id, newer);
    f.act(u"cancel"_s, {{u"workflow"_s, newer}});
    report = f.report(push);
    VERIFY(report);
    QCOMPARE(toString(report->runs.constFirst().state), u"none"_s);
    QCOMPARE(toString(report->status.state), u"unknown"_s);
    QVERIFY(report->runs.constFirst().mayRerun);
    QCOMPARE(report->note, u"“ci” was cancelled."_s);
}

void TestCircleReports::oldOnes()
{
    CircleFixture f;
    const Push push = f.push(u"main"_s, {workflow(u"ci"_s, u"failed"_s)});
    f.runAll();
    f.act(u"show"_s,
          {{u"kind"_s, u"workflow"_s},
           {u"id"_s, push.run(u"ci"_s)},
           {u"set"_s, QJsonObject{{u"created_at"_s, u"2020-01-01T00:00:00Z"_s}}}});
    const auto report = f.report(push);
    VERIFY(report);
    QVERIFY(!report->runs.constFirst().mayRerun);
}

void TestCircleReports::whatCouldNotBeSeen()
{
    CircleFixture f;
    const Push push = f.push(u"main"_s, failingWith({u"pays an order"_s}));
    f.runAll();
    f.fault({{u"route"_s, kTests}, {u"status"_s, 403}});
    auto report = f.report(push);
    VERIFY(report);
    QVERIFY2(report->note.startsWith(u"Which tests failed is not known: CircleCI did not list the tests of job"_s),
             qPrintable(report->note));
    f.noFaults();
    f.fault({{u"route"_s, kTests}, {u"status"_s, 404}});
    report = f.report(push);
    VERIFY(report);
    QCOMPARE(report->note, QString()); // it kept none
    f.noFaults();
    f.newProvider();
    f.fault({{u"route"_s, u"GET /workflow/{workflow}/job"_s}, {u"status"_s, 403}});
    report = f.report(push);
    VERIFY(report);
    QCOMPARE(toString(report->status.state), u"failed"_s);
    QVERIFY(!report->status.passed);
    QVERIFY(report->runs.constFirst().jobs.isEmpty());
    QVERIFY2(report->note.startsWith(u"The jobs of “ci” are not known: "_s), qPrintable(report->note));
}

void TestCircleReports::erroredPipeline()
{
    CircleFixture f;
    const QJsonArray errors{QJsonObject{{u"type"_s, u"config"_s}, {u"message"_s, u"no such \x1b[1mexecutor"_s}}};
    const Push push = f.push(u"main"_s, {}, {{u"state"_s, u"errored"_s}, {u"errors"_s, errors}});
    const auto report = f.report(push);
    VERIFY(report);
    QCOMPARE(toString(report->status.state), u"failed"_s);
    QCOMPARE(report->note, u"CircleCI could not start the workflows: no such executor"_s);
    QVERIFY(report->runs.isEmpty());
}

void TestCircleReports::nothingKnown()
{
    CircleFixture f;
    Push push;
    push.sha = QString(40, u'a');
    const auto report = f.report(push);
    VERIFY(report);
    CiReport empty;
    empty.version = push.sha;
    QVERIFY(*report == empty);
    const QString stranger = f.push(u"main"_s, {workflow(u"ci"_s)}).id; // a pipeline that does not tell its commit
    f.act(u"show"_s, {{u"kind"_s, u"pipeline"_s}, {u"id"_s, stranger}, {u"hide"_s, QJsonArray{u"vcs"_s}}});
    const auto nameless = f.states({CiCommit{QString(), u"main"_s}});
    VERIFY(nameless);
    QCOMPARE(toString(nameless->value(QString()).state), u"none"_s);
}

void TestCircleReports::nullsAndOddities()
{
    CircleFixture f;
    f.settings({{u"absent_start"_s, true}, {u"approval_numbers"_s, false}});
    f.push(u"main"_s, {workflow(u"ci"_s)}); // one without vcs, which is nobody's
    const QString stranger = f.push(u"main"_s, {workflow(u"ci"_s)}).id;
    f.act(u"show"_s, {{u"kind"_s, u"pipeline"_s}, {u"id"_s, stranger}, {u"hide"_s, QJsonArray{u"vcs"_s}}});
    const Push push = f.push();
    const QJsonObject nulls{{u"stopped_at"_s, QJsonValue()},   {u"started_by"_s, QJsonValue()},
                            {u"project_slug"_s, QJsonValue()}, {u"pipeline_number"_s, QJsonValue()},
                            {u"created_at"_s, QJsonValue()},   {u"name"_s, QJsonValue()}};
    const QString id = push.run(u"build-and-deploy"_s);
    f.act(u"show"_s, {{u"kind"_s, u"workflow"_s}, {u"id"_s, id}, {u"set"_s, nulls}});
    const QString build = push.job(u"build-and-deploy"_s, u"build"_s);
    f.act(u"show"_s,
          {{u"kind"_s, u"job"_s},
           {u"id"_s, build},
           {u"hide"_s, QJsonArray{u"name"_s, u"type"_s, u"job_number"_s, u"started_at"_s}}});
    const auto report = f.report(push);
    VERIFY(report);
    QCOMPARE(toString(report->status.state), u"running"_s);
    QVERIFY(report->status.url.isEmpty());
    const CiRun run = report->runs.constFirst();
    QCOMPARE(run.name, id);
    QCOMPARE(run.jobs.constFirst().id, build);
    QCOMPARE(run.jobs.constFirst().name, build);
    QVERIFY(!run.jobs.constFirst().hasLog);
}

void TestCircleReports::namesOfAllKinds()
{
    CircleFixture f;
    const QString evil = u"<b>de\x1b[31mploy\x07\r\n\x9b"
                         u"2J</b> "_s
        + QString(1000, u'x');
    const QJsonObject job{{u"name"_s, evil}, {u"result"_s, u"failed"_s}};
    const Push push = f.push(u"main"_s, {QJsonObject{{u"name"_s, evil}, {u"jobs"_s, QJsonArray{job}}}});
    f.runAll();
    const auto report = f.report(push);
    VERIFY(report);
    const CiRun run = report->runs.constFirst();
    for (const QString &name : {run.name, run.jobs.constFirst().name}) {
        QVERIFY(name.startsWith(u"<b>deploy"_s)); // plain text: whoever shows it shows the brackets
        QVERIFY(name.size() <= 300);
        for (const QChar c : name)
            QVERIFY(c.category() != QChar::Other_Control);
    }
}

QTEST_GUILESS_MAIN(TestCircleReports)
#include "tst_circlereports.moc"
