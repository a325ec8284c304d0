// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "githubfixture.h"

using namespace Qt::StringLiterals;
using namespace Slipway;

/// What checks say of commits. What cannot be seen is never green.
class TestGitHubChecks final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void statesOfMany();
    void statesOfStatuses_data();
    void statesOfStatuses();
    void statesOfChecks_data();
    void statesOfChecks();
    void theVerdictIsNoCheck_data();
    void theVerdictIsNoCheck();
    void fineGrainedToken();
    void fineGrainedTokenAndVerdict();
    void withoutGraph();
    void reportOfBoth();
    void reportOfNothing();
    void reportOfOddWords();
    void approvalsOfOthers();
    void rerun();
    void rerunOnceWhenTheAnswerIsLost();
    void cancel();
    void approve();
    void approveFork();
    void notOurs();
    void log();
};

namespace {

CiCommit commit(GitHubFixture &f, const QString &ref)
{
    return {f.head(ref), ref};
}

QString stateOf(GitHubFixture &f, const QString &ref)
{
    const auto states = f.wait(f.provider().states(f.project(), {commit(f, ref)}));
    if (!states)
        return states.error().text();
    const auto state = states->constFind(f.head(ref));
    return state == states->cend() ? u"not told"_s : toString(state->state);
}

Result<CiReport> reportOf(GitHubFixture &f, const QString &ref)
{
    return f.wait(f.provider().report(f.project(), commit(f, ref)));
}

void fineGrained(GitHubFixture &f, const QJsonObject &permissions)
{
    f.control("POST", u"tokens"_s,
              {{u"fine"_s,
                QJsonObject{{u"login"_s, u"ada"_s}, {u"kind"_s, u"fine-grained"_s}, {u"permissions"_s, permissions}}}});
    f.newProvider(u"fine"_s);
}

} // namespace

void TestGitHubChecks::statesOfMany()
{
    GitHubFixture f;
    const QString unknown(40, u'd');
    QList<CiCommit> commits{{unknown, {}}, {u"no sha"_s, {}}};
    for (const QString &ref : {u"main"_s, u"faster-checkout"_s, u"invoice-pdf"_s, u"main~1"_s, u"main~2"_s})
        commits.append(commit(f, ref));
    const auto states = f.wait(f.provider().states(f.project(), commits));
    VERIFY(states);
    QCOMPARE(f.asked(), 1);
    QCOMPARE(toString(states->value(f.head(u"faster-checkout"_s)).state), u"passed"_s);
    QVERIFY(!states->value(f.head(u"faster-checkout"_s)).url.isEmpty());
    QCOMPARE(toString(states->value(f.head(u"invoice-pdf"_s)).state), u"failed"_s);
    QCOMPARE(toString(states->value(f.head(u"main"_s)).state), u"none"_s);
    QCOMPARE(toString(states->value(unknown, {CiState::Failed, {}, {}, {}}).state), u"none"_s);
    QCOMPARE(states->size(), 6);
}

void TestGitHubChecks::statesOfStatuses_data()
{
    QTest::addColumn<QString>("state");
    QTest::addColumn<QString>("expected");
    QTest::newRow("success") << u"success"_s << u"passed"_s;
    QTest::newRow("failure") << u"failure"_s << u"failed"_s;
    QTest::newRow("error") << u"error"_s << u"failed"_s;
    QTest::newRow("pending") << u"pending"_s << u"running"_s;
}

void TestGitHubChecks::statesOfStatuses()
{
    QFETCH(QString, state);
    QFETCH(QString, expected);
    GitHubFixture f;
    f.state({{u"action"_s, u"status"_s}, {u"ref"_s, u"main"_s}, {u"state"_s, state}});
    QCOMPARE(stateOf(f, u"main"_s), expected);
    QCOMPARE(toString(reportOf(f, u"main"_s)->status.state), expected);
}

