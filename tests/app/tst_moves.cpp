// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The sheet of each move, and the one gate they all pass.
#include "tests/app/preflightscene.h"

using namespace Slipway;

namespace {

ResetIntent reset()
{
    ResetIntent move;
    move.pipeline = u"shop"_s;
    return move;
}

SendBackIntent sendBack()
{
    SendBackIntent move;
    move.pipeline = u"shop"_s;
    return move;
}

RollBackIntent rollBack(const QString &environment, int release = 0)
{
    RollBackIntent move;
    move.pipeline = u"shop"_s;
    move.environment = environment;
    move.release = release;
    return move;
}

UpdateIntent update()
{
    return {u"shop"_s, u"dev1"_s, {}, {}};
}

/// Staging with a release to go back to, compared with the current one.
Scene withHistory()
{
    Scene scene;
    Release before = sceneRelease(11, kProduction, u"Search"_s);
    before.config = {{u"SECRET"_s, u"old"_s}, {u"GONE"_s, u"g"_s}};
    scene.staging.config.insert(u"NEW"_s, u"n"_s);
    scene.releases.insert(u"staging"_s, {*scene.staging.release, before});
    return scene;
}

Scene behind()
{
    Scene scene;
    scene.toStaging().behind = 1;
    scene.toStaging().missing = {sceneCommit(kStaging, u"Cart"_s, u"Cy"_s)};
    return scene;
}

bool mentions(const QStringList &sentences, const QString &words)
{
    return !sentences.filter(words).isEmpty();
}

} // namespace

class MovesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void toStaging();
    void toProduction();
    void severalTargets();
    void refusedMoves();
    void resetsStaging();
    void resetOfACleanStaging();
    void sendsBack();
    void rollsBack();
    void rollsBackToWhatIsNotKnown();
    void rollBackPassesHoldAndVerdict();
    void updates();
    void busyShowsOnTheSheet();
    void movedSinceYouLooked_data();
    void movedSinceYouLooked();
};

void MovesTest::toStaging()
{
    Scene scene;
    scene.dev.config = {{u"SECRET"_s, u"other"_s}, {u"NEW"_s, u"n"_s}};
    scene.staging.config.insert(u"ONLY"_s, u"o"_s);
    const Stores stores(scene);
    const auto sheet = stores.ask(promotion(u"dev1"_s));
    QVERIFY(sheet);
    QCOMPARE(sheet->targets, QStringList(u"staging"_s));
    QCOMPARE(sheet->title, u"Deploy Faster checkout to staging"_s);
    QCOMPARE(sheet->changes, QStringList(u"Faster checkout"_s));
    QCOMPARE(sheet->groups.size(), 1);
    QCOMPARE(sheet->groups.constFirst().authors, QStringList(u"Bo"_s));
    const QList<ConfigDifference> differences{{u"NEW"_s, ConfigDifference::Kind::Missing},
                                              {u"ONLY"_s, ConfigDifference::Kind::Extra},
                                              {u"SECRET"_s, ConfigDifference::Kind::Different}};
    QCOMPARE(sheet->config, differences);
    QVERIFY(sheet->offersShutDown);
    QVERIFY2(sheet->wayBack.contains(u"v12"), qPrintable(sheet->wayBack));
    QCOMPARE(stores.ask(promotion(u"dev1"_s))->fingerprint, sheet->fingerprint);
}

void MovesTest::toProduction()
{
    Scene scene;
    scene.dev.ahead = 1;
    const auto sheet = Stores(scene).ask(promotion(u"staging"_s));
    QVERIFY(sheet);
    QVERIFY(sheet->allowed());
    QVERIFY(!sheet->needsReason()); // a spot check is asked for, not forced
    QVERIFY(!sheet->offersShutDown);
    QCOMPARE(sheet->changes, QStringList(u"Cart"_s));
    QCOMPARE(sheet->notIncluded.size(), 1);
    QVERIFY2(sheet->notIncluded.constFirst().contains(u"dev1"), qPrintable(sheet->notIncluded.constFirst()));
}

