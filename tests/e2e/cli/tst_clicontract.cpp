// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk.h"
#include "jsonshape.h"
#include "shapes.h"

#include "models/store/stores.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;
using namespace Slipway;

namespace {

const auto kOld = u"1111111111111111111111111111111111111111"_s;
const auto kNew = u"2222222222222222222222222222222222222222"_s;

QDateTime at(int minute)
{
    return QDateTime(QDate(2026, 11, 24), QTime(9, 0), Qt::UTC).addSecs(60 * minute);
}

Environment environment(const QString &name, Stage stage, const QString &version, const QString &title)
{
    Environment made;
    made.pipeline = u"shop"_s;
    made.name = name;
    made.stage = stage;
    made.provider = u"local"_s;
    made.state = EnvironmentState::Running;
    made.address = QUrl(u"http://%1.shop.localhost:20001"_s.arg(name));
    made.directAddress = QUrl(u"http://127.0.0.1:20001"_s);
    Release release;
    release.number = 3;
    release.version = version;
    release.artifact = u"tree-"_s + version;
    release.change.title = title;
    release.change.branch = u"faster-checkout"_s;
    release.change.number = 482;
    release.at = at(1);
    release.by = u"Dana Lead"_s;
    made.release = release;
    made.createdAt = at(static_cast<int>(stage));
    return made;
}

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
    pipeline.repository = u"/src/shop"_s;
    pipeline.mainBranch = u"main"_s;
    QVERIFY((*store)->savePipeline(pipeline));

    Snapshot snapshot;
    snapshot.pipeline = u"shop"_s;
    snapshot.account = u"local"_s;
    snapshot.asOf = QDateTime::currentDateTimeUtc().addSecs(-600);
    Environment dev = environment(u"dev1"_s, Stage::Development, kNew, u"Faster checkout \x1b[31m\n"_s);
    dev.ahead = 2;
    dev.behind = 0;
    Environment empty = environment(u"dev2"_s, Stage::Development, kNew, {});
    empty.release.reset();
    empty.directAddress.clear();
    empty.state = EnvironmentState::Crashed;
    empty.stateText = u"The process web exits at once (status 1)."_s;
    snapshot.environments = {environment(u"production"_s, Stage::Production, kOld, u"Coupons"_s),
                             environment(u"staging"_s, Stage::Staging, kOld, u"Coupons"_s), dev, empty};
    QVERIFY((*cache)->apply(snapshot));
    AccountStatus status;
    status.account = (*store)->accounts().first();
    status.state = AccountState::Live;
    status.asOf = snapshot.asOf;
    QVERIFY((*cache)->setAccountStatus(status));

    Verdict verdict;
    verdict.state = VerdictState::Accepted;
    verdict.by = u"Dana Lead"_s;
    verdict.version = dev.release->artifact;
    verdict.at = at(6);
    QVERIFY((*store)->saveVerdict(dev.id(), verdict));
    QVERIFY((*store)->enqueue(u"shop"_s, QueueEntry{u"dev1"_s, u"Dana Lead"_s, at(7), {}}, 0));
    Operation operation;
    operation.id = u"7d0f4d54-95f2-4a52-8f61-6b1df1d6a001"_s;
    operation.kind = u"clone"_s;
    operation.pipeline = u"shop"_s;
    operation.environment = u"dev2"_s;
    operation.title = u"Clone staging to dev2"_s;
    operation.state = OperationState::Failed;
    operation.error = Error(Error::Kind::Failed, u"The build failed."_s, {}, u"make: no rule"_s);
    operation.requestedAt = at(2);
    operation.endedAt = at(3);
    OperationStep step;
    step.name = u"Build"_s;
    step.state = StepState::Failed;
    operation.steps = {step};
    QVERIFY((*store)->saveOperation(operation));
}

QJsonObject find(const QJsonArray &list, const QString &name)
{
    for (const auto &value : list) {
        if (value[u"name"_s] == name)
            return value.toObject();
    }
    return {};
}

} // namespace

/// What scripts rely on: documents, exit codes and where the words go. No daemon runs here: all is from the cache.
class TestCliContract : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void statusKeepsItsShape();
    void statusTellsThePipelines();
    void operationsKeepTheirShape();
    void wordsAreForPeople();
    void usage_data();
    void usage();
    void helpKnowsEveryCommand();
    void policyHoldsTheLimit();
    void worksInTheCLocale();
};

