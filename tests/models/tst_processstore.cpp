// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene.h"

#include <QCryptographicHash>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Slipway;

namespace {

/// The statements that made slipway.db before there were policies, as they were then.
QStringList firstVersion()
{
    return {
        u"CREATE TABLE meta (key TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID"_s,
        u"CREATE TABLE pipeline (name TEXT PRIMARY KEY, deploys_account TEXT NOT NULL, deploys_id TEXT NOT NULL, "
        "repository TEXT NOT NULL, main_branch TEXT NOT NULL, sample INTEGER NOT NULL, read_only INTEGER NOT NULL, "
        "change_limit INTEGER NOT NULL)"_s,
        u"CREATE TABLE account (name TEXT PRIMARY KEY, kind TEXT NOT NULL, url TEXT NOT NULL)"_s,
        u"INSERT INTO account (name, kind, url) VALUES ('local', 'local', '')"_s,
        u"CREATE TABLE verdict (environment TEXT PRIMARY KEY, state TEXT NOT NULL, who TEXT NOT NULL, "
        "note TEXT NOT NULL, version TEXT NOT NULL, at TEXT NOT NULL)"_s,
        u"CREATE TABLE operation (id TEXT PRIMARY KEY, pipeline TEXT NOT NULL, environment TEXT NOT NULL, "
        "state TEXT NOT NULL, active INTEGER NOT NULL, dismissed INTEGER NOT NULL DEFAULT 0, "
        "requested TEXT NOT NULL, body TEXT NOT NULL)"_s,
        u"CREATE TABLE lease (environment TEXT PRIMARY KEY, operation TEXT NOT NULL, owner TEXT NOT NULL, "
        "taken TEXT NOT NULL)"_s,
        u"CREATE TABLE activity (id INTEGER PRIMARY KEY, at TEXT NOT NULL, who TEXT NOT NULL, "
        "pipeline TEXT NOT NULL, environment TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL, "
        "version TEXT NOT NULL, reason TEXT NOT NULL, result TEXT NOT NULL, operation TEXT NOT NULL, "
        "hash TEXT NOT NULL)"_s,
        Database::writerTable(),
        u"INSERT INTO pipeline VALUES ('shop', 'local', 'shop-1', '/srv/shop', 'main', 1, 0, 5)"_s,
        u"INSERT INTO pipeline VALUES ('api', 'local', 'api-1', '/srv/api', 'trunk', 0, 1, 2)"_s,
        u"INSERT INTO verdict VALUES ('shop/dev1', 'accepted', 'ada', 'good', 'tree-1', "
        "'2026-11-24T09:01:00.000Z')"_s,
    };
}

/// A line as the first version wrote and hashed it.
Result<void> writeOldLine(const Database &db, int id, const QString &text, QString &previous)
{
    const QVariantList line{id,           u"2026-11-24T09:0%1:00.000Z"_s.arg(id),
                            u"ada"_s,     u"shop"_s,
                            u"staging"_s, u"promote"_s,
                            text,         u"9f2c"_s,
                            u""_s,        u"live"_s,
                            u"op"_s};
    QJsonArray canonical;
    for (const QVariant &value : line)
        canonical.append(value.toString());
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(previous.toLatin1());
    hash.addData(QJsonDocument(canonical).toJson(QJsonDocument::Compact));
    previous = QString::fromLatin1(hash.result().toHex());
    const auto written = db.execute(u"INSERT INTO activity VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
                                    line + QVariantList{previous});
    const auto end = db.execute(u"INSERT OR REPLACE INTO meta (key, value) VALUES ('activity', ?)"_s, {previous});
    if (!written || !end)
        return fail(Error::Kind::Failed, u"The old line cannot be written."_s);
    return {};
}

bool makeOldFile(const QString &home)
{
    const auto db = Database::open(home + u"/slipway.db"_s, Database::Durability::Full);
    if (!db || !db->transaction([&]() -> Result<void> {
            const QStringList statements = firstVersion();
            for (const QString &sql : statements) {
                if (const auto done = db->execute(sql); !done)
                    return tl::unexpected(done.error());
            }
            QString previous;
            for (int id = 1; id <= 3; ++id) {
                if (const auto done = writeOldLine(*db, id, u"Old line %1"_s.arg(id), previous); !done)
                    return done;
            }
            const auto version = db->execute(u"PRAGMA user_version = 1"_s);
            return version ? Result<void>() : Result<void>(tl::unexpect, version.error());
        }))
        return false;
    return true;
}

} // namespace

