// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/intent.h"
#include "models/domain/json.h"
#include "models/domain/pipeline.h"
#include "models/domain/preflight.h"
#include "models/domain/verdict.h"

#include <QJsonDocument>
#include <QTest>

using namespace Slipway;
using namespace Qt::StringLiterals;

/// A value survives its JSON form, written out as text in between.
template<typename T, typename Read> static bool survives(const T &value, Read read)
{
    const QByteArray text = QJsonDocument(toJson(value)).toJson(QJsonDocument::Compact);
    return read(QJsonDocument::fromJson(text).object()) == value;
}

class TestDomain : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void namesRoundTrip()
    {
        for (const Stage stage : {Stage::Development, Stage::Staging, Stage::Production})
            QVERIFY(stageFromString(toString(stage)) == stage);
        QVERIFY(!stageFromString(u"Staging"_s));
        for (int i = 0; i <= int(EnvironmentState::Unknown); ++i)
            QCOMPARE(int(environmentStateFromString(toString(EnvironmentState(i)))), i);
        QVERIFY(environmentStateFromString(u"gone"_s) == EnvironmentState::Unknown);
        for (int i = 0; i <= int(CiState::Unknown); ++i)
            QCOMPARE(int(ciStateFromString(toString(CiState(i)))), i);
        for (int i = 0; i <= int(VerdictState::ChangesRequested); ++i)
            QCOMPARE(int(verdictStateFromString(toString(VerdictState(i)))), i);
        for (int i = 0; i <= int(OperationState::Cancelled); ++i)
            QCOMPARE(int(operationStateFromString(toString(OperationState(i)))), i);
        for (int i = 0; i <= int(StepState::Skipped); ++i)
            QCOMPARE(int(stepStateFromString(toString(StepState(i)))), i);
        for (int i = 0; i <= int(AccountState::Unauthorised); ++i)
            QCOMPARE(int(accountStateFromString(toString(AccountState(i)))), i);
        for (int i = 0; i <= int(LogKind::Release); ++i)
            QCOMPARE(int(logKindFromString(toString(LogKind(i)))), i);
        for (int i = 0; i <= int(DataChoice::Copy); ++i)
            QCOMPARE(int(dataChoiceFromString(toString(DataChoice(i))).value()), i);
        for (int i = 0; i <= int(Error::Kind::Unsupported); ++i) {
            const Error error(Error::Kind(i), u"m"_s, u"r"_s, u"d"_s);
            QVERIFY(!Error::kindName(error.kind()).isEmpty());
            QCOMPARE(Error::fromJson(error.toJson()), error);
        }
    }

    void errorText()
    {
        QCOMPARE(Error(Error::Kind::Invalid, u"It is so."_s).text(), u"It is so."_s);
        QCOMPARE(Error(Error::Kind::Invalid, u"It is so."_s, u"Do this."_s).text(), u"It is so. Do this."_s);
    }

    void pipelineNames_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("named"); // what a refusal must name; empty: the name is good
        QTest::newRow("good") << u"shop"_s << QString();
        QTest::newRow("digits") << u"2048-game"_s << QString();
        QTest::newRow("longest") << QString(40, u'a') << QString();
        QTest::newRow("empty") << QString() << u"name"_s;
        QTest::newRow("too long") << QString(41, u'a') << u"41"_s;
        QTest::newRow("capital") << u"Shop"_s << u"“S”"_s;
        QTest::newRow("space") << u"my shop"_s << u"a space"_s;
        QTest::newRow("slash") << u"a/b"_s << u"“/”"_s;
        QTest::newRow("umlaut") << u"käse"_s << u"“ä”"_s;
        QTest::newRow("dots") << u".."_s << u"“.”"_s;
        QTest::newRow("hyphen first") << u"-shop"_s << u"hyphen"_s;
        QTest::newRow("hyphen last") << u"shop-"_s << u"hyphen"_s;
        QTest::newRow("line break") << u"a\nb"_s << u"a space"_s;
        QTest::newRow("control") << u"a\x1b[31mb"_s << u"special"_s;
    }
    void pipelineNames()
    {
        QFETCH(QString, name);
        QFETCH(QString, named);
        const QString problem = nameProblem(name);
        if (named.isEmpty())
            QCOMPARE(problem, QString());
        else
            QVERIFY2(problem.contains(named), qPrintable(problem));
    }

    void changeRefs()
    {
        Change change;
        change.head = u"abc"_s;
        QCOMPARE(change.ref(), u"abc"_s);
        change.branch = u"feature/x"_s;
        QCOMPARE(change.ref(), u"feature/x"_s);
        change.number = 482;
        QCOMPARE(change.ref(), u"#482"_s);
        Comparison comparison;
        comparison.commits = {{u"4"_s, u"s4"_s, {}, {}, u"B"_s},
                              {u"3"_s, u"s3"_s, {}, {}, u"A"_s},
                              {u"2"_s, u"lone"_s, {}, {}, {}},
                              {u"1"_s, u"s1"_s, {}, {}, u"B"_s}};
        QCOMPARE(comparison.changes(), (QStringList{u"B"_s, u"A"_s, u"lone"_s}));
    }

    void environmentRefs()
    {
        QCOMPARE(EnvironmentRef::parse(u"shop/dev1"_s).name, u"dev1"_s);
        for (const QString &bad : {u"shop"_s, u"/dev1"_s, u"shop/"_s, u"a/b/c"_s, QString()})
            QVERIFY2(!EnvironmentRef::parse(bad).isValid(), qPrintable(bad));
    }

    void jsonRoundTrips()
    {
        const QDateTime now(QDate(2026, 11, 24), QTime(10, 41, 7, 123), Qt::UTC);
        const Change change{u"Faster \"checkout\" ✓"_s,
                            u"faster"_s,
                            482,
                            u"Ada"_s,
                            QUrl(u"https://x.test/a%20b?q=1#f"_s),
                            u"9f2c"_s,
                            now,
                            3,
                            0};
        const Release release{7,      u"9f2c"_s, u"tree-1"_s,     u"9f2c·ab"_s, true,
                              change, now,       now.addDays(-1), u"ada"_s,     u"Promoted"_s};
        Environment environment{u"shop"_s,
                                u"dev3"_s,
                                Stage::Staging,
                                u"local"_s,
                                EnvironmentState::Crashed,
                                u"exits"_s,
                                now,
                                QUrl(u"http://dev3.shop.localhost:7700"_s),
                                QUrl(u"http://127.0.0.1:20001"_s),
                                release,
                                {{u"web"_s, 2, u"running"_s, 3}},
                                u"staging v12"_s,
                                u"none"_s,
                                {CiState::Failed, QUrl(u"https://ci.test"_s), 296, 2},
                                3,
                                0,
                                true,
                                {{u"KEY"_s, u"hash"_s}, {u"EMPTY"_s, QString(u""_s)}},
                                now};
        const Commit commit{
            u"9f2c"_s, u"Subject"_s, u"Ada"_s, now, u"Faster"_s, 482, QUrl(u"https://x.test/pull/482"_s)};
        const Comparison comparison{u"a"_s, u"b"_s, 1, 2, {commit}, {commit, commit}};
        Snapshot snapshot{
            u"shop"_s,      u"local"_s, now, {environment, Environment{}}, {{u"dev3"_s, {release}}, {u"dev4"_s, {}}},
            QList<Change>{}};
        QVERIFY(survives(change, changeFromJson));
        QVERIFY(survives(Change{}, changeFromJson));
        QVERIFY(survives(release, releaseFromJson));
        QVERIFY(survives(environment, environmentFromJson));
        QVERIFY(survives(Environment{}, environmentFromJson));
        QVERIFY(survives(comparison, comparisonFromJson));
        QVERIFY(survives(comparison.part({1, 5}), comparisonFromJson));
        QVERIFY(survives(snapshot, snapshotFromJson));
        snapshot.changes = std::nullopt; // "not asked" is not "none"
        QVERIFY(survives(snapshot, snapshotFromJson));
        QVERIFY(survives(LogLine{now, u"web.1"_s, true, u"GET /\tok"_s}, logLineFromJson));
        Operation operation{u"id"_s,
                            u"promote"_s,
                            u"shop"_s,
                            u"staging"_s,
                            u"dev3"_s,
                            u"Deploy"_s,
                            OperationState::Failed,
                            u"CI"_s,
                            now,
                            {{u"Build"_s, StepState::Failed, u"t"_s, {{u"k"_s, 1}}, now, now}},
                            0,
                            Error(Error::Kind::Failed, u"m"_s),
                            {{u"kind"_s, u"promote"_s}},
                            u"ada"_s,
                            now,
                            now,
                            true};
        operation.targets = {u"staging"_s, u"production"_s};
        operation.reason = u"a partner waits"_s;
        operation.overridden = {u"Staging will hold 3 changes"_s};
        operation.wayBackText = u"Roll staging back to v3"_s;
        operation.wayBack = {{u"kind"_s, u"rollback"_s}};
        QVERIFY(survives(operation, operationFromJson));
        QVERIFY(survives(Operation{}, operationFromJson));
    }

    void intentsRoundTrip()
    {
        const QList<Intent> intents{
            CloneIntent{u"shop"_s, u"dev1"_s, u"staging"_s, {u"#482"_s, {}, {}}, DataChoice::Seed},
            DeployIntent{u"shop"_s, u"dev1"_s, {{}, {}, u"/home/x"_s}},
            PromoteIntent{u"shop"_s, u"dev1"_s, u"staging"_s, true, u"because"_s, u"fp"_s},
            PromoteIntent{u"shop"_s, u"staging"_s, u"production"_s, false, {}, {}, {u"eu"_s, u"us"_s}},
            PromoteIntent{u"shop"_s,
                          u"dev1"_s,
                          u"staging"_s,
                          true,
                          {},
                          {},
                          {},
                          PullRequestMerge{482, QString(40, u'a'), MergeMethod::Squash, u"totals"_s},
                          false,
                          true},
            RollBackIntent{u"shop"_s, u"staging"_s, 12},
            RollBackIntent{u"shop"_s, u"staging"_s, 12, false, true, u"it leaks"_s, u"fp"_s},
            UpdateIntent{u"shop"_s, u"dev1"_s},
            ResetIntent{u"shop"_s, u"staging"_s, u"production"_s, true, DataChoice::Copy, u"why"_s, u"fp"_s},
            SendBackIntent{u"shop"_s, u"staging"_s, u"dev2"_s, u"production"_s, DataChoice::Seed, u"why"_s, u"fp"_s},
            LifecycleIntent{u"shop"_s, u"dev1"_s, LifecycleAction::Suspend},
            LifecycleIntent{u"shop"_s, u"dev1"_s, LifecycleAction::ShutDown},
            LifecycleIntent{u"shop"_s, u"dev1"_s, LifecycleAction::Suspend, {}, true},
            SetUpIntent{u"shop"_s, u"local"_s, u"/srv/x"_s, true},
            SetUpIntent{
                u"shop"_s, u"team"_s, {}, false, u"p-1"_s, {u"hub"_s, u"acme/shop"_s}, {u"circle"_s, u"gh/a/b"_s}},
            RemovePipelineIntent{u"shop"_s},
        };
        for (const Intent &intent : intents) {
            const auto back = intentFromJson(toJson(intent));
            QVERIFY(back.has_value());
            QVERIFY(*back == intent);
        }
        QVERIFY(!intentFromJson({{u"kind"_s, u"dance"_s}}));
    }

    void configValuesStayOutOfTheJournal()
    {
        const ConfigIntent config{u"shop"_s, u"dev1"_s, {{u"TOKEN"_s, u"hunter2"_s}}, {u"OLD"_s}};
        const QByteArray text = QJsonDocument(toJson(Intent(config))).toJson();
        QVERIFY(text.contains("TOKEN"));
        QVERIFY(!text.contains("hunter2"));
    }

    void preflightVerdict()
    {
        Preflight preflight;
        preflight.checks = {{u"ci"_s, CheckResult::Pass, {}, {}}, {u"hold"_s, CheckResult::Off, {}, {}}};
        QVERIFY(preflight.allowed() && !preflight.needsReason());
        preflight.checks.append({u"drift"_s, CheckResult::Warn, {}, {}});
        QVERIFY(preflight.allowed() && preflight.needsReason());
        preflight.checks.append({u"verdict"_s, CheckResult::Block, {}, {}});
        QVERIFY(!preflight.allowed() && !preflight.needsReason());
    }
};

QTEST_GUILESS_MAIN(TestDomain)
#include "tst_domain.moc"