void MovesTest::severalTargets()
{
    Scene scene;
    scene.others = {sceneEnvironment(u"eu"_s, Stage::Production, sceneRelease(3, kProduction, u"Search"_s))};
    scene.others[0].createdAt = scene.production.createdAt.addDays(1);
    scene.staging.config.insert(u"KEY"_s, u"k"_s);
    const auto sheet = Stores(scene).ask(promotion(u"staging"_s));
    QVERIFY(sheet);
    QCOMPARE(sheet->targets, (QStringList{u"production"_s, u"eu"_s}));
    QCOMPARE(std::get<PromoteIntent>(sheet->intent).alsoTo, QStringList(u"eu"_s));
    QCOMPARE(checkOf(*sheet, u"config"_s).text, u"production lacks KEY; eu lacks KEY"_s);
    QCOMPARE(sheet->config.size(), 2);
    QCOMPARE(sheet->config.at(1).target, u"eu"_s);
    QCOMPARE(sheet->wayBack, u"Roll production back to v12 and eu back to v3 at any time."_s);
    scene.others[0].release = scene.staging.release;
    const Stores half(scene);
    QCOMPARE(half.ask(promotion(u"staging"_s))->targets, QStringList(u"production"_s)); // eu has it
    const auto both = half.ask(promotion(u"staging"_s, u"production"_s, {u"eu"_s}));
    QVERIFY(both);
    QCOMPARE(checkOf(*both, u"artifact"_s).text, u"eu already runs this version"_s);
    QVERIFY(!both->allowed());
}

void MovesTest::refusedMoves()
{
    const Stores stores{Scene()};
    const auto jump = stores.ask(promotion(u"dev1"_s, u"production"_s));
    QVERIFY(!jump);
    QVERIFY2(jump.error().message().contains(u"goes to staging first"), qPrintable(jump.error().message()));
    QCOMPARE(stores.ask(promotion(u"production"_s, u"staging"_s)).error().kind(), Error::Kind::Invalid);
    QCOMPARE(stores.ask(promotion(u"production"_s)).error().kind(), Error::Kind::Invalid);
    QCOMPARE(stores.ask(promotion(u"dev9"_s)).error().kind(), Error::Kind::NotFound);
    QCOMPARE(stores.ask(LifecycleIntent{u"shop"_s, u"dev1"_s, LifecycleAction::ShutDown, {}}).error().kind(),
             Error::Kind::Unsupported);
}

void MovesTest::resetsStaging()
{
    Scene scene;
    scene.production.config.insert(u"KEY"_s, u"k"_s);
    const Stores stores(scene);
    const auto sheet = stores.ask(reset());
    QVERIFY(sheet);
    QCOMPARE(sheet->title, u"Reset staging to production"_s);
    QCOMPARE(sheet->changes, QStringList(u"Cart"_s));
    QCOMPARE(sheet->commits.size(), 1);
    QVERIFY(sheet->offersConfig && sheet->offersData);
    QCOMPARE(sheet->config, (QList<ConfigDifference>{{u"KEY"_s, ConfigDifference::Kind::Missing}}));
    QCOMPARE(toString(checkOf(*sheet, u"config"_s).result), u"warn"_s);
    QVERIFY2(sheet->wayBack.contains(u"v12") && sheet->wayBack.contains(u"not restored"), qPrintable(sheet->wayBack));
    const auto whole = std::get<ResetIntent>(sheet->intent);
    QCOMPARE(whole.environment, u"staging"_s);
    QCOMPARE(whole.from, u"production"_s);
    ResetIntent withConfig = whole;
    withConfig.config = true;
    QVERIFY(stores.permit(withConfig)); // the key comes along, and the choice does not change what was looked at
}

void MovesTest::resetOfACleanStaging()
{
    Scene scene;
    scene.staging.release = scene.production.release;
    const Stores stores(scene);
    const auto sheet = stores.ask(reset());
    QVERIFY(sheet);
    QVERIFY(!sheet->allowed());
    QCOMPARE(checkOf(*sheet, u"artifact"_s).text, u"staging already runs this version"_s);
    ResetIntent data = reset();
    data.data = DataChoice::Copy;
    QVERIFY(stores.permit(data));
}

