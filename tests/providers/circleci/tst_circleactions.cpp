// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "circlefixture.h"

using namespace Qt::StringLiterals;
using namespace Slipway;

namespace {

const QString kRerun = u"POST /workflow/{workflow}/rerun"_s;
const QString kCancel = u"POST /workflow/{workflow}/cancel"_s;
const QString kApprove = u"POST /workflow/{workflow}/approve/{approval}"_s;

} // namespace

/// What is done to workflows: once, whatever becomes of the answer.
class TestCircleActions final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void rerun_data();
    void rerun();
    void rerunLeavesAloneWhatGoes();
    void rerunOnlyOnce_data();
    void rerunOnlyOnce();
    void rerunIsRefused();
    void passedOnesAreSeenAgain();
    void cancel();
    void cancelLate();
    void approve();
    void approveLate();
    void approveLostAnswer_data();
    void approveLostAnswer();
    void approveWhatDoesNotWait();
    void approveWithoutEffect();
    void listsThatLag();
    void readOnlyTokens();
};

void TestCircleActions::rerun_data()
{
    QTest::addColumn<QString>("ending");
    QTest::addColumn<bool>("fromFailed");
    QTest::newRow("failed") << u"failed"_s << true;
    QTest::newRow("cancelled") << u"canceled"_s << true;
    QTest::newRow("passed") << u"success"_s << false;
    QTest::newRow("error") << u"error"_s << false;
}

void TestCircleActions::rerun()
{
    QFETCH(QString, ending);
    QFETCH(bool, fromFailed);
    CircleFixture f;
    const Push push = f.push(u"main"_s, {workflow(u"ci"_s, ending == u"error" ? u"success"_s : ending)});
    f.runAll();
    if (ending == u"error")
        f.act(u"status"_s, {{u"workflow"_s, push.run(u"ci"_s)}, {u"status"_s, ending}});
    VERIFY(f.wait(f.provider().rerun(f.project(), push.run(u"ci"_s))));
    QCOMPARE(f.effects(u"workflow.rerun"_s), 1);
    const QJsonArray all = f.wholeRequests();
    const QJsonObject sent = all.last().toObject();
    QCOMPARE(sent.value(u"route"_s).toString(), kRerun);
    QCOMPARE(sent.value(u"body"_s).toObject().value(u"from_failed"_s).toBool(), fromFailed);
    QCOMPARE(all.size(), 3);
    VERIFY(f.wait(f.provider().rerun(f.project(), push.run(u"ci"_s)))); // once more, as after a crash
    QCOMPARE(f.effects(u"workflow.rerun"_s), 1);
    QCOMPARE(f.violations(), QString());
}

void TestCircleActions::rerunLeavesAloneWhatGoes()
{
    CircleFixture f;
    const Push push = f.push();
    const QString run = push.run(u"build-and-deploy"_s);
    VERIFY(f.wait(f.provider().rerun(f.project(), run)));
    f.runAll(); // waits for approval now
    VERIFY(f.wait(f.provider().rerun(f.project(), run)));
    QVERIFY(!f.requests().contains(kRerun));
    f.act(u"status"_s, {{u"workflow"_s, run}, {u"status"_s, u"paused"_s}});
    const auto odd = f.wait(f.provider().rerun(f.project(), run));
    QVERIFY(!odd);
    QCOMPARE(Error::kindName(odd.error().kind()), u"conflict"_s);
    const auto gone = f.wait(f.provider().rerun(f.project(), u"../me"_s));
    QVERIFY(!gone);
    QCOMPARE(Error::kindName(gone.error().kind()), u"not_found"_s);
}

void TestCircleActions::rerunOnlyOnce_data()
{
    QTest::addColumn<QJsonObject>("rule");
    QTest::newRow("the answer is lost") << QJsonObject{{u"drop"_s, u"after"_s}};
    QTest::newRow("the request is lost") << QJsonObject{{u"drop"_s, u"before"_s}};
    QTest::newRow("the answer is cut") << QJsonObject{{u"cut"_s, 5}};
    QTest::newRow("the answer is nonsense") << QJsonObject{{u"raw"_s, u"<html>"_s}};
    QTest::newRow("trouble") << QJsonObject{{u"status"_s, 503}};
    QTest::newRow("a page of a proxy") << QJsonObject{{u"html"_s, true}};
    QTest::newRow("too many requests") << QJsonObject{{u"throttle"_s, u"retry-after"_s}, {u"seconds"_s, 0}};
    QTest::newRow("too many, without a time") << QJsonObject{{u"throttle"_s, u"none"_s}};
}