void TestGitHubChecks::statesOfChecks_data()
{
    QTest::addColumn<QString>("status");
    QTest::addColumn<QString>("conclusion");
    QTest::addColumn<QString>("expected");
    QTest::newRow("success") << u"completed"_s << u"success"_s << u"passed"_s;
    QTest::newRow("neutral") << u"completed"_s << u"neutral"_s << u"passed"_s;
    QTest::newRow("failure") << u"completed"_s << u"failure"_s << u"failed"_s;
    QTest::newRow("timed out") << u"completed"_s << u"timed_out"_s << u"failed"_s;
    QTest::newRow("cancelled") << u"completed"_s << u"cancelled"_s << u"failed"_s;
    QTest::newRow("queued") << u"queued"_s << QString() << u"running"_s;
    QTest::newRow("in progress") << u"in_progress"_s << QString() << u"running"_s;
    QTest::newRow("waiting") << u"waiting"_s << QString() << u"running"_s;
}

void TestGitHubChecks::statesOfChecks()
{
    QFETCH(QString, status);
    QFETCH(QString, conclusion);
    QFETCH(QString, expected);
    GitHubFixture f;
    f.state({{u"action"_s, u"check"_s},
             {u"ref"_s, u"main"_s},
             {u"name"_s, u"build"_s},
             {u"status"_s, status},
             {u"conclusion"_s, conclusion}});
    QCOMPARE(stateOf(f, u"main"_s), expected);
    QCOMPARE(toString(reportOf(f, u"main"_s)->status.state), expected);
}

void TestGitHubChecks::theVerdictIsNoCheck_data()
{
    QTest::addColumn<QString>("verdict");
    QTest::addColumn<QString>("status"); // empty: none
    QTest::addColumn<QString>("check"); // empty: none
    QTest::addColumn<QString>("expected");
    const QString none;
    QTest::newRow("accepted, no CI") << u"success"_s << none << none << u"none"_s;
    QTest::newRow("rejected, no CI") << u"failure"_s << none << none << u"none"_s;
    QTest::newRow("taken back, no CI") << u"pending"_s << none << none << u"none"_s;
    QTest::newRow("rejected, good status") << u"failure"_s << u"success"_s << none << u"passed"_s;
    QTest::newRow("rejected, good check") << u"failure"_s << none << u"success"_s << u"passed"_s;
    QTest::newRow("accepted, good check") << u"success"_s << none << u"success"_s << u"passed"_s;
    QTest::newRow("accepted, bad check") << u"success"_s << none << u"failure"_s << u"failed"_s;
    QTest::newRow("rejected, bad check") << u"failure"_s << u"success"_s << u"failure"_s << u"failed"_s;
    QTest::newRow("accepted, bad status") << u"success"_s << u"failure"_s << u"success"_s << u"failed"_s;
}

void TestGitHubChecks::theVerdictIsNoCheck()
{
    QFETCH(QString, verdict);
    QFETCH(QString, status);
    QFETCH(QString, check);
    QFETCH(QString, expected);
    GitHubFixture f;
    f.state({{u"action"_s, u"status"_s},
             {u"ref"_s, u"main"_s},
             {u"state"_s, verdict},
             {u"context"_s, u"Slipway/Acceptance"_s}});
    if (!status.isEmpty())
        f.state({{u"action"_s, u"status"_s}, {u"ref"_s, u"main"_s}, {u"state"_s, status}});
    if (!check.isEmpty())
        f.state({{u"action"_s, u"check"_s}, {u"ref"_s, u"main"_s}, {u"name"_s, u"b"_s}, {u"conclusion"_s, check}});
    QCOMPARE(stateOf(f, u"main"_s), expected);
    QCOMPARE(toString(reportOf(f, u"main"_s)->status.state), expected);
    f.fault({{u"path"_s, u"/graphql"_s}, {u"status"_s, 403}});
    QCOMPARE(stateOf(f, u"main"_s), expected);
}