void TestCliContract::statusKeepsItsShape()
{
    Desk desk;
    fill(desk.home());
    const Ran ran = desk.run({u"status"_s, u"shop"_s, u"--json"_s});
    QVERIFY2(ran.code == 0, ran.told());
    const QJsonObject status = ran.json();
    QCOMPARE(shapeProblem(status, QJsonDocument::fromJson(Shapes::kStatus).object()), QString());
    const QJsonArray environments = status[u"environments"_s].toArray();
    QCOMPARE(environments.size(), 4);
    const QJsonObject dev = find(environments, u"dev1"_s);
    QCOMPARE(dev[u"stage"_s], u"development"_s);
    QCOMPARE(dev[u"version"_s], kNew);
    QCOMPARE(dev[u"release"_s], u"v3"_s);
    QCOMPARE(dev[u"change"_s][u"number"_s], 482);
    QCOMPARE(dev[u"verdict"_s][u"state"_s], u"accepted"_s);
    QCOMPARE(dev[u"verdict"_s][u"by"_s], u"Dana Lead"_s);
    QCOMPARE(dev[u"ahead"_s], 2);
    QVERIFY(dev[u"operation"_s].isNull());
    const QJsonObject empty = find(environments, u"dev2"_s);
    QVERIFY(empty[u"version"_s].isNull());
    QVERIFY(empty[u"change"_s].isNull());
    QVERIFY(empty[u"direct_address"_s].isNull());
    QCOMPARE(empty[u"state"_s], u"crashed"_s);
    QCOMPARE(empty[u"operation"_s][u"state"_s], u"failed"_s);
    const QJsonValue staging = status[u"staging"_s];
    QCOMPARE(staging[u"changes_ahead"_s], 0);
    QCOMPARE(staging[u"limit"_s], 2);
    QCOMPARE(staging[u"queue"_s][0][u"environment"_s], u"dev1"_s);
    QCOMPARE(staging[u"queue"_s][0][u"ready"_s], true);
    // What was live when it was last asked is not called live for ever.
    QCOMPARE(status[u"providers"_s][0][u"state"_s], u"stale"_s);
}

void TestCliContract::statusTellsThePipelines()
{
    Desk desk;
    fill(desk.home());
    const Ran ran = desk.run({u"--json"_s, u"status"_s});
    QVERIFY2(ran.code == 0, ran.told());
    const QJsonArray pipelines = ran.json()[u"pipelines"_s].toArray();
    QCOMPARE(pipelines.size(), 1);
    QCOMPARE(shapeProblem(pipelines.first(), QJsonDocument::fromJson(Shapes::kStatus).object()), QString());
}

void TestCliContract::operationsKeepTheirShape()
{
    Desk desk;
    fill(desk.home());
    const Ran ran = desk.run({u"operations"_s, u"--json"_s});
    QVERIFY2(ran.code == 0, ran.told());
    const QJsonArray operations = ran.json()[u"operations"_s].toArray();
    QCOMPARE(operations.size(), 1);
    QCOMPARE(shapeProblem(operations.first(), QJsonDocument::fromJson(Shapes::kOperation).object()), QString());
    QCOMPARE(operations.first()[u"error"_s][u"detail"_s], u"make: no rule"_s);
}

void TestCliContract::wordsAreForPeople()
{
    Desk desk;
    fill(desk.home());
    const Ran ran = desk.run({u"status"_s, u"shop"_s});
    QVERIFY2(ran.code == 0, ran.told());
    QVERIFY2(ran.out.contains("http://dev1.shop.localhost:20001"), ran.told());
    QVERIFY2(ran.out.contains("accepted by Dana Lead"), ran.told());
    QVERIFY2(ran.out.contains("The process web exits at once"), ran.told());
    // Neither colour (not a terminal) nor what a title tries to smuggle in.
    QVERIFY2(!ran.out.contains('\x1b'), ran.told());
    QVERIFY(ran.err.isEmpty());
}

