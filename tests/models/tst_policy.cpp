// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a team's slipway.json may say, what is answered when it is wrong, and when a window is open.
#include "models/domain/policy.h"

#include <QTest>
#include <QTimeZone>

using namespace Slipway;
using namespace Qt::StringLiterals;

namespace {

QDateTime utc(const QString &text)
{
    return QDateTime::fromString(text + u":00Z"_s, Qt::ISODate);
}

FreezeWindow daily(const QString &from, const QString &to, const QString &zone, const QStringList &days = {})
{
    return {days, from, to, zone, {}};
}

} // namespace

class PolicyTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void defaults();
    void team();
    void desktopWins();
    void malformed_data();
    void malformed();
    void words_data();
    void words();
    void windows_data();
    void windows();
};

void PolicyTest::defaults()
{
    const Policy policy;
    QCOMPARE(toString(policy.level(u"verdict"_s)), u"block"_s);
    QCOMPARE(toString(policy.level(u"drift"_s)), u"warn"_s);
    QCOMPARE(policy.limit(), 2);
    QVERIFY(!policy.queueStarts());
    QVERIFY(policy.freezes().isEmpty());
    QVERIFY(!policy.rules().any());
    QCOMPARE(*readTeamPolicy({}), Policy::Layer());
    QCOMPARE(*readTeamPolicy(R"({"web": {"port": 1}})"), Policy::Layer()); // the rest of the file is others' business
}

void PolicyTest::team()
{
    const auto layer = readTeamPolicy(R"({
  "policy": {"checks": {"ci": "warn"}, "limit": 3, "queue": "auto",
             "freeze": [{"days": ["fri"], "from": "15:00", "to": "24:00", "zone": "Europe/Lisbon", "reason": "Weekend"}]},
  "rules": {"accepted": true, "idle-hours": 8}
})");
    QVERIFY(layer);
    const Policy policy(*layer, {});
    QCOMPARE(toString(policy.level(u"ci"_s)), u"warn"_s);
    QCOMPARE(toString(policy.source(u"checks.ci"_s)), u"team"_s);
    QCOMPARE(toString(policy.source(u"checks.drift"_s)), u"default"_s);
    QCOMPARE(policy.limit(), 3);
    QVERIFY(policy.queueStarts());
    QCOMPARE(policy.freezes().size(), 1);
    QCOMPARE(policy.freezes().constFirst().reason, u"Weekend"_s);
    QVERIFY(policy.rules().accepted);
    QCOMPARE(policy.rules().idleHours, 8);
}

void PolicyTest::desktopWins()
{
    const Policy policy({{u"limit"_s, 3}}, {{u"limit"_s, 5}});
    QCOMPARE(policy.limit(), 5);
    QCOMPARE(toString(policy.source(u"limit"_s)), u"desktop"_s);
}

void PolicyTest::malformed_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QStringList>("said"); // line, key and what was expected
    QTest::newRow("no JSON") << QByteArray("{\n \"policy\": {,}\n}") << QStringList{u"slipway.json"_s, u"2"_s};
    QTest::newRow("unknown check") << QByteArray("{\n \"policy\": {\n  \"checks\": {\"verdct\": \"warn\"}}}")
                                   << QStringList{u"3"_s, u"verdct"_s, u"verdict"_s};
    QTest::newRow("unknown level") << QByteArray("{\n \"policy\": {\n  \"checks\": {\"ci\": \"perhaps\"}}}")
                                   << QStringList{u"3"_s, u"ci"_s, u"block"_s, u"warn"_s, u"off"_s};
    QTest::newRow("unknown key") << QByteArray("{\"policy\":\n {\"limits\": 3}}")
                                 << QStringList{u"2"_s, u"limits"_s, u"limit"_s};
    QTest::newRow("limit too large") << QByteArray("{\"policy\": {\n\"limit\": 100}}")
                                     << QStringList{u"2"_s, u"limit"_s, u"99"_s};
    QTest::newRow("limit as text") << QByteArray("{\"policy\": {\n\"limit\": \"two\"}}")
                                   << QStringList{u"2"_s, u"limit"_s};
    QTest::newRow("flag as text") << QByteArray("{\"rules\": {\n\n\"closed\": \"yes\"}}")
                                  << QStringList{u"3"_s, u"closed"_s};
    QTest::newRow("unknown day") << QByteArray(
        "{\"policy\": {\"freeze\": [\n{\"days\": [\"friday\"], \"from\": \"15:00\", \"to\": \"16:00\"}]}}")
                                 << QStringList{u"2"_s, u"days"_s, u"fri"_s};
    QTest::newRow("unknown zone") << QByteArray(
        "{\"policy\": {\"freeze\": [\n{\"from\": \"15:00\", \"to\": \"16:00\", \"zone\": \"Lisbon\"}]}}")
                                  << QStringList{u"2"_s, u"zone"_s, u"Europe/Lisbon"_s};
    QTest::newRow("no time") << QByteArray("{\"policy\": {\"freeze\": [\n{\"from\": \"25:00\", \"to\": \"16:00\"}]}}")
                             << QStringList{u"2"_s, u"from"_s, u"15:00"_s};
}

void PolicyTest::malformed()
{
    QFETCH(QByteArray, file);
    QFETCH(QStringList, said);
    const auto layer = readTeamPolicy(file);
    QVERIFY(!layer);
    for (const QString &words : std::as_const(said))
        QVERIFY2(layer.error().message().contains(words), qPrintable(layer.error().message()));
    QVERIFY2(layer.error().remedy().contains(u"defaults are in force"), qPrintable(layer.error().remedy()));
    const Policy policy(layer.value_or(Policy::Layer()), {}, layer.error());
    for (const PolicyKey &key : Policy::keys())
        QCOMPARE(policy.value(key.name), key.fallback);
    QVERIFY(policy.problem());
}

