// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/activity/activitymodel.h"
#include "models/activity/operationmodel.h"
#include "models/board/accountmodel.h"
#include "models/board/changemodel.h"
#include "models/board/pipelinemodel.h"
#include "models/board/releasemodel.h"
#include "models/logs/logmodel.h"
#include "ui/mainwindow.h"

#include <QTemporaryDir>
#include <QTest>

/// A believable pipeline in scratch stores, and a window on it.
namespace Slipway {

using namespace Qt::StringLiterals;

inline QDateTime hoursAgo(double hours)
{
    return QDateTime::currentDateTimeUtc().addMSecs(-qint64(hours * 3'600'000));
}

inline QString sha(const QString &start)
{
    return start.leftJustified(40, u'0');
}

inline Release makeRelease(int number, const QString &version, const QString &title, std::optional<int> change,
                           double age, const QString &author = {})
{
    Release release;
    release.number = number;
    release.version = sha(version);
    release.artifact = u"tree-"_s + version;
    release.artifactLabel = version;
    release.change.title = title;
    release.change.number = change;
    release.change.branch = title.toLower().replace(u' ', u'-');
    release.change.author = author;
    release.at = hoursAgo(age);
    release.by = u"Mia Sato"_s;
    return release;
}

inline Environment makeEnvironment(const QString &name, Stage stage, const Release &release)
{
    Environment environment;
    environment.pipeline = u"acme-web"_s;
    environment.name = name;
    environment.stage = stage;
    environment.provider = u"local"_s;
    environment.state = EnvironmentState::Running;
    environment.stateSince = release.at;
    environment.address = QUrl(u"http://%1.acme-web.localhost:7700"_s.arg(name));
    environment.directAddress = QUrl(u"http://127.0.0.1:20314"_s);
    environment.release = release;
    environment.processes = {{u"web"_s, 1, u"running"_s, 0}, {u"worker"_s, 1, u"running"_s, 0}};
    environment.createdAt = hoursAgo(400);
    return environment;
}

inline QList<Environment> boardEnvironments()
{
    const Release production = makeRelease(188, u"5be9902"_s, u"Search by order number"_s, 468, 26, u"Lena"_s);
    const Release staging = makeRelease(204, u"77ab310"_s, u"Coupon stacking rules"_s, 476, 3, u"Omar"_s);
    QList<Environment> all{
        makeEnvironment(u"production"_s, Stage::Production, production),
        makeEnvironment(u"staging"_s, Stage::Staging, staging),
        makeEnvironment(u"dev3"_s, Stage::Development,
                        makeRelease(17, u"9f2c1ab"_s, u"Faster checkout totals"_s, 482, 50, u"Ada"_s)),
        makeEnvironment(u"dev1"_s, Stage::Development,
                        makeRelease(4, u"41d07e2"_s, u"Saved payment cards"_s, 479, 4, u"Noor"_s)),
        makeEnvironment(u"dev2"_s, Stage::Development,
                        makeRelease(9, u"c03be55"_s, u"Invoice PDF redesign"_s, 471, 150, u"Jonas"_s)),
        makeEnvironment(u"dev4"_s, Stage::Development,
                        makeRelease(2, u"8d11f0c"_s, u"Postgres 16 trial"_s, {}, 220, u"Ivo"_s)),
        makeEnvironment(u"dev5"_s, Stage::Development,
                        makeRelease(1, u"aa07d31"_s, u"Basket survives a very long restart of the shop"_s, {}, 0.3)),
    };
    all[0].ci = {CiState::Passed, {}, 309, 0};
    all[1].ci = {CiState::Passed, {}, 310, 0};
    all[1].ahead = 4;
    all[1].behind = 0;
    for (int at = 2; at < 7; ++at) {
        all[at].clonedFrom = u"staging v203"_s;
        all[at].dataNote = u"copied from staging, 2 d old"_s;
        all[at].ahead = 3;
        all[at].behind = 0;
        all[at].createdAt = hoursAgo(300 - at);
    }
    all[2].ci = {CiState::Passed, {}, 312, 0};
    all[3].ci = {CiState::Running, {}, {}, {}};
    all[4].ci = {CiState::Failed, {}, 296, 2};
    all[4].behind = 3;
    all[5].state = EnvironmentState::Suspended;
    all[6].state = EnvironmentState::Crashed;
    all[6].stateText = u"The process web exits at once (status 1)"_s;
    all[6].release->uncommitted = true;
    all[6].release->change.author = u"Ivo"_s;
    return all;
}

inline Operation makeOperation(const QString &id, const QString &environment, OperationState state)
{
    Operation operation;
    operation.id = id;
    operation.kind = u"deploy"_s;
    operation.pipeline = u"acme-web"_s;
    operation.environment = environment;
    operation.title = u"Deploy Saved payment cards to %1"_s.arg(environment);
    operation.state = state;
    operation.requestedAt = hoursAgo(0.1);
    for (const QString &name : {u"Fetch 41d07e2"_s, u"Build 41d07e2"_s, u"Release phase"_s, u"Switch the address"_s})
        operation.steps.append({name, StepState::Pending, {}, {}, {}, {}});
    operation.steps[0].state = StepState::Done;
    operation.steps[1].state = state == OperationState::Failed ? StepState::Failed : StepState::Running;
    operation.step = 1;
    if (state == OperationState::Failed) {
        operation.endedAt = hoursAgo(0.05);
        operation.undoable = true;
        operation.error = Error(Error::Kind::Failed, u"The build of 41d07e2 failed."_s,
                                u"Nothing has changed on %1. Mend the build and retry."_s.arg(environment),
                                u"npm ERR! missing script: build"_s);
    }
    return operation;
}

/// Stores, models and window, in that order. `filled`: with the board above.
struct Scene
{
    QTemporaryDir home;
    std::unique_ptr<CacheStore> cache;
    std::unique_ptr<SlipwayStore> store;
    std::unique_ptr<BoardReader> reader;
    struct Models
    {
        PipelineModel pipelines;
        AccountModel accounts;
        ChangeModel changes;
        ReleaseModel releases;
        ActivityModel activity;
        OperationModel operations;
        LogModel logs;
        Models(const BoardReader &reader, const SlipwayStore &store)
            : pipelines(reader)
            , accounts(reader)
            , changes(reader)
            , releases(reader)
            , activity(store)
            , operations(store)
        { }
    };
    std::unique_ptr<Models> models;
    std::unique_ptr<MainWindow> window;