void TestCliContract::usage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("names");
    const auto row = [](const char *name, const QString &line, int code, const QString &names) {
        QTest::newRow(name) << line.split(u' ', Qt::SkipEmptyParts) << code << names;
    };
    row("unknown command", u"depoly shop/dev1"_s, 2, u"depoly"_s);
    row("second word missing", u"pipeline"_s, 2, u"add, list, show, set, remove, policy"_s);
    row("second word unknown", u"account forget x"_s, 2, u"account forget"_s);
    row("option unknown", u"status --colour"_s, 2, u"colour"_s);
    row("too many arguments", u"status shop staging"_s, 2, u"staging"_s);
    row("too few arguments", u"diff shop/staging"_s, 2, u"Usage: slipwayctl diff ENV ENV"_s);
    row("not a number", u"logs shop/dev1 -n many"_s, 2, u"many"_s);
    row("timeout", u"--timeout 0 status"_s, 2, u"--timeout"_s);
    row("not an address", u"accept dev1"_s, 2, u"dev1"_s);
    row("unknown pipeline", u"status shpo"_s, 1, u"shpo"_s);
    row("reject without note", u"reject shop/dev1"_s, 2, u"--note"_s);
    row("deploy without code", u"deploy shop/dev1"_s, 2, u"--version"_s);
    row("deploy with two", u"deploy shop/dev1 --version a --dir ."_s, 2, u"exclude"_s);
    row("no such folder", u"deploy shop/dev1 --dir nowhere"_s, 2, u"nowhere"_s);
    row("unknown data", u"clone shop --data some"_s, 2, u"some"_s);
    row("clone name", u"clone shop --name Dev_1"_s, 2, u"Dev_1"_s);
    row("clone name too long", u"clone shop --name "_s + QString(41, u'a'), 2, QString(20, u'a'));
    row("kind of account", u"account add ftp mine"_s, 2, u"local"_s);
    row("local is built in", u"account add local mine"_s, 1, u"built in"_s);
    row("local stays", u"account remove local"_s, 1, u"built in"_s);
    row("unknown account", u"pipeline add next --deploys nowhere"_s, 1, u"nowhere"_s);
    row("pipeline name taken", u"pipeline add shop --repo ."_s, 1, u"shop"_s);
    row("policy unknown", u"pipeline policy shop ci=warn"_s, 2, u"ci=warn"_s);
    row("policy limit", u"pipeline policy shop --limit 0"_s, 2, u"from 1 to 99"_s);
    row("unknown operation", u"operations resume nope"_s, 1, u"nope"_s);
    row("config verb", u"config shop/dev1 put A=1"_s, 2, u"put"_s);
    row("remove without asking", u"pipeline remove shop --no-input"_s, 2, u"--yes"_s);
    row("production without asking", u"destroy shop/production --no-input"_s, 2, u"--yes"_s);
    row("release", u"rollback shop/production --to newest"_s, 2, u"newest"_s);
    row("hold of nothing", u"hold shpo"_s, 1, u"shpo"_s);
    row("hold until", u"hold shop --until soon"_s, 2, u"soon"_s);
    row("queue place", u"queue add shop/dev1 --place first"_s, 2, u"first"_s);
    row("queue of an environment", u"queue remove dev1"_s, 2, u"dev1"_s);
    row("send-back name", u"send-back shop --name Dev_1"_s, 2, u"Dev_1"_s);
    row("reset data", u"reset shop --data some"_s, 2, u"some"_s);
    row("clone to staging", u"clone shop --stage staging"_s, 2, u"staging"_s);
    row("production without a name", u"clone shop --stage production"_s, 2, u"--name"_s);
    row("unknown operation to show", u"operations show nope"_s, 1, u"nope"_s);
    row("days", u"insights shop --days many"_s, 2, u"many"_s);
}

void TestCliContract::usage()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, code);
    QFETCH(QString, names);
    Desk desk;
    fill(desk.home());
    const QStringList before = desk.listing();
    const Ran plain = desk.run(arguments);
    QVERIFY2(plain.code == code, plain.told());
    QVERIFY2(plain.err.startsWith("slipwayctl: ") && plain.err.contains(names.toUtf8()), plain.told());
    QVERIFY2(plain.out.isEmpty(), plain.told());
    const Ran json = desk.run(QStringList{u"--json"_s} + arguments);
    QVERIFY2(json.code == code, json.told());
    QCOMPARE(shapeProblem(json.json(), QJsonDocument::fromJson(Shapes::kError).object()), QString());
    QCOMPARE(desk.listing(), before);
    QVERIFY(desk.processes().isEmpty()); // a wrong command line wakes nobody
}

void TestCliContract::helpKnowsEveryCommand()
{
    Desk desk;
    const Ran help = desk.run({u"help"_s});
    QCOMPARE(help.code, 0);
    for (const QByteArray &line : help.out.split('\n'))
        QVERIFY2(QString::fromUtf8(line).size() <= 80, line);
    QVERIFY2(desk.run({u"promote"_s, u"--help"_s}).out.startsWith("Usage: slipwayctl promote ENV"), help.told());
    QCOMPARE(desk.run({u"help"_s, u"pipeline"_s, u"add"_s}).code, 0);
    QVERIFY(desk.run({u"--version"_s}).out.startsWith("slipwayctl "));
}

void TestCliContract::policyHoldsTheLimit()
{
    Desk desk;
    fill(desk.home());
    const Ran policy = desk.run({u"pipeline"_s, u"policy"_s, u"shop"_s, u"--json"_s});
    QCOMPARE(policy.json()[u"policy"_s][u"limit"_s][u"value"_s], 2);
    QCOMPARE(desk.run({u"pipeline"_s, u"policy"_s, u"shop"_s, u"--limit"_s, u"4"_s}).code, 0);
    QCOMPARE(desk.run({u"status"_s, u"shop"_s, u"--json"_s}).json()[u"staging"_s][u"limit"_s], 4);
}

void TestCliContract::worksInTheCLocale()
{
    Desk desk;
    desk.setVariable(u"LANG"_s, u"C"_s);
    const Ran ran = desk.run({u"status"_s, u"größer"_s});
    QCOMPARE(ran.code, 1);
    QVERIFY2(ran.err.startsWith("slipwayctl: ") && ran.err.contains("größer"), ran.told());
}

QTEST_GUILESS_MAIN(TestCliContract)
#include "tst_clicontract.moc"