void TestGitHubChecks::fineGrainedToken()
{
    GitHubFixture f;
    fineGrained(f, {{u"contents"_s, u"read"_s}, {u"statuses"_s, u"read"_s}});
    f.state({{u"action"_s, u"status"_s}, {u"ref"_s, u"main"_s}, {u"state"_s, u"success"_s}});
    f.state(
        {{u"action"_s, u"check"_s}, {u"ref"_s, u"main"_s}, {u"name"_s, u"build"_s}, {u"conclusion"_s, u"failure"_s}});
    QCOMPARE(stateOf(f, u"main"_s), u"failed"_s);
    const auto report = reportOf(f, u"main"_s);
    VERIFY(report);
    QVERIFY2(report->note.contains(u"may not read checks"_s), qPrintable(report->note));
    QCOMPARE(toString(report->status.state), u"failed"_s); // by the state of all together, which it may read
    QCOMPARE(report->runs.size(), 1);
    fineGrained(f, {{u"contents"_s, u"read"_s}, {u"statuses"_s, u"read"_s}, {u"actions"_s, u"read"_s}});
    const auto more = reportOf(f, u"main"_s);
    VERIFY(more);
    QCOMPARE(more->runs.size(), 2); // the workflow run, without its jobs
    QCOMPARE(toString(more->runs.at(1).state), u"failed"_s);
    QVERIFY(!more->note.isEmpty());
    f.fault({{u"path"_s, u"/graphql"_s}, {u"status"_s, 403}});
    fineGrained(f, {{u"contents"_s, u"read"_s}, {u"statuses"_s, u"read"_s}});
    QCOMPARE(toString(reportOf(f, u"main"_s)->status.state), u"unknown"_s);
    QCOMPARE(stateOf(f, u"main"_s), u"not told"_s);
}

void TestGitHubChecks::fineGrainedTokenAndVerdict()
{
    GitHubFixture f;
    fineGrained(f, {{u"contents"_s, u"read"_s}, {u"statuses"_s, u"read"_s}});
    f.state({{u"action"_s, u"status"_s},
             {u"ref"_s, u"main"_s},
             {u"state"_s, u"failure"_s},
             {u"context"_s, u"slipway/acceptance"_s}});
    f.state({{u"action"_s, u"status"_s}, {u"ref"_s, u"main"_s}, {u"state"_s, u"success"_s}});
    QCOMPARE(stateOf(f, u"main"_s), u"not told"_s);
    QCOMPARE(toString(reportOf(f, u"main"_s)->status.state), u"unknown"_s);
}

void TestGitHubChecks::withoutGraph()
{
    GitHubFixture f;
    f.fault({{u"path"_s, u"/graphql"_s}, {u"status"_s, 502}});
    QCOMPARE(stateOf(f, u"faster-checkout"_s), u"passed"_s);
    QCOMPARE(stateOf(f, u"invoice-pdf"_s), u"failed"_s);
    QCOMPARE(stateOf(f, u"main"_s), u"none"_s);
}

void TestGitHubChecks::reportOfBoth()
{
    GitHubFixture f;
    f.state({{u"action"_s, u"check"_s},
             {u"ref"_s, u"faster-checkout"_s},
             {u"name"_s, u"unit tests"_s},
             {u"conclusion"_s, u"failure"_s}});
    f.state({{u"action"_s, u"check"_s},
             {u"ref"_s, u"faster-checkout"_s},
             {u"name"_s, u"scan"_s},
             {u"app"_s, u"scanner"_s},
             {u"conclusion"_s, u"skipped"_s}});
    const auto report = reportOf(f, u"faster-checkout"_s);
    VERIFY(report);
    QCOMPARE(report->note, QString());
    QCOMPARE(toString(report->status.state), u"failed"_s);
    QCOMPARE(report->status.passed.value_or(-1), 2);
    QCOMPARE(report->status.failed.value_or(-1), 1);
    QCOMPARE(report->runs.size(), 3);
    const CiRun statuses = report->runs.at(0);
    QCOMPARE(statuses.name, u"Commit statuses"_s);
    QCOMPARE(statuses.jobs.at(0).name, u"ci/circleci: test"_s);
    QCOMPARE(statuses.jobs.at(0).url, QUrl(u"https://ci.example.com/1"_s));
    QVERIFY(!statuses.mayRerun && !statuses.mayCancel);
    const CiRun actions = report->runs.at(1);
    QCOMPARE(actions.name, u"CI"_s);
    QVERIFY(actions.mayRerun && !actions.mayCancel);
    QCOMPARE(actions.jobs.size(), 2);
    QCOMPARE(actions.jobs.at(1).name, u"unit tests"_s);
    QCOMPARE(toString(actions.jobs.at(1).state), u"failed"_s);
    QVERIFY(actions.jobs.at(1).hasLog && actions.jobs.at(1).endedAt.isValid());
    QCOMPARE(report->runs.at(2).name, u"Scanner"_s);
    QCOMPARE(toString(report->runs.at(2).jobs.at(0).state), u"none"_s);
    QVERIFY(!report->runs.at(2).mayRerun && !report->runs.at(2).jobs.at(0).hasLog);
    f.forgetRequests();
    VERIFY(reportOf(f, u"faster-checkout"_s));
    QCOMPARE(f.spent(), 0);
}

