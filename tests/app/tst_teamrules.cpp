// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/ruledesk.h"

using namespace Slipway;

/// Rules on what comes from a team's GitHub: labels, forks, pushes, what CI says.
class TeamRulesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void labelledChangeFiresOnce();
    void anotherLabelBeginsAnew();
    void forksNeedALabel();
    void forksAreNotFollowed();
    void forcedPushIsFollowed();
    void pullRequestIsClosedThoughItsBranchStays();
    void acceptedWaitsForCi_data();
    void acceptedWaitsForCi();

private:
    static Change pull(int number, const QStringList &labels = {}, bool fork = false)
    {
        Change one = change(u"Change %1"_s.arg(number), kFirst, number);
        one.labels = labels;
        one.fork = fork;
        return one;
    }
};

void TeamRulesTest::labelledChangeFiresOnce()
{
    RuleDesk desk;
    desk.set({{u"rules.new-change"_s, true}, {u"rules.label"_s, u"preview"_s}});
    desk.changes = {pull(1), pull(2, {u"preview"_s})};
    QCOMPARE(desk.look(), kNothing); // both were there before the rule
    desk.changes = {pull(3), pull(1), pull(2, {u"preview"_s})};
    QCOMPARE(desk.look(), kNothing);
    desk.changes = {pull(3, {u"size/S"_s, u"Preview"_s}), pull(1, {u"preview"_s}), pull(2, {u"preview"_s})};
    const QStringList both{u"new-change: clone #3"_s, u"new-change: clone #1"_s};
    QCOMPARE(desk.look(), both);
    QCOMPARE(desk.look(), kNothing);
    desk.changes = {pull(3), pull(1), pull(2)};
    QCOMPARE(desk.look(), kNothing);
    desk.changes = {pull(3, {u"preview"_s}), pull(1), pull(2)};
    QCOMPARE(desk.look(), kNothing); // taken off and put back: once
}

/// Without the label every change that waited for it would be new at once.
void TeamRulesTest::anotherLabelBeginsAnew()
{
    RuleDesk desk;
    desk.set({{u"rules.new-change"_s, true}, {u"rules.label"_s, u"preview"_s}});
    desk.changes = {pull(1), pull(2)};
    QCOMPARE(desk.look(), kNothing);
    desk.set({{u"rules.new-change"_s, true}, {u"rules.label"_s, u""_s}});
    QCOMPARE(desk.look(), kNothing);
    desk.changes = {pull(3), pull(1), pull(2)};
    QCOMPARE(desk.look(), QStringList{u"new-change: clone #3"_s});
}

void TeamRulesTest::forksNeedALabel()
{
    RuleDesk desk;
    desk.set({{u"rules.new-change"_s, true}});
    QCOMPARE(desk.look(), kNothing);
    desk.changes = {pull(1, {}, true)};
    QCOMPARE(desk.look(), kNothing);
    desk.set({{u"rules.new-change"_s, true}, {u"rules.label"_s, u"preview"_s}});
    QCOMPARE(desk.look(), kNothing);
    desk.changes = {pull(1, {u"preview"_s}, true)};
    QCOMPARE(desk.look(), QStringList{u"new-change: clone #1"_s});
}

void TeamRulesTest::forksAreNotFollowed()
{
    RuleDesk desk;
    desk.set({{u"rules.new-commit"_s, true}});
    desk.make(u"dev1"_s, u"Change 1"_s).release->change.number = 1;
    desk.changes = {pull(1, {}, true)};
    QCOMPARE(desk.look(), kNothing);
    desk.changes->first().head = kSecond;
    QCOMPARE(desk.look(), kNothing);
}

/// The head is another commit, whatever became of the one that runs.
void TeamRulesTest::forcedPushIsFollowed()
{
    RuleDesk desk;
    desk.set({{u"rules.new-commit"_s, true}});
    desk.make(u"dev1"_s, u"Change 1"_s, kSecond).release->change.number = 1;
    desk.changes = {pull(1)};
    desk.changes->first().head = kSecond;
    QCOMPARE(desk.look(), kNothing);
    desk.changes->first().head = kFirst;
    desk.dev[0].ahead = 1;
    desk.dev[0].behind = 1;
    QCOMPARE(desk.look(), QStringList{u"new-commit: deploy #1 to dev1"_s});
    QCOMPARE(desk.look(), kNothing);
}

void TeamRulesTest::pullRequestIsClosedThoughItsBranchStays()
{
    RuleDesk desk;
    desk.set({{u"rules.closed"_s, true}});
    desk.make(u"dev1"_s, u"Change 1"_s).release->change = pull(1);
    desk.changes = {pull(1)};
    QCOMPARE(desk.look(), kNothing);
    Change branch = pull(1);
    branch.number.reset(); // somebody pushed to it after the merge
    desk.changes = {branch};
    QCOMPARE(desk.look(), QStringList{u"closed: shutdown dev1"_s});
    Change other = pull(2);
    other.branch = branch.branch; // opened again as another pull request
    desk.changes = {other};
    QCOMPARE(desk.look(), kNothing);
}

void TeamRulesTest::acceptedWaitsForCi_data()
{
    QTest::addColumn<CiState>("state");
    QTest::addColumn<bool>("source");
    QTest::addColumn<bool>("ci");
    QTest::addColumn<QString>("level");
    QTest::addColumn<bool>("queued");
    const auto warn = u"warn"_s;
    QTest::newRow("nobody checks") << CiState::None << false << false << warn << true;
    QTest::newRow("passed") << CiState::Passed << true << true << warn << true;
    QTest::newRow("failed") << CiState::Failed << true << true << warn << false;
    QTest::newRow("running") << CiState::Running << true << true << warn << false;
    QTest::newRow("not known") << CiState::Unknown << true << true << warn << false;
    QTest::newRow("not begun") << CiState::None << true << true << warn << false;
    QTest::newRow("GitHub, running") << CiState::Running << true << false << warn << false;
    QTest::newRow("GitHub, without checks") << CiState::None << true << false << warn << true;
    QTest::newRow("nobody asks") << CiState::Failed << true << true << u"off"_s << true;
}

void TeamRulesTest::acceptedWaitsForCi()
{
    QFETCH(CiState, state);
    QFETCH(bool, source);
    QFETCH(bool, ci);
    QFETCH(QString, level);
    QFETCH(bool, queued);
    RuleDesk desk;
    Pipeline pipeline = *desk.store->pipeline(u"shop"_s);
    if (source)
        pipeline.source = {u"hub"_s, u"acme/shop"_s};
    if (ci)
        pipeline.ci = {u"circle"_s, u"gh/acme/shop"_s};
    QVERIFY(desk.store->savePipeline(pipeline));
    desk.set({{u"rules.accepted"_s, true}, {u"checks.ci"_s, level}});
    desk.make(u"dev1"_s, u"Faster"_s).ci.state = state;
    desk.look();
    desk.accept(u"dev1"_s);
    QCOMPARE(desk.look(), queued ? QStringList{u"accepted: queue dev1"_s} : kNothing);
    desk.dev[0].ci.state = CiState::Passed;
    QCOMPARE(desk.look(), queued ? kNothing : QStringList{u"accepted: queue dev1"_s});
}

QTEST_GUILESS_MAIN(TeamRulesTest)
#include "tst_teamrules.moc"