void MovesTest::sendsBack()
{
    Scene scene;
    const auto sheet = Stores(scene).ask(sendBack());
    QVERIFY(sheet);
    QVERIFY(sheet->allowed());
    QCOMPARE(std::get<SendBackIntent>(sheet->intent).name, u"dev2"_s);
    QCOMPARE(sheet->title, u"Send Cart back to dev2"_s);
    QCOMPARE(sheet->changes, QStringList(u"Cart"_s));
    QCOMPARE(sheet->targets, (QStringList{u"dev2"_s, u"staging"_s}));
    QVERIFY2(sheet->summary.contains(u"runs the release of production"), qPrintable(sheet->summary));
    QVERIFY2(sheet->wayBack.contains(u"Promote dev2"), qPrintable(sheet->wayBack));
    scene.staging.release = scene.production.release;
    QVERIFY(!Stores(scene).ask(sendBack())->allowed());
    scene.hold = Hold{u"Ines"_s, u"Load test"_s, sceneNow(), {}, false};
    QCOMPARE(toString(checkOf(*Stores(scene).ask(sendBack()), u"hold"_s).result), u"block"_s);
}

void MovesTest::rollsBack()
{
    const auto sheet = Stores(withHistory()).ask(rollBack(u"staging"_s));
    QVERIFY(sheet);
    QVERIFY(sheet->allowed() && !sheet->needsReason());
    const auto whole = std::get<RollBackIntent>(sheet->intent);
    QCOMPARE(whole.release, 11);
    QVERIFY(whole.holds);
    QCOMPARE(sheet->title, u"Roll staging back to v11"_s);
    QCOMPARE(sheet->changes, QStringList(u"Cart"_s));
    const QList<ConfigDifference> differences{{u"GONE"_s, ConfigDifference::Kind::Missing},
                                              {u"NEW"_s, ConfigDifference::Kind::Extra},
                                              {u"SECRET"_s, ConfigDifference::Kind::Different}};
    QCOMPARE(sheet->config, differences);
    QVERIFY(sheet->offersConfig);
    QVERIFY(mentions(sheet->notIncluded, u"Data is not restored"_s));
    QVERIFY2(sheet->summary.contains(u"Staging is held afterwards"), qPrintable(sheet->summary));
    QVERIFY2(sheet->wayBack.contains(u"v12"), qPrintable(sheet->wayBack));
    Scene offline = withHistory();
    offline.account.state = AccountState::Offline;
    QVERIFY(!Stores(offline).ask(rollBack(u"staging"_s))->allowed());
}

void MovesTest::rollsBackToWhatIsNotKnown()
{
    Scene scene = withHistory();
    scene.comparisons.clear();
    const Stores stores(scene);
    const auto sheet = stores.ask(rollBack(u"staging"_s));
    QVERIFY(sheet);
    QVERIFY(mentions(sheet->notIncluded, u"v11 and v12 were never compared"_s));
    QCOMPARE(sheet->changes, QStringList(u"Cart"_s));
    const auto none = stores.ask(rollBack(u"staging"_s, 7));
    QVERIFY(!none);
    QVERIFY2(none.error().remedy().contains(u"v12, v11"), qPrintable(none.error().remedy()));
    QCOMPARE(checkOf(*stores.ask(rollBack(u"staging"_s, 12)), u"artifact"_s).text, u"staging runs v12 already"_s);
    QCOMPARE(toString(checkOf(*stores.ask(rollBack(u"dev1"_s)), u"artifact"_s).result), u"warn"_s);
    scene.releases.insert(u"dev1"_s, {*scene.dev.release});
    QCOMPARE(Stores(scene).ask(rollBack(u"dev1"_s)).error().kind(), Error::Kind::Invalid);
}

void MovesTest::rollBackPassesHoldAndVerdict()
{
    Scene scene = withHistory();
    scene.hold = Hold{u"Ines"_s, u"Load test"_s, sceneNow(), {}, false};
    scene.verdict = {};
    scene.staging.state = EnvironmentState::Crashed;
    const Stores stores(scene);
    const auto sheet = stores.ask(rollBack(u"staging"_s));
    QVERIFY(sheet);
    QCOMPARE(checkOf(*sheet, u"hold"_s).text, u"Ines holds staging: Load test"_s);
    QCOMPARE(toString(checkOf(*sheet, u"hold"_s).result), u"off"_s);
    QVERIFY(checkOf(*sheet, u"verdict"_s).id.isEmpty());
    QVERIFY(stores.permit(rollBack(u"staging"_s)));
}

