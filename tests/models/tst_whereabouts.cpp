// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene.h"

#include "models/board/whereabouts.h"

using namespace Slipway;

/// Where a change runs, from the cache alone.
class TestWhereabouts : public QObject
{
    Q_OBJECT
private:
    static QString sha(const QString &start) { return start.leftJustified(40, u'0'); }

    static Environment running(const QString &name, Stage stage, const QString &version, std::optional<int> number,
                               int age = 0)
    {
        Environment environment = makeEnvironment(name, stage, age);
        environment.release = makeRelease(1, sha(version), u"Change "_s + version);
        environment.release->change.number = number;
        return environment;
    }

    static Change open(int number, const QString &head)
    {
        Change change;
        change.title = u"Open %1"_s.arg(number);
        change.number = number;
        change.branch = u"work-%1"_s.arg(number);
        change.head = sha(head);
        change.updatedAt = at(number);
        return change;
    }

    static void put(Desk &desk, const QList<Environment> &environments, const QList<Change> &changes = {},
                    const QHash<QString, QList<Release>> &releases = {})
    {
        Snapshot snapshot = makeSnapshot(environments);
        snapshot.changes = changes;
        snapshot.releases = releases;
        QVERIFY(desk.cache->apply(snapshot));
    }

    static void compare(Desk &desk, const QString &base, const QString &head, int ahead, int behind,
                        const QStringList &subjects = {})
    {
        Comparison comparison;
        comparison.base = sha(base);
        comparison.head = sha(head);
        comparison.ahead = ahead;
        comparison.behind = behind;
        for (const QString &subject : subjects)
            comparison.commits.append({sha(u"cc"_s), subject, u"ada"_s, at(1), {}});
        QVERIFY(desk.cache->remember(u"shop"_s, comparison));
    }

private Q_SLOTS:
    void whatWasDeployedThereIsThere()
    {
        Desk desk;
        put(desk,
            {running(u"production"_s, Stage::Production, u"a"_s, 1), running(u"staging"_s, Stage::Staging, u"b"_s, 2),
             running(u"dev1"_s, Stage::Development, u"c"_s, 3)},
            {open(3, u"c"_s), open(4, u"d"_s)});
        const Whereabouts where(*desk.reader, u"shop"_s);
        QCOMPARE(where.numbers(), (QList<int>{4, 3, 2, 1}));
        QCOMPARE(where.title(4), u"Open 4"_s);
        QCOMPARE(where.sentence(1), u"#1 is live: production."_s);
        QCOMPARE(where.sentence(2), u"#2 is on staging, not in production yet: staging."_s);
        QCOMPARE(where.sentence(3), u"#3 is in a dev environment only: dev1."_s);
        QCOMPARE(where.sentence(4), u"#4 runs nowhere yet."_s);
        QCOMPARE(where.sentence(99), u"#99 runs nowhere yet."_s);
    }

    void aComparisonTells_data()
    {
        QTest::addColumn<QString>("base");
        QTest::addColumn<QString>("head");
        QTest::addColumn<int>("ahead");
        QTest::addColumn<int>("behind");
        QTest::addColumn<bool>("there");
        QTest::newRow("nobody compared") << QString() << QString() << 0 << 0 << false;
        QTest::newRow("it adds nothing to staging") << u"b"_s << u"c"_s << 0 << 4 << true;
        QTest::newRow("it adds something") << u"b"_s << u"c"_s << 1 << 4 << false;
        QTest::newRow("the other way round") << u"c"_s << u"b"_s << 4 << 0 << true;
        QTest::newRow("the other way round, apart") << u"c"_s << u"b"_s << 4 << 1 << false;
    }
    void aComparisonTells()
    {
        QFETCH(QString, base);
        QFETCH(QString, head);
        QFETCH(int, ahead);
        QFETCH(int, behind);
        QFETCH(bool, there);
        Desk desk;
        put(desk,
            {running(u"production"_s, Stage::Production, u"a"_s, 1), running(u"staging"_s, Stage::Staging, u"b"_s, 2)},
            {open(3, u"c"_s)});
        if (!base.isEmpty())
            compare(desk, base, head, ahead, behind);
        const Whereabouts where(*desk.reader, u"shop"_s);
        QCOMPARE(where.containing(3), there ? QStringList{u"staging"_s} : QStringList());
    }

