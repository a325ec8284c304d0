// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/activity/insights.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Slipway;
using namespace Qt::StringLiterals;

namespace {

const QDateTime kNow(QDate(2026, 11, 25), QTime(12, 0), Qt::UTC);
constexpr qint64 kHourMs = 3'600'000;

QDateTime hoursAgo(int hours)
{
    return kNow.addSecs(-3600 * hours);
}

Release release(int number, const QString &version, const QDateTime &at)
{
    Release made;
    made.number = number;
    made.version = version;
    made.artifact = u"art-"_s + version;
    made.change.title = version;
    made.at = at;
    return made;
}

Environment environment(const QString &name, Stage stage, const Release &current)
{
    Environment made;
    made.pipeline = u"shop"_s;
    made.name = name;
    made.stage = stage;
    made.provider = u"local"_s;
    made.state = EnvironmentState::Running;
    made.release = current;
    made.createdAt = hoursAgo(1000);
    return made;
}

Snapshot emptySnapshot()
{
    Snapshot made;
    made.pipeline = u"shop"_s;
    made.account = u"local"_s;
    made.asOf = kNow;
    return made;
}

} // namespace

class TestInsights : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void nothingIsKnownAtFirst();
    void countsDeploysAndRollBacks();
    void measuresTheQueue();
    void measuresTheWayOfCommits();
    void measuresDirt();

private:
    void record(const QString &kind, const QString &environment, int hours, const QString &from = {},
                const QString &to = {}, const QString &result = u"live"_s);
    Insights look(int days = 30) const { return insightsOf(BoardReader(*m_cache, *m_store), u"shop"_s, days, kNow); }

    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<CacheStore> m_cache;
    std::unique_ptr<SlipwayStore> m_store;
};

void TestInsights::init()
{
    m_cache.reset();
    m_store.reset();
    m_home = std::make_unique<QTemporaryDir>();
    auto cache = CacheStore::open(m_home->path());
    auto store = SlipwayStore::open(m_home->path());
    QVERIFY(cache && store);
    m_cache = std::move(*cache);
    m_store = std::move(*store);
}

void TestInsights::record(const QString &kind, const QString &name, int hours, const QString &from, const QString &to,
                          const QString &result)
{
    ActivityEntry entry;
    entry.at = hoursAgo(hours);
    entry.pipeline = u"shop"_s;
    entry.environment = name;
    entry.kind = kind;
    entry.from = from;
    entry.to = to;
    entry.result = result;
    QVERIFY(m_store->record(entry));
}

void TestInsights::nothingIsKnownAtFirst()
{
    const Insights found = look();
    QCOMPARE(found.deploys, 0);
    QVERIFY(!found.changeFailureRate && !found.leadTimeMs && !found.dirtyMs && !found.queueWaitMs);
}

void TestInsights::countsDeploysAndRollBacks()
{
    Snapshot snapshot = emptySnapshot();
    snapshot.environments = {environment(u"production"_s, Stage::Production, release(1, u"a"_s, hoursAgo(900))),
                             environment(u"eu"_s, Stage::Production, release(1, u"a"_s, hoursAgo(900))),
                             environment(u"staging"_s, Stage::Staging, release(1, u"a"_s, hoursAgo(900)))};
    QVERIFY(m_cache->apply(snapshot));
    record(u"promote"_s, u"production"_s, 24 * 40, u"staging"_s, u"production"_s); // before the time
    record(u"promote"_s, u"staging"_s, 50, u"dev1"_s, u"staging"_s); // not production
    record(u"promote"_s, u"production"_s, 40, u"staging"_s, u"production, eu"_s); // one deploy to two places
    record(u"promote"_s, u"production"_s, 30, u"staging"_s, u"production"_s, u"failed: no"_s);
    record(u"promote"_s, u"production"_s, 20, u"staging"_s, u"production"_s);
    record(u"rollback"_s, u"production"_s, 19);
    record(u"rollback"_s, u"staging"_s, 18);
    const Insights found = look();
    QCOMPARE(found.deploys, 2);
    QCOMPARE(found.rollBacks, 1);
    QCOMPARE(found.changeFailureRate.value(), 0.5);
    QCOMPARE(look(60).deploys, 3);
}

void TestInsights::measuresTheQueue()
{
    record(u"queue"_s, u"dev1"_s, 20, {}, {}, {});
    record(u"queue"_s, u"dev2"_s, 19, {}, {}, {});
    record(u"queue"_s, u"dev3"_s, 18, {}, {}, {});
    record(u"queue"_s, u"dev1"_s, 17, {}, {}, {}); // moved: it waits since it came
    record(u"leave-queue"_s, u"dev3"_s, 16, {}, {}, {});
    record(u"promote"_s, u"staging"_s, 15, u"dev2"_s, u"staging"_s);
    record(u"promote"_s, u"staging"_s, 10, u"dev1"_s, u"staging"_s);
    record(u"promote"_s, u"staging"_s, 9, u"dev3"_s, u"staging"_s); // had left
    record(u"promote"_s, u"staging"_s, 8, u"dev9"_s, u"staging"_s); // never waited
    const Insights found = look();
    QCOMPARE(found.queued, 2);
    QCOMPARE(found.queueWaitMs.value(), 4 * kHourMs); // of 4 and 10 hours the one that was
}

void TestInsights::measuresTheWayOfCommits()
{
    Snapshot snapshot = emptySnapshot();
    snapshot.environments = {environment(u"production"_s, Stage::Production, release(3, u"c"_s, hoursAgo(10)))};
    snapshot.releases.insert(
        u"production"_s,
        {release(3, u"c"_s, hoursAgo(10)), release(2, u"b"_s, hoursAgo(20)), release(1, u"a"_s, hoursAgo(30))});
    QVERIFY(m_cache->apply(snapshot));
    QVERIFY(!look().leadTimeMs); // the commits are not known
    const auto commit = [](const QString &id, int hours) { return Commit{id, id, u"Bo"_s, hoursAgo(hours), id}; };
    QVERIFY(
        m_cache->remember(u"shop"_s, Comparison{u"b"_s, u"c"_s, 2, 0, {commit(u"c"_s, 12), commit(u"d"_s, 40)}, {}}));
    QVERIFY(m_cache->remember(u"shop"_s, Comparison{u"a"_s, u"b"_s, 1, 0, {commit(u"b"_s, 25)}, {}}));
    const Insights found = look();
    QCOMPARE(found.leadTimeCommits, 3);
    QCOMPARE(found.leadTimeMs.value(), 5 * kHourMs); // of 2, 5 and 30 hours
}

void TestInsights::measuresDirt()
{
    QVERIFY(m_store->saveDirty(u"shop"_s, hoursAgo(30), 3, hoursAgo(30)));
    QVERIFY(m_store->saveDirty(u"shop"_s, {}, 0, hoursAgo(20)));
    QVERIFY(m_store->saveDirty(u"shop"_s, hoursAgo(4), 1, hoursAgo(4)));
    const Insights found = look();
    QCOMPARE(found.dirtyTimes, 2);
    QCOMPARE(found.dirtyMs.value(), 14 * kHourMs); // the second one goes on
    QCOMPARE(found.longestDirtyMs, 10 * kHourMs);
    QCOMPARE(found.overLimit, 1);
    QCOMPARE(look(1).dirtyMs.value(), 8 * kHourMs); // what lies before the time does not count
}

QTEST_GUILESS_MAIN(TestInsights)
#include "tst_insights.moc"