    explicit Scene(bool filled = true)
    {
        cache = std::move(CacheStore::open(home.path()).value());
        store = std::move(SlipwayStore::open(home.path()).value());
        reader = std::make_unique<BoardReader>(*cache, *store);
        if (filled)
            fill();
        models = std::make_unique<Models>(*reader, *store);
        open();
    }

    void open()
    {
        window.reset();
        window = std::make_unique<MainWindow>(BoardModels{*reader, models->pipelines, models->accounts, models->changes,
                                                          models->releases, models->activity, models->operations,
                                                          models->logs});
        window->selectPipeline(u"acme-web"_s);
        window->resize(1440, 900);
        window->show();
        window->activateWindow();
        if (!QTest::qWaitForWindowExposed(window.get()))
            qFatal("the window does not show");
    }

    Snapshot snapshot(const QList<Environment> &environments) const
    {
        Snapshot snapshot;
        snapshot.pipeline = u"acme-web"_s;
        snapshot.account = u"local"_s;
        snapshot.asOf = QDateTime::currentDateTimeUtc();
        snapshot.environments = environments;
        for (const Environment &environment : environments) {
            QList<Release> releases{*environment.release};
            for (int number = environment.release->number - 1; number > qMax(0, environment.release->number - 6);
                 --number)
                releases.append(makeRelease(number, u"5be99%1"_s.arg(QString::number(number % 100)),
                                            u"Search by order number"_s, 468,
                                            40.0 * (environment.release->number - number)));
            snapshot.releases.insert(environment.name, releases);
        }
        Change cards;
        cards.title = u"Saved payment cards"_s;
        cards.number = 479;
        cards.branch = u"saved-cards"_s;
        cards.author = u"Noor"_s;
        cards.head = sha(u"41d07e2"_s);
        Change totals = cards;
        totals.title = u"Faster checkout totals"_s;
        totals.number = 482;
        totals.branch = u"totals"_s;
        totals.author = u"Ada"_s;
        snapshot.changes = QList<Change>{totals, cards};
        return snapshot;
    }

    void savePipeline(const QString &name)
    {
        Pipeline pipeline;
        pipeline.name = name;
        pipeline.deploysAccount = u"local"_s;
        pipeline.repository = u"acme/"_s + name.mid(5);
        pipeline.mainBranch = u"main"_s;
        if (!store->savePipeline(pipeline))
            qFatal("the pipeline cannot be saved");
    }