void TestGitHubChecks::reportOfNothing()
{
    GitHubFixture f;
    for (const QString &version : {f.head(u"main"_s), QString(40, u'd'), u"nonsense"_s}) {
        const auto report = f.wait(f.provider().report(f.project(), {version, {}}));
        VERIFY(report);
        QCOMPARE(toString(report->status.state), u"none"_s);
        QVERIFY(report->runs.isEmpty() && report->note.isEmpty());
    }
}

void TestGitHubChecks::reportOfOddWords()
{
    GitHubFixture f;
    f.fault({{u"path"_s, u"/check-runs$"_s},
             {u"set"_s,
              QJsonObject{{u"check_runs.conclusion"_s, u"sublime"_s},
                          {u"check_runs.output"_s, QJsonValue()},
                          {u"check_runs.app"_s, QJsonValue()},
                          {u"check_runs.name"_s, u"\x1b[31mlint\u202e"_s}}}});
    const auto report = reportOf(f, u"faster-checkout"_s);
    VERIFY(report);
    QCOMPARE(toString(report->status.state), u"unknown"_s);
    QCOMPARE(report->runs.at(1).jobs.at(0).name, u"lint"_s);
    QCOMPARE(toString(report->runs.at(1).jobs.at(0).state), u"unknown"_s);
}

void TestGitHubChecks::approvalsOfOthers()
{
    GitHubFixture f;
    f.state({{u"action"_s, u"status"_s},
             {u"ref"_s, u"main"_s},
             {u"state"_s, u"pending"_s},
             {u"context"_s, u"ci/circleci: deploy-hold"_s},
             {u"description"_s, u"Your job is on hold on CircleCI!"_s}});
    const auto report = reportOf(f, u"main"_s);
    VERIFY(report);
    QVERIFY(report->runs.at(0).jobs.at(0).waits);
}

void TestGitHubChecks::rerun()
{
    GitHubFixture f;
    f.state(
        {{u"action"_s, u"check"_s}, {u"ref"_s, u"main"_s}, {u"name"_s, u"build"_s}, {u"conclusion"_s, u"failure"_s}});
    const QString run = reportOf(f, u"main"_s)->runs.at(0).id;
    VERIFY(f.wait(f.provider().rerun(f.project(), run)));
    VERIFY(f.wait(f.provider().rerun(f.project(), run)));
    QCOMPARE(f.effects(u"run.rerun"_s).size(), 1);
    QCOMPARE(toString(reportOf(f, u"main"_s)->status.state), u"running"_s);
    REFUSED(f.wait(f.provider().rerun(f.project(), u"actions/99"_s)), Error::Kind::NotFound);
}

void TestGitHubChecks::rerunOnceWhenTheAnswerIsLost()
{
    for (const QString &drop : {u"after"_s, u"before"_s}) {
        GitHubFixture f;
        f.state({{u"action"_s, u"check"_s},
                 {u"ref"_s, u"main"_s},
                 {u"name"_s, u"build"_s},
                 {u"conclusion"_s, u"failure"_s}});
        const QString run = reportOf(f, u"main"_s)->runs.at(0).id;
        f.fault({{u"path"_s, u"/rerun-failed-jobs$"_s}, {u"times"_s, 1}, {u"drop"_s, drop}});
        VERIFY(f.wait(f.provider().rerun(f.project(), run)));
        QCOMPARE(f.effects(u"run.rerun"_s).size(), 1);
    }
}