void TestCircleActions::rerunOnlyOnce()
{
    QFETCH(QJsonObject, rule);
    CircleFixture f;
    const Push push = f.push(u"main"_s, {workflow(u"ci"_s, u"failed"_s)});
    f.runAll();
    rule.insert(u"route"_s, kRerun);
    rule.insert(u"times"_s, 1);
    f.fault(rule);
    VERIFY(f.wait(f.provider().rerun(f.project(), push.run(u"ci"_s))));
    QCOMPARE(f.effects(u"workflow.rerun"_s), 1);
}

void TestCircleActions::rerunIsRefused()
{
    CircleFixture f;
    const Push push = f.push(u"main"_s, {workflow(u"ci"_s, u"failed"_s)});
    f.runAll();
    f.act(u"clock"_s, {{u"seconds"_s, 91 * 24 * 3600}});
    const auto old = f.wait(f.provider().rerun(f.project(), push.run(u"ci"_s)));
    QVERIFY(!old);
    QCOMPARE(Error::kindName(old.error().kind()), u"invalid"_s);
    QVERIFY2(old.error().message().contains(u"too old"_s), qPrintable(old.error().message()));
    f.fault({{u"route"_s, kRerun}, {u"status"_s, 500}}); // for good
    const auto trouble = f.wait(f.provider().rerun(f.project(), push.run(u"ci"_s)));
    QVERIFY(!trouble);
    QCOMPARE(Error::kindName(trouble.error().kind()), u"server"_s);
    QCOMPARE(f.effects(u"workflow.rerun"_s), 0);
}

void TestCircleActions::passedOnesAreSeenAgain()
{
    CircleFixture f;
    const Push push = f.push(u"main"_s, {workflow(u"ci"_s)});
    f.runAll();
    QCOMPARE(toString(f.state(push).state), u"passed"_s);
    VERIFY(f.wait(f.provider().rerun(f.project(), push.run(u"ci"_s))));
    QCOMPARE(toString(f.state(push).state), u"running"_s);
}

void TestCircleActions::cancel()
{
    CircleFixture f;
    f.settings({{u"cancel_lag"_s, 2}});
    const Push push = f.push();
    const QString run = push.run(u"build-and-deploy"_s);
    f.fault({{u"route"_s, kCancel}, {u"times"_s, 1}, {u"drop"_s, u"after"_s}});
    VERIFY(f.wait(f.provider().cancel(f.project(), run)));
    f.act(u"clock"_s, {{u"seconds"_s, 5}});
    QCOMPARE(f.effects(u"workflow.cancel"_s), 1);
    f.forgetRequests();
    VERIFY(f.wait(f.provider().cancel(f.project(), run)));
    QVERIFY(!f.requests().contains(kCancel)); // it has ended
    QCOMPARE(f.violations(), QString());
}

void TestCircleActions::cancelLate()
{
    CircleFixture f;
    const Push push = f.push(u"main"_s, {workflow(u"ci"_s)});
    const QString run = push.run(u"ci"_s);
    f.fault({{u"route"_s, kCancel}, {u"status"_s, 400}, {u"message"_s, u"It has ended."_s}});
    const auto refused = f.wait(f.provider().cancel(f.project(), run));
    QVERIFY(!refused); // it has not
    QVERIFY(refused.error().message().endsWith(u"It has ended."_s));
    // What runs ends between the look and the request: the same status at first, then success.
    f.fault({{u"route"_s, u"GET /workflow/{workflow}"_s},
             {u"times"_s, 1},
             {u"set"_s, QJsonObject{{u"status"_s, u"running"_s}}}});
    f.runAll();
    VERIFY(f.wait(f.provider().cancel(f.project(), run)));
}

void TestCircleActions::approve()
{
    CircleFixture f;
    f.settings({{u"approve_lag"_s, 2}});
    const Push push = f.push();
    f.runAll();
    const auto report = f.report(push);
    VERIFY(report);
    const CiRun run = report->runs.constFirst();
    const auto waits = std::find_if(run.jobs.cbegin(), run.jobs.cend(), [](const CiJob &job) { return job.waits; });
    QVERIFY(waits != run.jobs.cend());
    VERIFY(f.wait(f.provider().approve(f.project(), run.id, waits->id)));
    QCOMPARE(f.effects(u"job.approve"_s), 1);
    QCOMPARE(f.requests().count(kApprove), 1);
    VERIFY(f.wait(f.provider().approve(f.project(), run.id, waits->id)));
    QCOMPARE(f.requests().count(kApprove), 1); // it is approved already
    QCOMPARE(toString(f.state(push).state), u"running"_s);
    QCOMPARE(f.violations(), QString());
}

void TestCircleActions::approveLate()
{
    CircleFixture f;
    const Push push = f.push();
    f.runAll();
    const QString job = push.job(u"build-and-deploy"_s, u"approve-deploy"_s);
    // Somebody approves between the look and the request: refused, and approved all the same.
    f.fault({{u"route"_s, u"GET /workflow/{workflow}/job"_s},
             {u"times"_s, 1},
             {u"set"_s, QJsonObject{{u"items.status"_s, u"on_hold"_s}}}});
    f.act(u"approve"_s, {{u"job"_s, job}});
    VERIFY(f.wait(f.provider().approve(f.project(), push.run(u"build-and-deploy"_s), job)));
    QCOMPARE(f.requests().count(kApprove), 1);
    QCOMPARE(f.effects(u"job.approve"_s), 1);
}