    void fill()
    {
        for (const QString &name : {u"acme-web"_s, u"acme-api"_s, u"acme-jobs"_s})
            savePipeline(name);
        AccountStatus status{
            Account{u"local"_s, u"local"_s, {}}, AccountState::Live, QDateTime::currentDateTimeUtc(), {}};
        (void)cache->setAccountStatus(status);
        (void)cache->apply(snapshot(boardEnvironments()));
        Comparison drift;
        drift.base = sha(u"5be9902"_s);
        drift.head = sha(u"77ab310"_s);
        drift.ahead = 4;
        drift.commits = {{sha(u"77ab310"_s), u"Stack coupons"_s, u"Omar"_s, hoursAgo(3), u"Coupon stacking rules"_s}};
        (void)cache->remember(u"acme-web"_s, drift);
        Verdict accepted{VerdictState::Accepted, u"Mia Sato"_s,
                         u"Totals match the spreadsheet on all ten sample carts."_s, u"tree-9f2c1ab"_s, hoursAgo(2)};
        (void)store->saveVerdict(u"acme-web/dev3"_s, accepted);
        Verdict refused{VerdictState::ChangesRequested, u"Mia Sato"_s, u"The logo is cut."_s, u"tree-c03be55"_s,
                        hoursAgo(9)};
        (void)store->saveVerdict(u"acme-web/dev2"_s, refused);
        (void)store->saveOperation(makeOperation(u"op-1"_s, u"dev1"_s, OperationState::Running));
        ActivityEntry entry;
        entry.at = hoursAgo(3);
        entry.by = u"Mia Sato"_s;
        entry.pipeline = u"acme-web"_s;
        entry.environment = u"staging"_s;
        entry.kind = u"promote"_s;
        entry.text = u"Deployed Coupon stacking rules from dev7 to staging"_s;
        entry.reason = u"CI is slow today"_s;
        entry.result = u"live"_s;
        (void)store->record(entry);
    }

    void addLogLines()
    {
        const QStringList lines{u"GET /cart 200 12ms"_s,     u"POST /cart/items 201 31ms"_s,
                                u"totals job 8812 done"_s,   u"GET /checkout 200 44ms"_s,
                                u"slow query 212ms carts"_s, u"GET /checkout 200 18ms"_s};
        QList<LogLine> made;
        for (int at = 0; at < lines.size(); ++at)
            made.append({hoursAgo(0.01).addSecs(at), at == 2 ? u"worker.1"_s : u"web.1"_s, at == 4, lines.at(at)});
        models->logs.append(made);
    }

    Preflight preflight() const
    {
        Preflight preflight;
        preflight.intent = PromoteIntent{u"acme-web"_s, u"dev3"_s, u"staging"_s, true, {}, u"f1"_s};
        preflight.from = u"dev3"_s;
        preflight.targets = {u"staging"_s};
        preflight.title = u"Deploy Faster checkout totals to staging"_s;
        preflight.summary = u"dev3 → staging. Releases the identical artifact 9f2c1ab."_s;
        preflight.actionText = u"Deploy to staging"_s;
        preflight.checks = {
            {u"ci"_s, CheckResult::Pass, u"CI passed"_s, u"312 tests on 9f2c1ab"_s},
            {u"verdict"_s, CheckResult::Pass, u"Accepted on dev3"_s, u"today 10:02, same version"_s},
            {u"contains-staging"_s, CheckResult::Pass, u"Contains everything on staging"_s, u"0 commits behind"_s},
            {u"drift"_s, CheckResult::Pass, u"Staging will hold 2 changes"_s, u"limit 2"_s},
            {u"config"_s, CheckResult::Pass, u"Config matches"_s, u"1 new key: TOTALS_CACHE"_s}};
        preflight.commits = {{sha(u"9f2c1ab"_s), u"Round totals once, at the end"_s, u"Ada"_s, hoursAgo(2), {}},
                             {sha(u"1d40b7e"_s), u"Cache line totals per cart"_s, u"Ada"_s, hoursAgo(25), {}},
                             {sha(u"a8871c0"_s), u"Measure checkout totals"_s, u"Ada"_s, hoursAgo(50), {}}};
        preflight.wayBack = u"Roll staging back to v204 at any time."_s;
        preflight.offersShutDown = true;
        preflight.fingerprint = u"f1"_s;
        return preflight;
    }

    /// All that a sheet can show of a promotion, with a warning.
    Preflight fullPreflight() const
    {
        Preflight full = preflight();
        full.checks[3] = {u"drift"_s, CheckResult::Warn, u"Staging will hold 3 changes"_s,
                          u"limit 2, Coupon stacking rules is not yet in production"_s};
        full.checks.append({u"hold"_s, CheckResult::Pass, u"You hold staging"_s, u"until 18:00"_s});
        const QString totals = u"Faster checkout totals"_s;
        const QString gifts = u"Gift cards"_s;
        for (Commit &commit : full.commits)
            commit.change = totals;
        full.commits.append({sha(u"b1190ce"_s), u"Sell gift cards"_s, u"Omar"_s, hoursAgo(70), gifts});
        full.groups = {{totals, {u"Ada"_s, u"Noor"_s}, full.commits.mid(0, 3)},
                       {gifts, {u"Omar"_s}, full.commits.mid(3)}};
        full.changes = {totals, gifts};
        full.notIncluded = {u"“Saved payment cards” stays on dev1."_s};
        full.config = {{u"TOTALS_CACHE"_s, ConfigDifference::Kind::Missing},
                       {u"PAYMENTS_URL"_s, ConfigDifference::Kind::Different},
                       {u"OLD_FLAG"_s, ConfigDifference::Kind::Extra}};
        return full;
    }
};

} // namespace Slipway