void TestGitHubChecks::cancel()
{
    GitHubFixture f;
    f.state(
        {{u"action"_s, u"check"_s}, {u"ref"_s, u"main"_s}, {u"name"_s, u"build"_s}, {u"status"_s, u"in_progress"_s}});
    const CiRun run = reportOf(f, u"main"_s)->runs.at(0);
    QVERIFY(run.mayCancel && !run.mayRerun);
    VERIFY(f.wait(f.provider().cancel(f.project(), run.id)));
    VERIFY(f.wait(f.provider().cancel(f.project(), run.id)));
    QCOMPARE(f.effects(u"run.cancel"_s).size(), 1);
}

void TestGitHubChecks::approve()
{
    GitHubFixture f;
    f.state({{u"action"_s, u"wait"_s}, {u"ref"_s, u"main"_s}, {u"name"_s, u"deploy"_s}});
    const CiRun run = reportOf(f, u"main"_s)->runs.at(0);
    QVERIFY(run.jobs.at(0).waits);
    VERIFY(f.wait(f.provider().approve(f.project(), run.id, run.jobs.at(0).id)));
    VERIFY(f.wait(f.provider().approve(f.project(), run.id, run.jobs.at(0).id)));
    QCOMPARE(f.effects(u"run.approve"_s).size(), 1);
    f.state({{u"action"_s, u"wait"_s}, {u"ref"_s, u"v1"_s}, {u"name"_s, u"deploy"_s}, {u"may"_s, false}});
    const QString other = reportOf(f, u"v1"_s)->runs.at(0).id;
    REFUSED(f.wait(f.provider().approve(f.project(), other, {})), Error::Kind::Blocked);
}

void TestGitHubChecks::approveFork()
{
    GitHubFixture f;
    f.state({{u"action"_s, u"check"_s},
             {u"ref"_s, u"main"_s},
             {u"name"_s, u"build"_s},
             {u"conclusion"_s, u"action_required"_s}});
    const CiRun run = reportOf(f, u"main"_s)->runs.at(0);
    QVERIFY(run.jobs.at(0).waits && !run.mayRerun);
    VERIFY(f.wait(f.provider().approve(f.project(), run.id, {})));
    QCOMPARE(f.effects(u"run.approve"_s).size(), 1);
}

void TestGitHubChecks::notOurs()
{
    GitHubFixture f;
    for (const QString &run : {u"statuses"_s, u"suite/12"_s, u"actions/../12"_s, QString()}) {
        REFUSED(f.wait(f.provider().rerun(f.project(), run)), Error::Kind::Unsupported);
        REFUSED(f.wait(f.provider().cancel(f.project(), run)), Error::Kind::Unsupported);
        REFUSED(f.wait(f.provider().approve(f.project(), run, {})), Error::Kind::Unsupported);
        REFUSED(f.wait(f.provider().log(f.project(), run)), Error::Kind::Unsupported);
    }
    QCOMPARE(f.asked(), 0);
}

void TestGitHubChecks::log()
{
    GitHubFixture f;
    const auto made = f.state(
        {{u"action"_s, u"check"_s}, {u"ref"_s, u"main"_s}, {u"name"_s, u"build"_s}, {u"conclusion"_s, u"failure"_s}});
    const auto page = f.wait(f.provider().log(f.project(), QString::number(made.value(u"id"_s).toInt())));
    VERIFY(page);
    QCOMPARE(page->lines.size(), 4);
    QCOMPARE(page->lines.at(1).text, u"npm test"_s);
    QCOMPARE(page->lines.at(1).process, u"Run npm test"_s);
    QCOMPARE(page->lines.at(1).at, QDateTime::fromString(u"2026-01-31T12:00:00.200Z"_s, Qt::ISODateWithMs));
    QVERIFY(page->lines.at(3).isError);
    QCOMPARE(page->lines.at(3).text, u"Process completed with exit code 1."_s);
    REFUSED(f.wait(f.provider().log(f.project(), u"99"_s)), Error::Kind::NotFound);
}

QTEST_GUILESS_MAIN(TestGitHubChecks)
#include "tst_githubchecks.moc"
