// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/models/scene.h"

#include "app/decisions/decisions.h"

using namespace Slipway;

namespace {

const auto kAda = u"ada"_s;
const auto kBo = u"bo"_s;
const QStringList kTitles{u"Faster"_s, u"Cart"_s, u"Search"_s};

QueueIntent wait(const QString &environment, int place = 0, const QString &reason = {})
{
    return {u"shop"_s, environment, place, reason};
}

/// dev1, dev2, dev3 with an accepted change each; staging and production alike.
struct DecisionDesk : Desk
{
    QList<Environment> environments{makeEnvironment(u"staging"_s, Stage::Staging),
                                    makeEnvironment(u"production"_s, Stage::Production)};
    DecisionDesk()
    {
        for (int i = 0; i < kTitles.size(); ++i) {
            Environment dev = makeEnvironment(u"dev%1"_s.arg(i + 1), Stage::Development, i);
            dev.release = makeRelease(1, QString::number(i + 2).repeated(40), kTitles.at(i));
            environments.append(dev);
        }
        put(environments);
        for (int i = 1; i <= kTitles.size(); ++i)
            decided(VerdictIntent{u"shop"_s, u"dev%1"_s.arg(i), VerdictState::Accepted, {}});
    }
    Result<ChangeSet> decided(const Decision &decision, const QString &by = kAda, const QDateTime &now = at(10))
    {
        return decide(*reader, *store, decision, by, now);
    }
    /// Refuses, with that kind, a remedy and no trace.
    bool refuses(const Decision &decision, Error::Kind kind, const QString &by = kAda, const QDateTime &now = at(10))
    {
        const auto lines = store->activity();
        const auto hold = store->hold(u"shop"_s);
        const auto queue = store->queue(u"shop"_s);
        const auto policy = store->policy(u"shop"_s);
        const auto done = decided(decision, by, now);
        return !done && done.error().kind() == kind && !done.error().message().isEmpty() && store->activity() == lines
            && store->hold(u"shop"_s) == hold && store->queue(u"shop"_s) == queue && store->policy(u"shop"_s) == policy
            && store->messages(kAda).isEmpty() && store->messages(kBo).isEmpty();
    }
    ActivityEntry line() const { return store->activity({}, {}, 1).constFirst(); }
    QStringList order() const
    {
        QStringList names;
        const QList<QueueEntry> queue = store->queue(u"shop"_s);
        for (const QueueEntry &entry : queue)
            names.append(entry.environment);
        return names;
    }
    void queue(const QStringList &names)
    {
        for (const QString &name : names)
            QVERIFY(decided(wait(name)));
    }
    /// What each in the queue waits for.
    QStringList waits(const QDateTime &now = at(10)) const
    {
        QStringList all;
        const QList<QueuedChange> queue = reader->gauge(u"shop"_s, now).queue;
        for (const QueuedChange &one : queue) {
            if (one.ready != one.waitsFor.isEmpty())
                qFatal("one that waits for something is not ready");
            all.append(one.waitsFor);
        }
        return all;
    }
    void change(const QString &name, const std::function<void(Environment &)> &how)
    {
        for (Environment &one : environments) {
            if (one.name == name)
                how(one);
        }
        put(environments);
    }
};

HoldIntent hold(const QString &reason = u"demo"_s, const QDateTime &until = {}, bool takeOver = false)
{
    return {u"shop"_s, reason, until, takeOver};
}

} // namespace

class DecisionsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatCannotBeRecordedIsNotDecided()
    {
        DecisionDesk desk;
        const Database &db = desk.store->database();
        QVERIFY(db.execute(u"CREATE TRIGGER full BEFORE INSERT ON activity BEGIN SELECT RAISE(ABORT, 'full'); END"_s));
        QVERIFY(!desk.decided(HoldIntent{u"shop"_s, u"Load test"_s, {}, false}));
        QVERIFY(!desk.store->hold(u"shop"_s));
        QVERIFY(!desk.decided(VerdictIntent{u"shop"_s, u"dev1"_s, VerdictState::ChangesRequested, u"No."_s}));
        QCOMPARE(toString(desk.store->verdict(u"shop/dev1"_s)->state), toString(VerdictState::Accepted));
        QVERIFY(db.execute(u"DROP TRIGGER full"_s));
        QVERIFY(desk.decided(HoldIntent{u"shop"_s, u"Load test"_s, {}, false}));
    }

    void holdIsTakenAndRenewed()
    {
        DecisionDesk desk;
        const auto taken = desk.decided(hold());
        QVERIFY(taken);
        QVERIFY(taken->pipelines.contains(u"shop"_s) && taken->activity);
        QCOMPARE(*desk.store->hold(u"shop"_s), (Hold{kAda, u"demo"_s, at(10), {}, false}));
        QCOMPARE(desk.line().kind, u"hold"_s);
        QCOMPARE(desk.line().text, u"Took staging"_s);
        QCOMPARE(desk.line().reason, u"demo"_s);
        QVERIFY(desk.decided(hold({}, at(60)), kAda, at(20))); // renewed: since when and what for stay
        QCOMPARE(*desk.store->hold(u"shop"_s), (Hold{kAda, u"demo"_s, at(10), at(60), false}));
        QVERIFY(desk.refuses(hold(u"late"_s, at(10)), Error::Kind::Invalid)); // over already
        QVERIFY(desk.refuses(HoldIntent{u"none"_s, u"x"_s, {}, false}, Error::Kind::NotFound));
    }

    void foreignHold()
    {
        DecisionDesk desk;
        QVERIFY(desk.decided(hold()));
        QVERIFY(desk.refuses(hold(u"mine"_s), Error::Kind::Conflict, kBo));
        QVERIFY(desk.refuses(hold(u"  "_s, {}, true), Error::Kind::Invalid, kBo));
        QVERIFY(desk.decided(hold(u"hot fix"_s, {}, true), kBo, at(20)));
        QCOMPARE(*desk.store->hold(u"shop"_s), (Hold{kBo, u"hot fix"_s, at(20), {}, false}));
        QCOMPARE(desk.line().kind, u"takeover"_s);
        QCOMPARE(desk.line().text, u"Took staging over from ada"_s);
        QCOMPARE(desk.line().by, kBo);
        const QList<Message> told = desk.store->messages(kAda);
        QCOMPARE(told.size(), 1);
        QVERIFY2(told.constFirst().text.contains(u"bo took staging of shop over from you: hot fix"),
                 qPrintable(told.constFirst().text));
        QVERIFY(desk.store->messages(kBo).isEmpty());
    }

    void holdExpires()
    {
        DecisionDesk desk;
        QVERIFY(desk.decided(hold(u"demo"_s, at(30))));
        QVERIFY(desk.refuses(hold(u"mine"_s), Error::Kind::Conflict, kBo, at(29)));
        QVERIFY(desk.reader->hold(u"shop"_s, at(29)));
        QVERIFY(!desk.reader->hold(u"shop"_s, at(30)));
        QVERIFY(desk.refuses(ReleaseHoldIntent{u"shop"_s, {}}, Error::Kind::NotFound, kAda, at(30)));
        QVERIFY(desk.decided(hold(u"mine"_s), kBo, at(30))); // no take over
        QCOMPARE(desk.line().kind, u"hold"_s);
        QCOMPARE(desk.store->hold(u"shop"_s)->since, at(30));
        QVERIFY(desk.store->messages(kAda).isEmpty());
    }

    void release()
    {
        DecisionDesk desk;
        QVERIFY(desk.refuses(ReleaseHoldIntent{u"shop"_s, {}}, Error::Kind::NotFound));
        QVERIFY(desk.decided(hold()));
        QVERIFY(desk.refuses(ReleaseHoldIntent{u"shop"_s, u" "_s}, Error::Kind::Blocked, kBo));
        QVERIFY(desk.decided(ReleaseHoldIntent{u"shop"_s, {}}));
        QVERIFY(!desk.store->hold(u"shop"_s));
        QCOMPARE(desk.line().text, u"Gave staging back"_s);
        QVERIFY(desk.store->messages(kAda).isEmpty());

        QVERIFY(desk.decided(hold()));
        QVERIFY(desk.decided(ReleaseHoldIntent{u"shop"_s, u"she is ill"_s}, kBo));
        QVERIFY(!desk.store->hold(u"shop"_s));
        QCOMPARE(desk.line().reason, u"she is ill"_s);
        QVERIFY(desk.store->messages(kAda).constFirst().text.contains(u"she is ill"));
    }

    void holdAfterARollBack()
    {
        DecisionDesk desk;
        QVERIFY(desk.store->saveHold(u"shop"_s, Hold{kAda, u"Rolled staging back"_s, at(5), {}, true}));
        QVERIFY(desk.decided(hold(u"I look"_s, {}, true), kBo)); // in other hands, not resolved
        QVERIFY(desk.store->hold(u"shop"_s)->afterRollBack);
        QVERIFY(desk.decided(ReleaseHoldIntent{u"shop"_s, u"fixed"_s}, kBo));
        QCOMPARE(desk.line().text, u"Said that the roll back is resolved: I look"_s);
    }

    void queueOrder()
    {
        DecisionDesk desk;
        desk.queue({u"dev1"_s, u"dev2"_s});
        QCOMPARE(desk.line().kind, u"queue"_s);
        QCOMPARE(desk.line().text, u"Let Cart wait for staging"_s);
        desk.queue({u"dev3"_s}); // a newcomer cancels nobody
        QCOMPARE(desk.order(), (QStringList{u"dev1"_s, u"dev2"_s, u"dev3"_s}));
        QCOMPARE(desk.reader->card(u"shop/dev3"_s)->queuePlace, 3);

        QVERIFY(desk.decided(wait(u"dev3"_s, 1), kBo, at(50)));
        QCOMPARE(desk.order(), (QStringList{u"dev3"_s, u"dev1"_s, u"dev2"_s}));
        QCOMPARE(desk.store->queue(u"shop"_s).constFirst().since, at(10)); // waits since then, whoever moves it
        QCOMPARE(desk.store->queue(u"shop"_s).constFirst().by, kAda);
        QCOMPARE(desk.line().text, u"Moved Search in the queue to place 1"_s);
        QVERIFY(desk.decided(wait(u"dev3"_s, 99)));
        QCOMPARE(desk.order(), (QStringList{u"dev1"_s, u"dev2"_s, u"dev3"_s}));
        QCOMPARE(desk.line().text, u"Moved Search in the queue to place 3"_s);

        const qint64 last = desk.line().id;
        QVERIFY(desk.decided(wait(u"dev2"_s))); // waits there already: nothing to tell
        QVERIFY(desk.decided(wait(u"dev3"_s, 3)));
        QCOMPARE(desk.line().id, last);
        QVERIFY(desk.decided(wait(u"dev2"_s, 0, u"small"_s)));
        QCOMPARE(desk.store->queue(u"shop"_s).at(1).reason, u"small"_s);
        QCOMPARE(desk.line().text, u"Gave a reason for Cart, which waits for staging"_s);

        QVERIFY(desk.decided(LeaveQueueIntent{u"shop"_s, u"dev1"_s}));
        QCOMPARE(desk.line().kind, u"leave-queue"_s);
        QCOMPARE(desk.order(), (QStringList{u"dev2"_s, u"dev3"_s}));
        QCOMPARE(desk.reader->card(u"shop/dev2"_s)->queuePlace, 1);
    }

    void queueRefuses()
    {
        DecisionDesk desk;
        QVERIFY(desk.decided(VerdictIntent{u"shop"_s, u"dev1"_s, VerdictState::None, {}}));
        QVERIFY(desk.refuses(wait(u"dev1"_s), Error::Kind::Blocked));
        QVERIFY(desk.refuses(wait(u"dev2"_s, -1), Error::Kind::Invalid));
        QVERIFY(desk.refuses(wait(u"staging"_s), Error::Kind::Invalid));
        QVERIFY(desk.refuses(wait(u"dev9"_s), Error::Kind::NotFound));
        QVERIFY(desk.refuses(LeaveQueueIntent{u"shop"_s, u"dev2"_s}, Error::Kind::NotFound));
        desk.change(u"dev2"_s, [](Environment &dev) { dev.release.reset(); });
        QVERIFY(desk.refuses(wait(u"dev2"_s), Error::Kind::Conflict));
        QVERIFY(desk.decided(PolicyIntent{u"shop"_s, {{u"checks.verdict"_s, u"warn"_s}}, {}}));
        QVERIFY(desk.decided(wait(u"dev1"_s))); // a warning is a reason's matter
    }

    void eachSaysWhatItWaitsFor()
    {
        DecisionDesk desk;
        desk.queue({u"dev1"_s, u"dev2"_s});
        QCOMPARE(desk.waits(), (QStringList{{}, u"“Faster” goes first"_s}));
        QVERIFY(desk.decided(hold(u"demo"_s, at(30)), kBo));
        QCOMPARE(desk.waits(), (QStringList{u"bo holds staging: demo"_s, u"“Faster” goes first"_s}));
        QCOMPARE(desk.waits(at(30)).constFirst(), QString());
        QVERIFY(desk.store->saveOperation(makeOperation(u"a"_s, u"staging"_s, OperationState::Running)));
        QCOMPARE(desk.waits(at(30)).constFirst(), u"Staging is busy: Deploy First to staging"_s);
        QVERIFY(desk.store->saveOperation(makeOperation(u"a"_s, u"staging"_s, OperationState::Live)));
        QVERIFY(desk.store->saveOperation(makeOperation(u"b"_s, u"dev1"_s, OperationState::Running)));
        QCOMPARE(desk.waits(at(30)).constFirst(), u"dev1 is busy: Deploy First to dev1"_s);
        QVERIFY(desk.store->saveOperation(makeOperation(u"b"_s, u"dev1"_s, OperationState::Live)));

        const QString next = QString(40, u'8');
        desk.change(u"staging"_s, [&](Environment &staging) { staging.release = makeRelease(2, next, u"Eight"_s); });
        QCOMPARE(desk.waits(at(30)).constFirst(), u"It is not known how far staging is ahead of production"_s);
        const Comparison ahead{QString(40, u'1'), next, 1, 0, {Commit{next, u"Eight"_s, {}, {}, u"Eight"_s}}, {}};
        QVERIFY(desk.cache->remember(u"shop"_s, ahead));
        QCOMPARE(desk.waits(at(30)).constFirst(), u"Staging is 1 change ahead of production"_s);
    }

    void ownProblemsComeFirst()
    {
        DecisionDesk desk;
        desk.queue({u"dev1"_s, u"dev2"_s});
        // A verdict that is void keeps its place and says why it waits.
        desk.change(u"dev2"_s, [](Environment &dev) { dev.release = makeRelease(2, QString(40, u'9'), u"Cart"_s); });
        QCOMPARE(desk.order(), (QStringList{u"dev1"_s, u"dev2"_s}));
        QCOMPARE(desk.waits().at(1), u"dev2 changed since it was accepted: accept it again"_s);
        QVERIFY(desk.decided(VerdictIntent{u"shop"_s, u"dev2"_s, VerdictState::Accepted, {}}));
        QCOMPARE(desk.waits().at(1), u"“Faster” goes first"_s);
        QVERIFY(desk.decided(VerdictIntent{u"shop"_s, u"dev2"_s, VerdictState::ChangesRequested, {}}));
        QCOMPARE(desk.waits().at(1), u"Changes were requested on dev2"_s);
        QVERIFY(desk.decided(VerdictIntent{u"shop"_s, u"dev2"_s, VerdictState::None, {}}));
        QCOMPARE(desk.waits().at(1), u"dev2 is not accepted yet"_s);

        desk.change(u"dev1"_s, [](Environment &dev) { dev.behind = 2; });
        QCOMPARE(desk.waits().at(0), u"dev1 lacks what staging runs: update it from staging"_s);
        desk.change(u"dev1"_s, [](Environment &dev) { dev.state = EnvironmentState::Suspended; });
        QCOMPARE(desk.waits().at(0), u"dev1 does not run"_s);
        desk.environments.removeAt(2);
        desk.put(desk.environments);
        QCOMPARE(desk.waits().at(0), u"Its dev environment is gone: take it out of the queue"_s);
        QVERIFY(desk.decided(LeaveQueueIntent{u"shop"_s, u"dev1"_s}));
    }

    /// What the policy only warns of goes with a reason, and waits for one without.
    void warningsNeedTheirReason()
    {
        DecisionDesk desk;
        desk.change(u"dev1"_s, [](Environment &dev) { dev.behind = 2; });
        desk.queue({u"dev1"_s});
        const auto level = [&](const QString &text) {
            QVERIFY(desk.decided(PolicyIntent{u"shop"_s, {{u"checks.contains-staging"_s, text}}, {}}));
        };
        level(u"warn"_s);
        QVERIFY(!desk.waits().constFirst().isEmpty());
        level(u"off"_s);
        QCOMPARE(desk.waits().constFirst(), QString());
        level(u"warn"_s);
        QVERIFY(desk.decided(wait(u"dev1"_s, 0, u"they do not touch"_s)));
        QCOMPARE(desk.waits().constFirst(), QString());
        level(u"block"_s);
        QVERIFY(!desk.waits().constFirst().isEmpty());
    }

    void keep()
    {
        DecisionDesk desk;
        QVERIFY(desk.refuses(KeepIntent{u"shop"_s, u"dev1"_s}, Error::Kind::Invalid));
        QVERIFY(desk.decided(PolicyIntent{u"shop"_s, {{u"rules.live-hours"_s, 48}}, {}}));
        QVERIFY(desk.refuses(KeepIntent{u"shop"_s, u"dev1"_s}, Error::Kind::Invalid)); // no look yet
        QVERIFY(desk.store->saveLifetime(u"shop/dev1"_s, Lifetime{at(20), at(30), {}}));
        QVERIFY(desk.decided(KeepIntent{u"shop"_s, u"dev1"_s}));
        QCOMPARE(*desk.store->lifetime(u"shop/dev1"_s), (Lifetime{at(10 + 48 * 60), {}, kAda}));
        QCOMPARE(desk.line().kind, u"keep"_s);
        QCOMPARE(desk.line().environment, u"dev1"_s);
    }

    void policy()
    {
        DecisionDesk desk;
        QVERIFY(desk.decided(PolicyIntent{u"shop"_s, {{u"limit"_s, 5}, {u"queue"_s, u"auto"_s}}, {}}));
        QCOMPARE(desk.reader->policy(u"shop"_s).limit(), 5);
        QVERIFY(desk.reader->policy(u"shop"_s).queueStarts());
        QCOMPARE(desk.line().kind, u"policy"_s);
        QVERIFY2(desk.line().text.contains(u"limit from 2 to 5"), qPrintable(desk.line().text));
        QVERIFY(desk.decided(PolicyIntent{u"shop"_s, {}, {u"limit"_s}}));
        QCOMPARE(desk.reader->policy(u"shop"_s).limit(), 2);
        QVERIFY2(desk.line().text.contains(u"limit back"), qPrintable(desk.line().text));

        const PolicyIntent unknown{u"shop"_s, {{u"limit"_s, 3}, {u"checks.moon"_s, u"block"_s}}, {}};
        QVERIFY(desk.refuses(unknown, Error::Kind::Invalid));
        QVERIFY(desk.refuses(PolicyIntent{u"shop"_s, {}, {u"checks.moon"_s}}, Error::Kind::Invalid));
        QVERIFY(desk.refuses(PolicyIntent{u"none"_s, {{u"limit"_s, 3}}, {}}, Error::Kind::NotFound));
        const qint64 last = desk.line().id;
        QVERIFY(desk.decided(PolicyIntent{u"shop"_s, {}, {}}));
        QCOMPARE(desk.line().id, last);
    }

    void verdict()
    {
        DecisionDesk desk;
        const auto given =
            desk.decided(VerdictIntent{u"shop"_s, u"dev1"_s, VerdictState::ChangesRequested, u"too slow"_s}, kBo);
        QVERIFY(given && given->environments.contains(u"shop/dev1"_s));
        const Card card = *desk.reader->card(u"shop/dev1"_s);
        QCOMPARE(card.verdict, (Verdict{VerdictState::ChangesRequested, kBo, u"too slow"_s, card.version(), at(10)}));
        QCOMPARE(desk.line().kind, u"changes_requested"_s);
        QCOMPARE(desk.line().reason, u"too slow"_s);
        QCOMPARE(desk.line().version, card.environment.release->version);
        QVERIFY(desk.refuses(VerdictIntent{u"shop"_s, u"dev9"_s, VerdictState::Accepted, {}}, Error::Kind::NotFound));
        QVERIFY(desk.store->verifyActivity());
    }
};

QTEST_GUILESS_MAIN(DecisionsTest)
#include "tst_decisions.moc"