    void aSquashedOneIsKnownByItsCommit()
    {
        Desk desk;
        put(desk,
            {running(u"production"_s, Stage::Production, u"a"_s, 1), running(u"staging"_s, Stage::Staging, u"b"_s, 2)});
        compare(desk, u"a"_s, u"b"_s, 3, 0,
                {u"Gift cards (#17)"_s, u"Merge pull request #18 from acme/search"_s, u"See #19 and (#170)"_s});
        const Whereabouts where(*desk.reader, u"shop"_s);
        QCOMPARE(where.sentence(17), u"#17 is on staging, not in production yet: staging."_s);
        QCOMPARE(where.sentence(18), u"#18 is on staging, not in production yet: staging."_s);
        QCOMPARE(where.sentence(19), u"#19 runs nowhere yet."_s);
        QCOMPARE(where.sentence(1), u"#1 is live: production."_s);
    }

    void productionHasWhatStagingHas()
    {
        Desk desk;
        Environment us = running(u"production-us"_s, Stage::Production, u"a"_s, 1, 5);
        put(desk,
            {running(u"production"_s, Stage::Production, u"b"_s, 2), us,
             running(u"staging"_s, Stage::Staging, u"b"_s, 2)},
            {open(3, u"c"_s)});
        compare(desk, u"b"_s, u"c"_s, 0, 2);
        compare(desk, u"a"_s, u"b"_s, 2, 0);
        const Whereabouts where(*desk.reader, u"shop"_s);
        QCOMPARE(where.sentence(3), u"#3 is live in some places only: production."_s);
        QCOMPARE(where.containing(3), (QStringList{u"staging"_s, u"production"_s}));
    }

    void anEarlierReleaseIsStillInWhatCameAfterIt()
    {
        Desk desk;
        Environment production = running(u"production"_s, Stage::Production, u"b"_s, 2);
        production.release->number = 8;
        Release earlier = makeRelease(7, sha(u"a"_s), u"Earlier"_s);
        earlier.change.number = 1;
        put(desk, {production}, {}, {{u"production"_s, {*production.release, earlier}}});
        QCOMPARE(Whereabouts(*desk.reader, u"shop"_s).sentence(1), u"#1 runs nowhere yet."_s); // it was rolled back?
        compare(desk, u"a"_s, u"b"_s, 5, 0);
        QCOMPARE(Whereabouts(*desk.reader, u"shop"_s).sentence(1), u"#1 is live: production."_s);
    }

    void aCardListsWhatItAlsoHas()
    {
        Desk desk;
        const Environment staging = running(u"staging"_s, Stage::Staging, u"b"_s, 2);
        put(desk,
            {running(u"production"_s, Stage::Production, u"a"_s, 1), staging,
             running(u"dev1"_s, Stage::Development, u"c"_s, 3, 1),
             running(u"dev2"_s, Stage::Development, u"d"_s, 4, 2)});
        compare(desk, u"a"_s, u"b"_s, 2, 0);
        compare(desk, u"b"_s, u"c"_s, 0, 1);
        compare(desk, u"b"_s, u"d"_s, 1, 1);
        QCOMPARE(Whereabouts(*desk.reader, u"shop"_s).alsoIn(staging), (QList<int>{3, 1}));
    }

    void uncommittedWorkIsNoChange()
    {
        Desk desk;
        Environment laptop = running(u"dev1"_s, Stage::Development, u"c"_s, 3);
        laptop.release->uncommitted = true;
        put(desk, {laptop});
        QVERIFY(Whereabouts(*desk.reader, u"shop"_s).numbers().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestWhereabouts)
#include "tst_whereabouts.moc"
