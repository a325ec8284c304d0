// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk.h"

#include "models/store/stores.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>

using namespace Qt::StringLiterals;
using namespace Slipway;

namespace {

void fill(const QString &home)
{
    QDir().mkpath(home);
    auto cache = CacheStore::open(home);
    auto store = SlipwayStore::open(home);
    QVERIFY(cache && store);
    Pipeline pipeline;
    pipeline.name = u"shop"_s;
    pipeline.deploysAccount = u"local"_s;
    pipeline.deploysId = u"shop"_s;
    pipeline.mainBranch = u"main"_s;
    QVERIFY((*store)->savePipeline(pipeline));
}

/// Somebody else at the same state, as git knows them.
void sitDown(Desk &desk, const QString &name)
{
    const QString path = desk.folder() + u'/' + name + u".gitconfig"_s;
    QFile config(path);
    QVERIFY(config.open(QIODevice::WriteOnly));
    config.write("[user]\n\tname = " + name.toUtf8() + "\n");
    desk.setVariable(u"GIT_CONFIG_GLOBAL"_s, path);
}

QStringList words(const QString &line)
{
    return line.split(u' ', Qt::SkipEmptyParts);
}

} // namespace

/// What is decided and recorded at once: holds, messages, policies, the record. No daemon runs here.
class TestCliDecisions : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void holdAndRelease();
    void takeOverIsTold();
    void timesToCome_data();
    void timesToCome();
    void badTimes_data();
    void badTimes();
    void policySetAndUnset();
    void policyRefuses_data();
    void policyRefuses();
    void teamFileWithAMistake();
    void recordShowsAnEdit();
    void recordAsTable();
    void insightsAreHonest();
};

void TestCliDecisions::holdAndRelease()
{
    Desk desk;
    fill(desk.home());
    sitDown(desk, u"Dana"_s);
    const Ran none = desk.run(words(u"release-hold shop"_s));
    QVERIFY2(none.code == 1 && none.err.contains("Nobody holds"), none.told());
    const Ran held =
        desk.run({u"hold"_s, u"shop"_s, u"--reason"_s, u"Load test"_s, u"--until"_s, u"+2h"_s, u"--json"_s});
    QVERIFY2(held.code == 0, held.told());
    QCOMPARE(held.json()[u"hold"_s][u"by"_s], u"Dana"_s);
    QCOMPARE(held.json()[u"hold"_s][u"reason"_s], u"Load test"_s);
    const QDateTime until = QDateTime::fromString(held.json()[u"hold"_s][u"until"_s].toString(), Qt::ISODateWithMs);
    const qint64 minutes = QDateTime::currentDateTimeUtc().secsTo(until) / 60;
    QVERIFY2(minutes >= 115 && minutes <= 120, held.told());
    const Ran status = desk.run(words(u"status shop --json"_s));
    QCOMPARE(status.json()[u"staging"_s][u"hold"_s][u"by"_s], u"Dana"_s);
    const Ran again = desk.run(words(u"hold shop --json"_s)); // its holder renews it
    QVERIFY2(again.code == 0 && again.json()[u"hold"_s][u"until"_s].isNull(), again.told());
    QCOMPARE(desk.run(words(u"release-hold shop"_s)).code, 0);
    QVERIFY(desk.run(words(u"status shop --json"_s)).json()[u"staging"_s][u"hold"_s].isNull());
}