class TestProcessStore : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void firstVersionIsTakenAlong()
    {
        QTemporaryDir home;
        QVERIFY(makeOldFile(home.path()));
        const auto opened = SlipwayStore::open(home.path());
        QVERIFY2(opened, qPrintable(opened ? QString() : opened.error().text()));
        SlipwayStore &store = **opened;
        QCOMPARE(store.pipeline(u"shop"_s),
                 (Pipeline{u"shop"_s, u"local"_s, u"shop-1"_s, u"/srv/shop"_s, u"main"_s, true, false}));
        QCOMPARE(store.pipeline(u"api"_s),
                 (Pipeline{u"api"_s, u"local"_s, u"api-1"_s, u"/srv/api"_s, u"trunk"_s, false, true}));
        QCOMPARE(store.verdict(u"shop/dev1"_s),
                 (Verdict{VerdictState::Accepted, u"ada"_s, u"good"_s, u"tree-1"_s, at(1)}));
        // What somebody set is set still; the default of then is the default of now.
        QCOMPARE(store.policy(u"shop"_s), (Policy::Layer{{u"limit"_s, 5}}));
        QVERIFY(store.policy(u"api"_s).isEmpty());
        QCOMPARE(Policy({}, store.policy(u"shop"_s)).limit(), 5);
        QVERIFY(!QDir(home.path()).entryList({u"slipway.db.backup*"_s}).isEmpty());
        Pipeline changed = *store.pipeline(u"shop"_s);
        changed.repository = u"/srv/other"_s;
        QVERIFY(store.savePipeline(changed));
        QCOMPARE(store.pipeline(u"shop"_s), changed);
    }

    void chainGoesOnOverTheMigration()
    {
        QTemporaryDir home;
        QVERIFY(makeOldFile(home.path()));
        const auto opened = SlipwayStore::open(home.path());
        QVERIFY(opened);
        SlipwayStore &store = **opened;
        QVERIFY(store.verifyActivity());
        QCOMPARE(store.activity().constLast().text, u"Old line 1"_s);
        QCOMPARE(store.activity().constLast().durationMs, -1);
        ActivityEntry entry = store.activity().constFirst();
        entry.text = u"New line"_s;
        entry.from = u"dev1"_s;
        entry.to = u"staging"_s;
        entry.overridden = {u"ci"_s, u"stale"_s};
        entry.durationMs = 4200;
        QVERIFY(store.record(entry));
        entry.id = 4;
        QCOMPARE(store.activity(u"shop"_s, {}, 1).constFirst(), entry);
        QVERIFY(store.verifyActivity());
    }

    void changedLineIsFound_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QString>("found");
        QTest::newRow("old text") << u"UPDATE activity SET text = 'Other' WHERE id = 2"_s << u"Line 2"_s;
        QTest::newRow("old line gets more") << u"UPDATE activity SET more = '{}' WHERE id = 2"_s << u"Line 2"_s;
        QTest::newRow("duration") << u"UPDATE activity SET more = replace(more, '42', '43') WHERE id = 4"_s
                                  << u"Line 4"_s;
        QTest::newRow("overridden checks go") << u"UPDATE activity SET more = '' WHERE id = 4"_s << u"Line 4"_s;
        QTest::newRow("removed") << u"DELETE FROM activity WHERE id = 3"_s << u"Line 3"_s;
        QTest::newRow("end removed") << u"DELETE FROM activity WHERE id = 4"_s << u"after line 3"_s;
    }
    void changedLineIsFound()
    {
        QFETCH(QString, sql);
        QFETCH(QString, found);
        QTemporaryDir home;
        QVERIFY(makeOldFile(home.path()));
        const auto opened = SlipwayStore::open(home.path());
        QVERIFY(opened);
        SlipwayStore &store = **opened;
        ActivityEntry entry{0, at(9), u"ada"_s, u"shop"_s, u"staging"_s, u"promote"_s, u"New"_s, {}, {}, {}, {}};
        entry.overridden = {u"ci"_s};
        entry.durationMs = 4200;
        QVERIFY(store.record(entry));
        QVERIFY(store.verifyActivity());
        QCOMPARE(store.database().execute(sql).value(), 1);
        const auto verified = store.verifyActivity();
        QVERIFY(!verified);
        QVERIFY2(verified.error().message().contains(found), qPrintable(verified.error().message()));
    }

    void policy()
    {
        Desk desk;
        SlipwayStore &store = *desk.store;
        const QJsonObject window{{u"from"_s, u"20:00"_s}, {u"to"_s, u"07:00"_s}};
        const Policy::Layer layer{{u"limit"_s, 3},
                                  {u"checks.ci"_s, u"off"_s},
                                  {u"rules.closed"_s, true},
                                  {u"rules.off-hours"_s, window},
                                  {u"freeze"_s, QJsonArray{window, window}}};
        QVERIFY(store.savePolicy(u"shop"_s, layer, {}).value().pipelines.contains(u"shop"_s));
        QCOMPARE(store.policy(u"shop"_s), layer);
        QVERIFY(store.policy(u"api"_s).isEmpty());
        QVERIFY(store.savePolicy(u"shop"_s, {{u"limit"_s, 4}}, {u"freeze"_s, u"never-set"_s}));
        QCOMPARE(store.policy(u"shop"_s).value(u"limit"_s).toInt(), 4);
        QVERIFY(!store.policy(u"shop"_s).contains(u"freeze"_s));
    }

    void holdAndQueue()
    {
        Desk desk;
        SlipwayStore &store = *desk.store;
        QVERIFY(!store.hold(u"shop"_s));
        const Hold hold{u"ada"_s, u"demo"_s, at(1), at(9), true};
        QVERIFY(store.saveHold(u"shop"_s, hold));
        QCOMPARE(store.hold(u"shop"_s), hold);
        const Hold other{u"bo"_s, {}, at(2), {}, false};
        QVERIFY(store.saveHold(u"shop"_s, other));
        QVERIFY(store.hold(u"shop"_s)->reason.isEmpty() && !store.hold(u"shop"_s)->until.isValid());
        QVERIFY(store.removeHold(u"shop"_s));
        QVERIFY(!store.hold(u"shop"_s));

        for (int i = 1; i <= 3; ++i)
            QVERIFY(store.enqueue(u"shop"_s, QueueEntry{u"dev%1"_s.arg(i), u"ada"_s, at(i), {}}, 0));
        QVERIFY(store.enqueue(u"shop"_s, QueueEntry{u"dev4"_s, u"bo"_s, at(4), u"small"_s}, 2));
        const auto order = [&store] {
            QStringList names;
            const QList<QueueEntry> entries = store.queue(u"shop"_s);
            for (const QueueEntry &entry : entries)
                names.append(entry.environment);
            return names.join(u' ');
        };
        QCOMPARE(order(), u"dev1 dev4 dev2 dev3"_s);
        QCOMPARE(store.queue(u"shop"_s).at(1), (QueueEntry{u"dev4"_s, u"bo"_s, at(4), u"small"_s}));
        const auto left = store.dequeue(u"shop"_s, u"dev4"_s); // the others move up
        QCOMPARE(left.value().environments.size(), 4);
        QVERIFY(store.dequeue(u"shop"_s, u"dev4"_s).value().isEmpty());
        QVERIFY(store.enqueue(u"shop"_s, QueueEntry{u"dev1"_s, u"bo"_s, at(7), {}}, 3));
        QCOMPARE(order(), u"dev2 dev3 dev1"_s);
        QCOMPARE(store.queue(u"shop"_s).at(2), (QueueEntry{u"dev1"_s, u"ada"_s, at(1), {}}));
        QVERIFY(store.queue(u"api"_s).isEmpty());
    }

    void dirtyTimes()
    {
        Desk desk;
        SlipwayStore &store = *desk.store;
        const auto times = [&store](int from = 0) { return store.dirtyTimes(u"shop"_s, at(from)); };
        QVERIFY(store.saveDirty(u"shop"_s, {}, 0, at(1)));
        QVERIFY(times().isEmpty());
        QVERIFY(store.saveDirty(u"shop"_s, at(10), 1, at(11)));
        QVERIFY(store.saveDirty(u"shop"_s, at(10), 3, at(12)));
        QVERIFY(store.saveDirty(u"shop"_s, at(10), 2, at(13))); // the most there were
        QCOMPARE(times(), (QList<DirtyTime>{{at(10), {}, 3}}));
        QVERIFY(store.saveDirty(u"shop"_s, {}, 0, at(20)));
        QVERIFY(store.saveDirty(u"shop"_s, {}, 0, at(25)));
        QCOMPARE(times(), (QList<DirtyTime>{{at(10), at(20), 3}}));
        QVERIFY(times(20).isEmpty());
        QVERIFY(store.saveDirty(u"shop"_s, at(30), 1, at(30)));
        QVERIFY(store.saveDirty(u"shop"_s, at(40), 2, at(41))); // clean in between, and nobody looked
        QCOMPARE(times(), (QList<DirtyTime>{{at(10), at(20), 3}, {at(30), at(40), 1}, {at(40), {}, 2}}));
    }

    void dirtyTimesWithAClockSetBack()
    {
        Desk desk;
        SlipwayStore &store = *desk.store;
        QVERIFY(store.saveDirty(u"shop"_s, at(60), 1, at(60)));
        QVERIFY(store.saveDirty(u"shop"_s, {}, 0, at(5)));
        QCOMPARE(store.dirtyTimes(u"shop"_s, at(0)), (QList<DirtyTime>{{at(60), at(60), 1}}));
        QVERIFY(store.saveDirty(u"shop"_s, at(70), 1, at(70)));
        QVERIFY(store.saveDirty(u"shop"_s, at(6), 2, at(6)));
        const QList<DirtyTime> expected{{at(6), {}, 2}, {at(60), at(60), 1}, {at(70), at(70), 1}};
        QCOMPARE(store.dirtyTimes(u"shop"_s, at(0)), expected);
    }

    void lifetimesMessagesAndNotes()
    {
        Desk desk;
        SlipwayStore &store = *desk.store;
        QVERIFY(!store.lifetime(u"shop/dev1"_s));
        QVERIFY(store.removeLifetime(u"shop/dev1"_s).value().isEmpty());
        QVERIFY(!store.hasRuleTraces(u"shop"_s));
        const Lifetime lifetime{at(5), at(9), u"ada"_s};
        QVERIFY(store.saveLifetime(u"shop/dev1"_s, lifetime).value().environments.contains(u"shop/dev1"_s));
        QCOMPARE(store.lifetime(u"shop/dev1"_s), lifetime);
        QVERIFY(store.hasRuleTraces(u"shop"_s));
        QVERIFY(!store.hasRuleTraces(u"sho"_s));
        QVERIFY(store.removeLifetime(u"shop/dev1"_s));
        QVERIFY(!store.hasRuleTraces(u"shop"_s));

        QVERIFY(store.noteRule(u"shop"_s, u"closed"_s, u"faster"_s, u"1"_s));
        QVERIFY(store.noteRule(u"shop"_s, u"closed"_s, u"faster"_s, u"2"_s));
        QCOMPARE(store.ruleNotes(u"shop"_s, u"closed"_s), (QHash<QString, QString>{{u"faster"_s, u"2"_s}}));
        QVERIFY(store.ruleNotes(u"shop"_s, u"accepted"_s).isEmpty());
        QVERIFY(store.hasRuleTraces(u"shop"_s));
        QVERIFY(store.noteRule(u"shop"_s, u"closed"_s, u"faster"_s, {}));
        QVERIFY(!store.hasRuleTraces(u"shop"_s));

        QVERIFY(store.sendMessage(Message{0, u"ada"_s, at(1), u"one"_s}).value().messages);
        QVERIFY(store.sendMessage(Message{0, u"ada"_s, at(0), u"two"_s}));
        QVERIFY(store.sendMessage(Message{0, u"bo"_s, at(2), u"three"_s}));
        const QList<Message> told = store.messages(u"ada"_s);
        QCOMPARE(told.size(), 2);
        QCOMPARE(told.at(0), (Message{told.at(0).id, u"ada"_s, at(1), u"one"_s})); // as sent, whatever the clock
        QVERIFY(store.markSeen(told.at(0).id));
        QCOMPARE(store.messages(u"ada"_s), QList<Message>{told.at(1)});
        QCOMPARE(store.messages(u"bo"_s).size(), 1);
    }

    void removedPipelineLeavesNothingButItsRecord()
    {
        Desk desk;
        SlipwayStore &store = *desk.store;
        QVERIFY(store.savePipeline(Pipeline{u"shop-2"_s, u"local"_s, {}, {}, {}, false, false}));
        for (const QString &name : {u"shop"_s, u"shop-2"_s}) {
            QVERIFY(store.savePolicy(name, {{u"limit"_s, 3}}, {}));
            QVERIFY(store.saveHold(name, Hold{u"ada"_s, {}, at(1), {}, false}));
            QVERIFY(store.enqueue(name, QueueEntry{u"dev1"_s, u"ada"_s, at(1), {}}, 0));
            QVERIFY(store.saveLifetime(name + u"/dev1"_s, Lifetime{at(5), {}, {}}));
            QVERIFY(store.saveVerdict(name + u"/dev1"_s, Verdict{VerdictState::Accepted, {}, {}, u"1"_s, at(1)}));
            QVERIFY(store.noteRule(name, u"closed"_s, u"faster"_s, u"1"_s));
            QVERIFY(store.saveDirty(name, at(1), 1, at(1)));
            QVERIFY(store.record({0, at(1), u"ada"_s, name, {}, u"hold"_s, u"Took staging"_s, {}, {}, {}, {}}));
        }
        QVERIFY(store.removePipeline(u"shop"_s));
        const auto kept = [&store](const QString &name) {
            return QList<bool>{!store.policy(name).isEmpty(),
                               store.hold(name).has_value(),
                               !store.queue(name).isEmpty(),
                               store.lifetime(name + u"/dev1"_s).has_value(),
                               store.verdict(name + u"/dev1"_s).has_value(),
                               store.hasRuleTraces(name)};
        };
        QCOMPARE(kept(u"shop"_s), QList<bool>(6, false));
        QCOMPARE(kept(u"shop-2"_s), QList<bool>(6, true));
        QCOMPARE(store.dirtyTimes(u"shop"_s, at(0)).size(), 1);
        QCOMPARE(store.activity(u"shop"_s).size(), 1);
        QVERIFY(store.verifyActivity());
    }
};

QTEST_GUILESS_MAIN(TestProcessStore)
#include "tst_processstore.moc"