void PolicyTest::words_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown"); // empty: refused
    QTest::newRow("level") << u"checks.ci"_s << u"WARN"_s << u"warn"_s;
    QTest::newRow("no level") << u"checks.ci"_s << u"maybe"_s << QString();
    QTest::newRow("number") << u"limit"_s << u"4"_s << u"4"_s;
    QTest::newRow("no number") << u"limit"_s << u"0"_s << QString();
    QTest::newRow("flag") << u"rules.closed"_s << u"on"_s << u"on"_s;
    QTest::newRow("text") << u"rules.label"_s << u" preview me "_s << u"preview me"_s;
    QTest::newRow("no text") << u"rules.label"_s << u""_s << u"none"_s;
    QTest::newRow("a long text") << u"rules.label"_s << QString(101, u'x') << QString();
    QTest::newRow("window") << u"freeze"_s << u"[{\"from\": \"2026-12-24\", \"to\": \"2027-01-02\"}]"_s
                            << u"2026-12-24–2027-01-02"_s;
    QTest::newRow("none") << u"freeze"_s << u"none"_s << u"none"_s;
    QTest::newRow("half a window") << u"freeze"_s << u"[{\"from\": \"2026-12-24\"}]"_s << QString();
    QTest::newRow("unknown key") << u"checks.mood"_s << u"warn"_s << QString();
}

void PolicyTest::words()
{
    QFETCH(QString, key);
    QFETCH(QString, text);
    QFETCH(QString, shown);
    const auto value = Policy::parse(key, text);
    QCOMPARE(value.has_value(), !shown.isEmpty());
    if (value) {
        QCOMPARE(Policy::shown(key, *value), shown);
        return;
    }
    QVERIFY2(value.error().message().contains(key), qPrintable(value.error().message()));
    QVERIFY(!value.error().remedy().isEmpty());
}

void PolicyTest::windows_data()
{
    QTest::addColumn<FreezeWindow>("window");
    QTest::addColumn<QString>("at"); // UTC
    QTest::addColumn<QString>("end"); // UTC; empty: it is not open
    const auto lisbon = u"Europe/Lisbon"_s;
    const auto tokyo = u"Asia/Tokyo"_s;
    const auto berlin = u"Europe/Berlin"_s;
    const FreezeWindow friday = daily(u"15:00"_s, u"24:00"_s, lisbon, {u"fri"_s});
    QTest::newRow("before") << friday << u"2026-11-27T14:59"_s << QString();
    QTest::newRow("at its start") << friday << u"2026-11-27T15:00"_s << u"2026-11-28T00:00"_s;
    QTest::newRow("at its end") << friday << u"2026-11-28T00:00"_s << QString();
    QTest::newRow("another day") << friday << u"2026-11-26T16:00"_s << QString();
    const FreezeWindow night = daily(u"22:00"_s, u"06:00"_s, lisbon, {u"fri"_s});
    QTest::newRow("night, before midnight") << night << u"2026-11-27T23:00"_s << u"2026-11-28T06:00"_s;
    QTest::newRow("night, after midnight") << night << u"2026-11-28T05:59"_s << u"2026-11-28T06:00"_s;
    QTest::newRow("night of no such day") << night << u"2026-11-27T05:00"_s << QString();
    QTest::newRow("all day") << daily(u"09:00"_s, u"09:00"_s, lisbon) << u"2026-11-27T08:00"_s << u"2026-11-27T09:00"_s;
    QTest::newRow("other zone, other day")
        << daily(u"00:00"_s, u"12:00"_s, tokyo, {u"sat"_s}) << u"2026-11-27T16:00"_s << u"2026-11-28T03:00"_s;
    QTest::newRow("dated") << daily(u"2026-12-24"_s, u"2027-01-02"_s, tokyo) << u"2026-12-23T15:00"_s
                           << u"2027-01-02T15:00"_s; // the last day is in it
    QTest::newRow("dated, over") << daily(u"2026-12-24"_s, u"2027-01-02"_s, tokyo) << u"2027-01-02T15:00"_s
                                 << QString();
    QTest::newRow("dated with a time") << daily(u"2026-12-24T18:00"_s, u"2026-12-25T09:00"_s, tokyo)
                                       << u"2026-12-24T09:00"_s << u"2026-12-25T00:00"_s;
    // 2026-03-29 01:00 UTC: clocks in Berlin go from 02:00 to 03:00; 2026-10-25 01:00 UTC: back from 03:00 to 02:00.
    const FreezeWindow early = daily(u"01:00"_s, u"04:00"_s, berlin);
    QTest::newRow("shorter day") << early << u"2026-03-29T00:30"_s << u"2026-03-29T02:00"_s;
    QTest::newRow("shorter day, over") << early << u"2026-03-29T02:00"_s << QString();
    QTest::newRow("longer day") << early << u"2026-10-25T01:30"_s << u"2026-10-25T03:00"_s;
    const FreezeWindow evening = daily(u"22:00"_s, u"05:00"_s, berlin);
    QTest::newRow("over a shorter night") << evening << u"2026-03-28T21:30"_s << u"2026-03-29T03:00"_s;
}

void PolicyTest::windows()
{
    QFETCH(FreezeWindow, window);
    QFETCH(QString, at);
    QFETCH(QString, end);
    QVERIFY(window.zone.isEmpty() || QTimeZone::isTimeZoneIdAvailable(window.zone.toUtf8()));
    QCOMPARE(window.endAt(utc(at)), end.isEmpty() ? QDateTime() : utc(end));
}

QTEST_GUILESS_MAIN(PolicyTest)
#include "tst_policy.moc"
