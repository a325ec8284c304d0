// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/ruledesk.h"

#include <QJsonArray>

using namespace Slipway;

class RulesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingIsOn()
    {
        RuleDesk desk;
        desk.make(u"dev1"_s, u"Faster"_s);
        desk.changes = {change(u"Faster"_s, kSecond), change(u"Other"_s)};
        QVERIFY(dueActs(*desk.reader, u"shop"_s, hour(1000), false).isEmpty());
        QCOMPARE(desk.look(hour(1000)), kNothing);
        QVERIFY(!desk.store->hasRuleTraces(u"shop"_s));
    }

    void readOnlyPipelinesAreLeftAlone()
    {
        RuleDesk desk;
        desk.set({{u"rules.idle-hours"_s, 1}});
        desk.make(u"dev1"_s, u"Faster"_s);
        QCOMPARE(desk.look(hour(2)), QStringList{u"idle-hours: suspend dev1"_s});
        Pipeline pipeline = *desk.store->pipeline(u"shop"_s);
        pipeline.readOnly = true;
        QVERIFY(desk.store->savePipeline(pipeline));
        QCOMPARE(desk.look(hour(2)), kNothing);
    }

    void newChangeFiresOnce()
    {
        RuleDesk desk;
        desk.set({{u"rules.new-change"_s, true}});
        desk.changes = {change(u"Old"_s)};
        QCOMPARE(desk.look(), kNothing); // was there before the rule
        desk.changes->prepend(change(u"Fresh"_s));
        QCOMPARE(desk.look(), QStringList{u"new-change: clone fresh"_s});
        QCOMPARE(desk.look(), kNothing);
        desk.changes->prepend(change(u"Carried"_s)); // somebody was faster
        desk.make(u"dev1"_s, u"Carried"_s);
        QCOMPARE(desk.look(), kNothing);
        desk.dev.clear();
        QCOMPARE(desk.look(), kNothing); // who shut it down means it
    }

    void newChangeBesideACloneUnderWay()
    {
        RuleDesk desk;
        desk.set({{u"rules.new-change"_s, true}});
        QCOMPARE(desk.look(), kNothing);
        Operation operation = makeOperation(u"a"_s, u"dev1"_s, OperationState::Running);
        CloneIntent clone;
        clone.pipeline = u"shop"_s;
        clone.name = u"dev1"_s;
        clone.code.change = u"fresh"_s;
        operation.intent = toJson(Intent(clone));
        QVERIFY(desk.store->saveOperation(operation));
        desk.changes = {change(u"Fresh"_s)};
        QCOMPARE(desk.look(), kNothing);
    }

    /// A branch that becomes a pull request is no new change, and none that was closed.
    void branchBecomesPullRequest()
    {
        RuleDesk desk;
        desk.set({{u"rules.new-change"_s, true}, {u"rules.closed"_s, true}});
        desk.changes = {change(u"Faster"_s)};
        desk.make(u"dev1"_s, u"Faster"_s);
        QCOMPARE(desk.look(), kNothing);
        desk.changes = {change(u"Faster"_s, kFirst, 12)};
        QCOMPARE(desk.look(), kNothing);
        desk.changes = QList<Change>();
        QCOMPARE(desk.look(), QStringList{u"closed: shutdown dev1"_s});
    }

    void newCommitOncePerHead()
    {
        RuleDesk desk;
        desk.set({{u"rules.new-commit"_s, true}});
        desk.make(u"dev1"_s, u"Faster"_s);
        desk.changes = {change(u"Faster"_s)};
        QCOMPARE(desk.look(), kNothing);
        desk.changes = {change(u"Faster"_s, kSecond)};
        const QStringList once{u"new-commit: deploy faster to dev1"_s};
        QCOMPARE(desk.look(), once);
        QCOMPARE(desk.look(), kNothing); // it failed: not built for ever
        const auto third = u"4444444444444444444444444444444444444444"_s;
        desk.changes = {change(u"Faster"_s, third)};
        QCOMPARE(desk.look(), once);
        desk.dev[0].release = makeRelease(2, third, u"Faster"_s);
        QCOMPARE(desk.look(), kNothing);
        desk.dev[0].release = makeRelease(3, kFirst, u"Faster"_s); // rolled back by somebody who means it
        QCOMPARE(desk.look(), kNothing);
    }

    void newCommitLeavesWhatWasRolledBack()
    {
        RuleDesk desk;
        desk.set({{u"rules.new-commit"_s, true}});
        desk.make(u"dev1"_s, u"Faster"_s, kSecond);
        desk.changes = {change(u"Faster"_s, kSecond)};
        QCOMPARE(desk.look(), kNothing);
        desk.dev[0].release = makeRelease(2, kFirst, u"Faster"_s);
        QCOMPARE(desk.look(), kNothing);
    }

    void newCommitByState_data()
    {
        QTest::addColumn<EnvironmentState>("state");
        QTest::addColumn<bool>("wanted");
        QTest::newRow("runs") << EnvironmentState::Running << true;
        QTest::newRow("crashed: it may be mended") << EnvironmentState::Crashed << true;
        QTest::newRow("sleeps: nobody looks at it") << EnvironmentState::Suspended << false;
        QTest::newRow("not known") << EnvironmentState::Unknown << false;
    }
    void newCommitByState()
    {
        QFETCH(EnvironmentState, state);
        QFETCH(bool, wanted);
        RuleDesk desk;
        desk.set({{u"rules.new-commit"_s, true}});
        desk.make(u"dev1"_s, u"Faster"_s).state = state;
        desk.changes = {change(u"Faster"_s, kSecond)};
        QCOMPARE(desk.look().size(), wanted ? 1 : 0);
    }

    void acceptedQueuesOnce()
    {
        RuleDesk desk;
        desk.set({{u"rules.accepted"_s, true}});
        desk.make(u"dev1"_s, u"Faster"_s);
        QCOMPARE(desk.look(), kNothing);
        desk.accept(u"dev1"_s);
        QCOMPARE(desk.look(), QStringList{u"accepted: queue dev1"_s});
        QCOMPARE(desk.store->queue(u"shop"_s).constFirst().by, u"rule accepted"_s);
        QCOMPARE(desk.look(), kNothing);
        QVERIFY(desk.store->dequeue(u"shop"_s, u"dev1"_s));
        QCOMPARE(desk.look(), kNothing); // who took it out means it
        desk.dev[0].release = makeRelease(2, kSecond, u"Faster"_s); // another version, another word
        QCOMPARE(desk.look(), kNothing);
        desk.accept(u"dev1"_s);
        QCOMPARE(desk.look(), QStringList{u"accepted: queue dev1"_s});
    }

    void acceptedAfterAPersonDidIt()
    {
        RuleDesk desk;
        desk.make(u"dev1"_s, u"Faster"_s);
        desk.look();
        desk.accept(u"dev1"_s);
        QVERIFY(desk.store->enqueue(u"shop"_s, QueueEntry{u"dev1"_s, u"ada"_s, at(1), {}}, 0));
        desk.set({{u"rules.accepted"_s, true}});
        QCOMPARE(desk.look(), kNothing);
        QVERIFY(desk.store->dequeue(u"shop"_s, u"dev1"_s));
        QCOMPARE(desk.look(), kNothing);
    }

    void acceptedThatStagingRunsAlready()
    {
        RuleDesk desk;
        desk.set({{u"rules.accepted"_s, true}});
        desk.make(u"dev1"_s, u"First"_s, u"1111111111111111111111111111111111111111"_s);
        desk.look();
        desk.accept(u"dev1"_s);
        QCOMPARE(desk.look(), kNothing);
    }

    void closedOnlyWhatWasSeenOpen()
    {
        RuleDesk desk;
        desk.set({{u"rules.closed"_s, true}});
        desk.make(u"dev1"_s, u"Faster"_s);
        desk.make(u"dev2"_s, u"Never seen"_s);
        desk.make(u"dev3"_s, u"Faster"_s).release->uncommitted = true;
        desk.changes = {change(u"Faster"_s)};
        QCOMPARE(desk.look(), kNothing);
        desk.changes = QList<Change>();
        QCOMPARE(desk.look(), QStringList{u"closed: shutdown dev1"_s});
        desk.dev.removeFirst();
        QCOMPARE(desk.look(), kNothing);
    }

    void closedShutsEveryOneDown()
    {
        RuleDesk desk;
        desk.set({{u"rules.closed"_s, true}});
        desk.make(u"dev1"_s, u"Faster"_s);
        desk.make(u"dev2"_s, u"Faster"_s);
        desk.changes = {change(u"Faster"_s)};
        QCOMPARE(desk.look(), kNothing);
        desk.changes = QList<Change>();
        QVERIFY(desk.store->saveOperation(makeOperation(u"a"_s, u"dev2"_s, OperationState::Running)));
        QCOMPARE(desk.look(), QStringList{u"closed: shutdown dev1"_s});
        desk.dev.removeFirst();
        QVERIFY(desk.store->saveOperation(makeOperation(u"a"_s, u"dev2"_s, OperationState::Live)));
        QCOMPARE(desk.look(), QStringList{u"closed: shutdown dev2"_s}); // was busy then
        desk.dev.clear();
        QCOMPARE(desk.look(), kNothing);
        QVERIFY(desk.store->ruleNotes(u"shop"_s, u"closed"_s).isEmpty());
    }

    /// cache.db may be deleted at any time, and the repository may be out of reach then.
    void unknownChangesAreNotClosed()
    {
        RuleDesk desk;
        desk.set({{u"rules.closed"_s, true}, {u"rules.new-change"_s, true}});
        desk.make(u"dev1"_s, u"Faster"_s);
        desk.changes = {change(u"Faster"_s)};
        QCOMPARE(desk.look(), kNothing);
        QVERIFY(desk.cache->drop(u"shop"_s));
        desk.changes.reset();
        QVERIFY(dueActs(*desk.reader, u"shop"_s, at(1), false).isEmpty());
        QCOMPARE(desk.look(), kNothing);
        desk.changes = {change(u"Faster"_s)};
        QCOMPARE(desk.look(), kNothing);
    }

    void failedDeedsAreNotRepeated_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<Policy::Layer>("policy");
        QTest::newRow("suspend") << u"suspend"_s << Policy::Layer{{u"rules.idle-hours"_s, 1}};
        QTest::newRow("shutdown") << u"shutdown"_s << Policy::Layer{{u"rules.closed"_s, true}};
    }
    void failedDeedsAreNotRepeated()
    {
        QFETCH(QString, kind);
        QFETCH(Policy::Layer, policy);
        RuleDesk desk;
        desk.set(policy);
        desk.make(u"dev1"_s, u"Faster"_s);
        desk.changes = {change(u"Faster"_s)};
        QCOMPARE(desk.look(at(10)), kNothing);
        desk.changes = QList<Change>();
        QCOMPARE(desk.look(hour(2)).size(), 1);
        Operation failed = makeOperation(u"a"_s, u"dev1"_s, OperationState::Failed);
        failed.kind = kind;
        QVERIFY(desk.store->saveOperation(failed));
        QCOMPARE(desk.look(hour(3)), kNothing);
        QVERIFY(desk.store->dismissOperation(u"a"_s)); // somebody looked after it
        QCOMPARE(desk.look(hour(3)).size(), 1);
    }

    void idle()
    {
        RuleDesk desk;
        desk.set({{u"rules.idle-hours"_s, 8}});
        desk.make(u"dev1"_s, u"Faster"_s).lastActiveAt = hour(5);
        QCOMPARE(desk.look(hour(12.9)), kNothing);
        QCOMPARE(desk.look(hour(13), true), kNothing); // a clock that jumped is not believed
        QCOMPARE(desk.look(hour(13)), QStringList{u"idle-hours: suspend dev1"_s});
        desk.dev[0].stateSince = hour(12); // woken since
        QCOMPARE(desk.look(hour(13)), kNothing);
        QCOMPARE(desk.look(hour(20)), QStringList{u"idle-hours: suspend dev1"_s});
        desk.sleep(u"dev1"_s);
        QCOMPARE(desk.look(hour(40)), kNothing);
    }

    void lifetime()
    {
        RuleDesk desk;
        desk.set({{u"rules.live-hours"_s, 48}, {u"rules.grace-hours"_s, 24}});
        desk.make(u"dev1"_s, u"Faster"_s);
        const auto life = [&desk] { return *desk.store->lifetime(u"shop/dev1"_s); };
        QCOMPARE(desk.look(hour(1)), kNothing);
        QCOMPARE(life().ends, hour(48));
        QCOMPARE(desk.look(hour(47.9)), kNothing);
        QCOMPARE(desk.look(hour(48), true), kNothing);
        QCOMPARE(desk.look(hour(48)), QStringList{u"live-hours: suspend dev1"_s}); // never shut down before
        QCOMPARE(life().shutDownAt, hour(72));
        desk.sleep(u"dev1"_s);
        QCOMPARE(desk.look(hour(71)), kNothing);

        desk.sleep(u"dev1"_s, EnvironmentState::Running); // woken: more time
        QCOMPARE(desk.look(hour(71)), kNothing);
        QCOMPARE(life().ends, hour(95));
        QVERIFY(!life().shutDownAt.isValid());
        QCOMPARE(desk.look(hour(95)), QStringList{u"live-hours: suspend dev1"_s});
        desk.sleep(u"dev1"_s);

        QCOMPARE(desk.look(hour(9000), true), kNothing); // the clock jumped: the end is pushed
        QCOMPARE(life().shutDownAt, hour(9024));
        QCOMPARE(desk.look(hour(9023)), kNothing);
        QCOMPARE(desk.look(hour(9024)), QStringList{u"live-hours: shutdown dev1"_s});
    }

    void lifetimeIsKept()
    {
        RuleDesk desk;
        desk.set({{u"rules.live-hours"_s, 48}});
        desk.make(u"dev1"_s, u"Faster"_s);
        desk.look(hour(1));
        QCOMPARE(desk.look(hour(48)), QStringList{u"live-hours: suspend dev1"_s});
        desk.sleep(u"dev1"_s);
        QVERIFY(decide(*desk.reader, *desk.store, KeepIntent{u"shop"_s, u"dev1"_s}, u"ada"_s, hour(50)));
        QCOMPARE(desk.look(hour(97)), kNothing);
        QCOMPARE(*desk.store->lifetime(u"shop/dev1"_s), (Lifetime{hour(98), {}, u"ada"_s}));
        QCOMPARE(desk.look(hour(98)), kNothing); // sleeps already
        QCOMPARE(desk.store->lifetime(u"shop/dev1"_s)->shutDownAt, hour(122));
    }

    void lifetimeOfAnOldOne()
    {
        RuleDesk desk;
        desk.make(u"dev1"_s, u"Faster"_s);
        desk.set({{u"rules.live-hours"_s, 1}});
        QCOMPARE(desk.look(hour(500)), kNothing);
        QCOMPARE(desk.store->lifetime(u"shop/dev1"_s)->ends, hour(524)); // the grace at least
        desk.set({{u"rules.live-hours"_s, 0}});
        QCOMPARE(desk.look(hour(500)), kNothing);
        QVERIFY(!desk.store->lifetime(u"shop/dev1"_s));
    }

    /// Tuesday 2026-11-24; 20:00 to 07:00 in Auckland (UTC+13) is 07:00 to 18:00 UTC.
    void offHours()
    {
        RuleDesk desk;
        desk.set({{u"rules.off-hours"_s, night(u"Pacific/Auckland"_s)}});
        desk.make(u"dev1"_s, u"Faster"_s);
        desk.make(u"dev2"_s, u"Other"_s);
        desk.make(u"dev3"_s, u"Third"_s).state = EnvironmentState::Suspended;
        QCOMPARE(desk.look(hour(-2.5)), kNothing); // 06:30 UTC
        const QStringList both{u"off-hours: suspend dev1"_s, u"off-hours: suspend dev2"_s};
        QCOMPARE(desk.look(hour(-2)), both);
        desk.sleep(u"dev1"_s);
        desk.sleep(u"dev2"_s);
        QCOMPARE(desk.look(hour(1)), kNothing);
        desk.sleep(u"dev2"_s, EnvironmentState::Running); // woken by somebody who works late
        QCOMPARE(desk.look(hour(2)), kNothing);
        desk.sleep(u"dev2"_s); // who then sent it to sleep: theirs
        QCOMPARE(desk.look(hour(3)), kNothing);
        QCOMPARE(desk.look(hour(8.9)), kNothing);
        QCOMPARE(desk.look(hour(9)), QStringList{u"off-hours: resume dev1"_s}); // 18:00 UTC
        desk.sleep(u"dev1"_s, EnvironmentState::Running);
        QCOMPARE(desk.look(hour(9)), kNothing);
        QVERIFY(desk.store->ruleNotes(u"shop"_s, u"off-hours"_s).isEmpty());
        QCOMPARE(desk.look(hour(22)), QStringList{u"off-hours: suspend dev1"_s}); // the next night
    }

    void offHoursOfAWholeWeekend()
    {
        RuleDesk desk;
        desk.set({{u"rules.off-hours"_s,
                   QJsonObject{{u"days"_s, QJsonArray{u"sat"_s, u"sun"_s}},
                               {u"from"_s, u"00:00"_s},
                               {u"to"_s, u"24:00"_s},
                               {u"zone"_s, u"UTC"_s}}}});
        desk.make(u"dev1"_s, u"Faster"_s);
        const QStringList asleep{u"off-hours: suspend dev1"_s};
        QCOMPARE(desk.look(hour(4 * 24)), asleep); // Saturday 09:00
        desk.sleep(u"dev1"_s);
        QCOMPARE(desk.look(hour(5 * 24)), kNothing);
        desk.sleep(u"dev1"_s, EnvironmentState::Running); // woken on Sunday: not sent to sleep again
        QCOMPARE(desk.look(hour(5 * 24 + 1)), kNothing);
        QCOMPARE(desk.look(hour(6 * 24)), kNothing);
    }

    void queueStartsTheFirstOnly()
    {
        RuleDesk desk;
        desk.set({{u"queue"_s, u"auto"_s}});
        desk.make(u"dev1"_s, u"Faster"_s);
        desk.make(u"dev2"_s, u"Other"_s);
        desk.look();
        desk.accept(u"dev2"_s);
        for (const QString &name : {u"dev1"_s, u"dev2"_s})
            QVERIFY(desk.store->enqueue(u"shop"_s, QueueEntry{name, u"ada"_s, at(1), {}}, 0));
        QCOMPARE(desk.look(), kNothing); // the first is not accepted, and nobody overtakes it
        desk.accept(u"dev1"_s);
        QVERIFY(desk.store->saveHold(u"shop"_s, Hold{u"bo"_s, u"demo"_s, at(0), at(5), false}));
        QCOMPARE(desk.look(), kNothing);
        QCOMPARE(desk.look(at(5)), QStringList{u"queue: promote dev1"_s}); // the hold is over
        QCOMPARE(desk.look(at(5)), kNothing); // not again after it failed
        const QueuedChange first = desk.reader->gauge(u"shop"_s, at(5)).queue.constFirst();
        QVERIFY(!first.ready); // nobody is told that it will go
        QVERIFY2(first.waitsFor.contains(u"did not arrive"_s), qPrintable(first.waitsFor));
        QVERIFY(desk.store->dequeue(u"shop"_s, u"dev1"_s));
        QCOMPARE(desk.look(at(5)), QStringList{u"queue: promote dev2"_s});
        QVERIFY(desk.store->enqueue(u"shop"_s, QueueEntry{u"dev1"_s, u"ada"_s, at(6), {}}, 1));
        QCOMPARE(desk.look(at(6)), QStringList{u"queue: promote dev1"_s}); // put back: tried again
    }

    void offForgets_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QJsonValue>("on");
        QTest::addColumn<QJsonValue>("off");
        for (const auto &key : {u"rules.new-change"_s, u"rules.new-commit"_s, u"rules.accepted"_s, u"rules.closed"_s})
            QTest::newRow(qPrintable(key)) << key << QJsonValue(true) << QJsonValue(false);
        QTest::newRow("live-hours") << u"rules.live-hours"_s << QJsonValue(5) << QJsonValue(0);
        QTest::newRow("off-hours") << u"rules.off-hours"_s << QJsonValue(night(u"UTC"_s)) << QJsonValue();
        QTest::newRow("queue") << u"queue"_s << QJsonValue(u"auto"_s) << QJsonValue(u"manual"_s);
    }
    void offForgets()
    {
        QFETCH(QString, key);
        QFETCH(QJsonValue, on);
        QFETCH(QJsonValue, off);
        RuleDesk desk;
        desk.changes = {change(u"Faster"_s, kSecond)};
        desk.make(u"dev1"_s, u"Faster"_s);
        desk.look();
        desk.accept(u"dev1"_s);
        if (key == u"queue")
            QVERIFY(desk.store->enqueue(u"shop"_s, QueueEntry{u"dev1"_s, u"ada"_s, at(1), {}}, 0));
        desk.set({{key, on}});
        desk.look(hour(12)); // 21:00
        QVERIFY(desk.store->hasRuleTraces(u"shop"_s));
        desk.set({{key, off}});
        QCOMPARE(desk.look(hour(12)), kNothing);
        QVERIFY(!desk.store->hasRuleTraces(u"shop"_s));
    }

    /// dev1 is shut down and another environment gets its name: it begins anew.
    void namesAreUsedAgain()
    {
        RuleDesk desk;
        desk.set({{u"rules.accepted"_s, true}});
        desk.make(u"dev1"_s, u"Faster"_s);
        desk.look();
        desk.accept(u"dev1"_s);
        QCOMPARE(desk.look().size(), 1);
        QVERIFY(desk.store->dequeue(u"shop"_s, u"dev1"_s));
        desk.dev.clear();
        QCOMPARE(desk.look(), kNothing);
        desk.make(u"dev1"_s, u"Faster"_s);
        QCOMPARE(desk.look(), QStringList{u"accepted: queue dev1"_s});
    }

private:
    static QJsonObject night(const QString &zone)
    {
        return {{u"days"_s, QJsonArray()}, {u"from"_s, u"20:00"_s}, {u"to"_s, u"07:00"_s}, {u"zone"_s, zone}};
    }
};

QTEST_GUILESS_MAIN(RulesTest)
#include "tst_rules.moc"