void TestCliDecisions::takeOverIsTold()
{
    Desk desk;
    fill(desk.home());
    sitDown(desk, u"Ines"_s);
    QCOMPARE(desk.run(words(u"hold shop --reason Demo"_s)).code, 0);
    sitDown(desk, u"Dana"_s);
    const Ran taken = desk.run(words(u"hold shop"_s));
    QVERIFY2(taken.code == 3 && taken.err.contains("Ines") && taken.err.contains("--take-over"), taken.told());
    const Ran mute = desk.run(words(u"hold shop --take-over"_s));
    QVERIFY2(mute.code == 2 && mute.err.contains("reason"), mute.told());
    QCOMPARE(desk.run(words(u"status shop --json"_s)).json()[u"staging"_s][u"hold"_s][u"by"_s], u"Ines"_s);
    const Ran over = desk.run(words(u"hold shop --take-over --reason Outage --json"_s));
    QVERIFY2(over.code == 0, over.told());
    QCOMPARE(over.json()[u"hold"_s][u"by"_s], u"Dana"_s);
    QVERIFY2(!over.err.contains("took staging"), over.told()); // it is not Dana who is told

    sitDown(desk, u"Ines"_s);
    const Ran told = desk.run(words(u"status shop --json"_s));
    QVERIFY2(told.code == 0 && told.err.contains("Dana") && told.err.contains("Outage"), told.told());
    QVERIFY(!told.json().isEmpty()); // the document is on the other stream
    const Ran once = desk.run(words(u"status shop"_s));
    QVERIFY2(!once.err.contains("Outage"), once.told());
    const Ran foreign = desk.run(words(u"release-hold shop"_s));
    QVERIFY2(foreign.code == 3 && foreign.err.contains("--reason"), foreign.told());
    const Ran released = desk.run(words(u"release-hold shop --reason Resolved"_s));
    QVERIFY2(released.code == 0, released.told());
    sitDown(desk, u"Dana"_s);
    QVERIFY(desk.run(words(u"pipeline list"_s)).err.contains("Resolved"));
}

void TestCliDecisions::timesToCome_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QDateTime>("at"); // local; invalid: any to come
    const QDate tomorrow = QDate::currentDate().addDays(1);
    QTest::newRow("minutes") << u"+90min"_s << QDateTime();
    QTest::newRow("days") << u"+3d"_s << QDateTime();
    QTest::newRow("end of today") << u"23:59"_s << QDateTime(QDate::currentDate(), QTime(23, 59));
    QTest::newRow("tomorrow") << u"tomorrow"_s << tomorrow.startOfDay();
    QTest::newRow("tomorrow at") << u"Tomorrow 9:30"_s << QDateTime(tomorrow, QTime(9, 30));
    QTest::newRow("a day") << u"2098-12-24"_s << QDate(2098, 12, 24).startOfDay();
    QTest::newRow("local") << u"2098-12-24T18:00"_s << QDateTime(QDate(2098, 12, 24), QTime(18, 0));
    QTest::newRow("with a space") << u"2098-12-24 18:00"_s << QDateTime(QDate(2098, 12, 24), QTime(18, 0));
    QTest::newRow("with a zone") << u"2098-12-24T18:00:00Z"_s << QDateTime(QDate(2098, 12, 24), QTime(18, 0), Qt::UTC);
}

void TestCliDecisions::timesToCome()
{
    QFETCH(QString, text);
    QFETCH(QDateTime, at);
    if (QTime::currentTime() > QTime(23, 57))
        QSKIP("Today and tomorrow change places meanwhile.");
    Desk desk;
    fill(desk.home());
    const Ran held = desk.run({u"hold"_s, u"shop"_s, u"--until"_s, text, u"--json"_s});
    QVERIFY2(held.code == 0, held.told());
    const QDateTime until = QDateTime::fromString(held.json()[u"hold"_s][u"until"_s].toString(), Qt::ISODateWithMs);
    if (at.isValid())
        QCOMPARE(until, at.toUTC());
    else
        QVERIFY2(until > QDateTime::currentDateTimeUtc(), held.told());
}

void TestCliDecisions::badTimes_data()
{
    QTest::addColumn<QString>("text");
    for (const auto &text : {u"soon"_s, u"25:00"_s, u"18:60"_s, u"+2"_s, u"+2 hours"_s, u"+999999d"_s, u"-2h"_s,
                             u"2020-01-01"_s, u"2098-13-01"_s, u"0:00"_s, u"tomorrow noon"_s, u" "_s})
        QTest::newRow(qUtf8Printable(text)) << text;
}

void TestCliDecisions::badTimes()
{
    QFETCH(QString, text);
    Desk desk;
    fill(desk.home());
    const Ran ran = desk.run({u"hold"_s, u"shop"_s, u"--until="_s + text});
    QVERIFY2(ran.code == 2, ran.told());
    QVERIFY2(ran.err.contains(text.toUtf8()) && ran.err.contains("tomorrow 09:30"), ran.told());
    QVERIFY(desk.run(words(u"status shop --json"_s)).json()[u"staging"_s][u"hold"_s].isNull());
}