void TestCircleActions::approveLostAnswer_data()
{
    QTest::addColumn<QJsonObject>("rule");
    QTest::newRow("the answer is lost") << QJsonObject{{u"drop"_s, u"after"_s}};
    QTest::newRow("the request is lost") << QJsonObject{{u"drop"_s, u"before"_s}};
    QTest::newRow("trouble") << QJsonObject{{u"status"_s, 502}};
}

void TestCircleActions::approveLostAnswer()
{
    QFETCH(QJsonObject, rule);
    for (const int lag : {0, 2}) {
        CircleFixture f;
        f.settings({{u"approve_lag"_s, lag}});
        const Push push = f.push();
        f.runAll();
        rule.insert(u"route"_s, kApprove);
        rule.insert(u"times"_s, 1);
        f.fault(rule);
        const QString job = push.job(u"build-and-deploy"_s, u"approve-deploy"_s);
        VERIFY(f.wait(f.provider().approve(f.project(), push.run(u"build-and-deploy"_s), job)));
        QCOMPARE(f.effects(u"job.approve"_s), 1);
    }
}

void TestCircleActions::approveWhatDoesNotWait()
{
    CircleFixture f;
    const Push push = f.push();
    const QString run = push.run(u"build-and-deploy"_s);
    const QString job = push.job(u"build-and-deploy"_s, u"approve-deploy"_s);
    const auto early = f.wait(f.provider().approve(f.project(), run, job));
    QVERIFY(!early);
    QCOMPARE(Error::kindName(early.error().kind()), u"conflict"_s);
    QVERIFY(early.error().message().contains(u"waits for other jobs"_s));
    const auto build = f.wait(f.provider().approve(f.project(), run, push.job(u"build-and-deploy"_s, u"build"_s)));
    QVERIFY(!build);
    QCOMPARE(Error::kindName(build.error().kind()), u"not_found"_s);
    f.runAll();
    f.act(u"cancel"_s, {{u"workflow"_s, run}});
    const auto late = f.wait(f.provider().approve(f.project(), run, job));
    QVERIFY(!late);
    QVERIFY(late.error().message().contains(u"cancelled"_s));
    QVERIFY(!f.requests().contains(kApprove));
}

void TestCircleActions::approveWithoutEffect()
{
    CircleFixture f;
    f.settings({{u"approve_lag"_s, 1000}});
    const Push push = f.push();
    f.runAll();
    const QString run = push.run(u"build-and-deploy"_s);
    const QString job = push.job(u"build-and-deploy"_s, u"approve-deploy"_s);
    const auto accepted = f.wait(f.provider().approve(f.project(), run, job));
    QVERIFY(!accepted); // accepted is not approved
    QVERIFY(accepted.error().message().contains(u"still shows it waiting"_s));
    QCOMPARE(f.requests().count(kApprove), 1);
}

void TestCircleActions::listsThatLag()
{
    CircleFixture f;
    f.settings({{u"hold_lag"_s, 1}});
    const Push push = f.push();
    f.runAll();
    QCOMPARE(toString(f.state(push).state), u"passed"_s);
    const Push other = f.push();
    f.runAll();
    const QString job = other.job(u"build-and-deploy"_s, u"approve-deploy"_s);
    VERIFY(f.wait(f.provider().approve(f.project(), other.run(u"build-and-deploy"_s), job)));
    QCOMPARE(f.effects(u"job.approve"_s), 1);
}

void TestCircleActions::readOnlyTokens()
{
    CircleFixture f;
    const Push push = f.push();
    f.runAll();
    f.control("POST", u"tokens"_s, {{u"reader"_s, u"read"_s}});
    f.newProvider(u"reader"_s);
    QCOMPARE(toString(f.state(push).state), u"passed"_s);
    const QString run = push.run(u"build-and-deploy"_s);
    const auto cancelled = f.wait(f.provider().cancel(f.project(), run));
    const auto approved =
        f.wait(f.provider().approve(f.project(), run, push.job(u"build-and-deploy"_s, u"approve-deploy"_s)));
    for (const auto &refused : {cancelled, approved}) {
        QVERIFY(!refused);
        QCOMPARE(Error::kindName(refused.error().kind()), u"blocked"_s);
        QVERIFY(refused.error().remedy().contains(u"token that may write"_s));
        QVERIFY(!refused.error().text().contains(u"reader"_s));
    }
}

QTEST_GUILESS_MAIN(TestCircleActions)
#include "tst_circleactions.moc"