void MovesTest::updates()
{
    const Stores stores(behind());
    const auto sheet = stores.ask(update());
    QVERIFY(sheet);
    QVERIFY(sheet->allowed() && !sheet->needsReason());
    QCOMPARE(sheet->changes, QStringList(u"Cart"_s));
    QCOMPARE(checkOf(*sheet, u"contains-staging"_s).text, u"1 commit of staging comes in"_s);
    QVERIFY(mentions(sheet->notIncluded, u"conflicts"_s));
    QVERIFY(mentions(sheet->notIncluded, u"verdict on dev1"_s));
    QCOMPARE(sheet->targets, QStringList(u"dev1"_s));
    QVERIFY(!Stores(Scene()).ask(update())->allowed()); // contains it all
    Scene upload = behind();
    upload.dev.release->uncommitted = true;
    QVERIFY(!Stores(upload).ask(update())->allowed());
    Scene unknown;
    unknown.comparisons.clear();
    QVERIFY(Stores(unknown).ask(update())->needsReason());
}

void MovesTest::busyShowsOnTheSheet()
{
    Stores stores{Scene()};
    Operation operation;
    operation.id = u"op1"_s;
    operation.kind = u"promote"_s;
    operation.pipeline = u"shop"_s;
    operation.environment = u"staging"_s;
    operation.from = u"dev7"_s;
    operation.title = u"Deploy Coupons to staging"_s;
    operation.state = OperationState::Running;
    QVERIFY(stores.store().saveOperation(operation));
    const auto sheet = stores.ask(promotion(u"dev1"_s));
    QVERIFY(sheet);
    QVERIFY(!sheet->allowed());
    QCOMPARE(checkOf(*sheet, u"stale"_s).text, u"staging is busy: Deploy Coupons to staging"_s);
    QVERIFY(stores.permit(promotion(u"dev1"_s))); // the lease refuses it, not the gate: its own operation passes here
}

void MovesTest::movedSinceYouLooked_data()
{
    QTest::addColumn<QString>("what");
    for (const char *what : {"release", "state", "config", "hold", "verdict", "nothing"})
        QTest::newRow(what) << QString::fromLatin1(what);
}

void MovesTest::movedSinceYouLooked()
{
    QFETCH(QString, what);
    Scene scene = withHistory();
    scene.toStaging().behind = 1; // for the update
    scene.set(u"checks.contains-staging"_s, u"off"_s);
    Stores stores(scene);
    QList<Intent> seen;
    for (const Intent &move : {Intent(promotion(u"dev1"_s)), Intent(promotion(u"staging"_s)), Intent(reset()),
                               Intent(sendBack()), Intent(rollBack(u"staging"_s)), Intent(update())}) {
        auto whole = toJson(stores.ask(move)->intent);
        QVERIFY(!whole.value(u"fingerprint"_s).toString().isEmpty());
        whole.insert(u"reason"_s, u"It must"_s);
        QVERIFY(stores.permit(*intentFromJson(whole)));
        seen.append(*intentFromJson(whole));
    }
    Scene moved = scene;
    if (what == u"release") {
        moved.staging.release->number = 13;
        moved.releases[u"staging"_s].prepend(*moved.staging.release);
    } else if (what == u"state") {
        moved.staging.state = EnvironmentState::Deploying;
    } else if (what == u"config") {
        moved.staging.config.insert(u"SECRET"_s, u"rotated"_s);
    } else if (what == u"hold") {
        QVERIFY(stores.store().saveHold(u"shop"_s, Hold{u"Ann"_s, u"Mine"_s, sceneNow(), {}, false}));
    } else if (what == u"verdict") {
        for (const auto &id : {u"shop/dev1"_s, u"shop/staging"_s}) {
            const QString version = id == u"shop/dev1" ? kDev : kStaging;
            QVERIFY(stores.store().saveVerdict(
                id, {VerdictState::Accepted, u"Zoe"_s, {}, u"art-"_s + version, sceneNow()}));
        }
    }
    QVERIFY(stores.show(moved));
    for (const Intent &move : std::as_const(seen)) {
        const auto permitted = stores.permit(move);
        QCOMPARE(permitted.has_value(), what == u"nothing");
        if (!permitted) {
            QCOMPARE(permitted.error().kind(), Error::Kind::Conflict);
            QVERIFY(permitted.error().message().contains(u"moved since you looked"));
        }
    }
}

QTEST_GUILESS_MAIN(MovesTest)
#include "tst_moves.moc"