void TestCliDecisions::policySetAndUnset()
{
    Desk desk;
    fill(desk.home());
    const Ran set = desk.run(words(u"pipeline policy shop set checks.verdict=warn limit=4 rules.closed=on --json"_s));
    QVERIFY2(set.code == 0, set.told());
    const QJsonValue policy = set.json()[u"policy"_s];
    QCOMPARE(policy[u"checks.verdict"_s][u"value"_s], u"warn"_s);
    QCOMPARE(policy[u"checks.verdict"_s][u"source"_s], u"desktop"_s);
    QCOMPARE(policy[u"limit"_s][u"value"_s], 4);
    QCOMPARE(policy[u"rules.closed"_s][u"value"_s], true);
    QCOMPARE(policy[u"checks.ci"_s][u"source"_s], u"default"_s);
    const Ran unset = desk.run(words(u"pipeline policy shop unset limit checks.verdict --json"_s));
    QVERIFY2(unset.code == 0, unset.told());
    QCOMPARE(unset.json()[u"policy"_s][u"limit"_s][u"value"_s], 2);
    QCOMPARE(unset.json()[u"policy"_s][u"checks.verdict"_s][u"source"_s], u"default"_s);
    QCOMPARE(unset.json()[u"policy"_s][u"rules.closed"_s][u"value"_s], true);
    const Ran window = desk.run({u"pipeline"_s, u"policy"_s, u"shop"_s, u"set"_s,
                                 u"freeze=[{\"days\": [\"fri\"], \"from\": \"15:00\", \"to\": \"24:00\"}]"_s});
    QVERIFY2(window.code == 0 && window.out.contains("fri 15:00–24:00"), window.told());
    const Ran activity = desk.run(words(u"activity shop"_s));
    QVERIFY2(activity.out.contains("limit from 2 to 4"), activity.told());
}

void TestCliDecisions::policyRefuses_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("names");
    QTest::newRow("key") << u"set checks.vedict=warn"_s << u"checks.vedict"_s;
    QTest::newRow("key to unset") << u"unset limits"_s << u"limits"_s;
    QTest::newRow("level") << u"set checks.ci=maybe"_s << u"block, warn, off"_s;
    QTest::newRow("number") << u"set limit=many"_s << u"from 1 to 99"_s;
    QTest::newRow("flag") << u"set rules.closed=1"_s << u"on or off"_s;
    QTest::newRow("choice") << u"set queue=yes"_s << u"manual, auto"_s;
    QTest::newRow("window") << u"set rules.off-hours={\"from\":\"8pm\",\"to\":\"07:00\"}"_s << u"8pm"_s;
    QTest::newRow("no value") << u"set limit"_s << u"KEY=VALUE"_s;
    QTest::newRow("no verb") << u"checks.ci=warn"_s << u"set KEY=VALUE"_s;
    QTest::newRow("both ways") << u"set limit=3 --limit 4"_s << u"--limit"_s;
    QTest::newRow("one of two") << u"set limit=3 checks.ci=maybe"_s << u"checks.ci"_s;
}

void TestCliDecisions::policyRefuses()
{
    QFETCH(QString, line);
    QFETCH(QString, names);
    Desk desk;
    fill(desk.home());
    const Ran ran = desk.run(words(u"pipeline policy shop "_s + line));
    QVERIFY2(ran.code == 2 && ran.err.contains(names.toUtf8()), ran.told());
    QCOMPARE(desk.run(words(u"pipeline policy shop --json"_s)).json()[u"policy"_s][u"limit"_s][u"value"_s], 2);
}

void TestCliDecisions::teamFileWithAMistake()
{
    Desk desk;
    fill(desk.home());
    auto cache = CacheStore::open(desk.home());
    QVERIFY(cache);
    Snapshot snapshot;
    snapshot.pipeline = u"shop"_s;
    snapshot.account = u"local"_s;
    snapshot.asOf = QDateTime::currentDateTimeUtc();
    snapshot.teamFile = "{\n  \"policy\": { \"limit\": 3 }\n}\n";
    QVERIFY((*cache)->apply(snapshot));
    const Ran good = desk.run(words(u"pipeline policy shop --json"_s));
    QCOMPARE(good.json()[u"policy"_s][u"limit"_s][u"value"_s], 3);
    QCOMPARE(good.json()[u"policy"_s][u"limit"_s][u"source"_s], u"team"_s);
    QVERIFY(good.json()[u"problem"_s].isNull());
    snapshot.teamFile =
        "{\n  \"policy\": {\n    \"limit\": 3,\n    \"checks\": { \"verdict\": \"sometimes\" }\n  }\n}\n";
    QVERIFY((*cache)->apply(snapshot));
    const Ran bad = desk.run(words(u"pipeline policy shop --json"_s));
    QVERIFY2(bad.code == 0, bad.told());
    QCOMPARE(bad.json()[u"policy"_s][u"limit"_s][u"value"_s], 2); // nothing of it counts
    for (const char *word : {"slipway.json", "line 4", "policy.checks.verdict", "block", "warn", "off"})
        QVERIFY2(bad.err.contains(word), bad.told());
    QVERIFY(!bad.json()[u"problem"_s][u"message"_s].toString().isEmpty());
}

void TestCliDecisions::recordShowsAnEdit()
{
    Desk desk;
    fill(desk.home());
    for (const auto &reason : {u"One"_s, u"Two"_s, u"Three"_s})
        QCOMPARE(desk.run({u"hold"_s, u"shop"_s, u"--reason"_s, reason}).code, 0);
    const Ran whole = desk.run(words(u"activity --verify --json"_s));
    QVERIFY2(whole.code == 0 && whole.json()[u"whole"_s].toBool(), whole.told());
    QCOMPARE(whole.json()[u"lines"_s], 3);
    const auto edit = [&desk](const QString &sql) {
        return QProcess::execute(u"sqlite3"_s, {desk.home() + u"/slipway.db"_s, sql});
    };
    QCOMPARE(edit(u"UPDATE activity SET reason = 'Nothing' WHERE id = 2"_s), 0);
    const Ran changed = desk.run(words(u"activity --verify --json"_s));
    QVERIFY2(changed.code == 1 && changed.err.contains("Line 2") && changed.err.contains("changed"), changed.told());
    QVERIFY(changed.json().contains(u"error"_s) && !changed.json()[u"whole"_s].toBool(true));
    QCOMPARE(edit(u"UPDATE activity SET reason = 'Two' WHERE id = 2"_s), 0);
    QCOMPARE(desk.run(words(u"activity --verify"_s)).code, 0);
    QCOMPARE(edit(u"DELETE FROM activity WHERE id = 3"_s), 0);
    const Ran cut = desk.run(words(u"activity --verify"_s));
    QVERIFY2(cut.code == 1 && cut.err.contains("after line 2"), cut.told());
}

void TestCliDecisions::recordAsTable()
{
    Desk desk;
    fill(desk.home());
    QCOMPARE(desk.run({u"hold"_s, u"shop"_s, u"--reason"_s, u"=1+1, \"quoted\""_s}).code, 0);
    const Ran csv = desk.run(words(u"activity shop --csv"_s));
    QVERIFY2(csv.code == 0 && csv.out.startsWith("id,at,by,"), csv.told());
    QVERIFY2(csv.out.contains("\"'=1+1, \"\"quoted\"\"\""), csv.told());
    QCOMPARE(csv.out.count("\r\n"), 2);
    const Ran both = desk.run(words(u"activity shop --csv --json"_s));
    QVERIFY2(both.code == 2, both.told());
    const Ran json = desk.run(words(u"activity shop --json"_s));
    const QJsonObject entry = json.json()[u"activity"_s][0].toObject();
    for (const auto &key : {u"from"_s, u"to"_s, u"overridden"_s, u"duration_ms"_s})
        QVERIFY2(entry.contains(key), json.told());
    QCOMPARE(entry[u"reason"_s], u"=1+1, \"quoted\""_s);
}

void TestCliDecisions::insightsAreHonest()
{
    Desk desk;
    fill(desk.home());
    const Ran spoken = desk.run(words(u"insights shop"_s));
    QVERIFY2(spoken.code == 0, spoken.told());
    QCOMPARE(spoken.out.count("not known"), 4);
    const Ran json = desk.run(words(u"insights shop --days 7 --json"_s));
    QVERIFY2(json.json()[u"change_failure_rate"_s].isNull() && json.json()[u"deploys"_s] == 0, json.told());
    QVERIFY2(json.json()[u"lead_time"_s][u"median_seconds"_s].isNull(), json.told());
    QCOMPARE(desk.run(words(u"insights shop --days 0"_s)).code, 2);
}

QTEST_GUILESS_MAIN(TestCliDecisions)
#include "tst_clidecisions.moc"
