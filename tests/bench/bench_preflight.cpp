// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the sheet of each move costs from the cache: a pipeline with 500 environments and 10,000 commits of history,
// beside one with 5 environments and 10 commits. Medians and their ratio of one run.
#include "app/preflight/preflightcheck.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

using namespace Slipway;
using namespace Qt::StringLiterals;

namespace {

constexpr int kRounds = 21;
constexpr int kListed = 1000; ///< a comparison is cut there

struct Size
{
    int environments;
    int commits;
};

QString sha(int number)
{
    return u"%1"_s.arg(number, 40, 16, QLatin1Char('0'));
}

template<typename T> T take(Result<T> result)
{
    if (!result) {
        std::fprintf(stderr, "%s\n", qPrintable(result.error().text()));
        std::exit(1);
    }
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

Release release(int number, int commit)
{
    Release made;
    made.number = number;
    made.version = sha(commit);
    made.artifact = u"tree-"_s + made.version;
    made.change.title = u"Change %1"_s.arg(commit);
    made.change.branch = u"change-%1"_s.arg(commit);
    return made;
}

Environment environment(const QString &name, Stage stage, int commit)
{
    Environment made;
    made.pipeline = u"shop"_s;
    made.name = name;
    made.stage = stage;
    made.state = EnvironmentState::Running;
    made.release = release(40, commit);
    made.createdAt = QDateTime(QDate(2026, 1, 1), QTime(0, 0), Qt::UTC).addSecs(commit);
    for (int key = 0; key < 40; ++key)
        made.config.insert(u"KEY_%1"_s.arg(key), sha(key));
    return made;
}

QList<Commit> commits(int count)
{
    QList<Commit> all;
    for (int i = 0; i < std::min(count, kListed); ++i) {
        all.append({sha(100'000 + i), u"Work on the totals of the checkout, part %1"_s.arg(i), u"Ada Example"_s,
                    QDateTime(QDate(2026, 1, 1), QTime(0, 0), Qt::UTC).addSecs(i), u"Change %1"_s.arg(i / 3)});
    }
    return all;
}

/// Staging is all of the history ahead of production, and dev1 as far ahead of staging.
void fill(const QString &home, const Size &size)
{
    const auto cache = take(CacheStore::open(home));
    const auto store = take(SlipwayStore::open(home));
    Pipeline pipeline;
    pipeline.name = u"shop"_s;
    pipeline.deploysAccount = u"local"_s;
    take(store->savePipeline(pipeline));
    const QDateTime now = QDateTime::currentDateTimeUtc();
    take(cache->setAccountStatus({{u"local"_s, u"local"_s, {}}, AccountState::Live, now, {}}));
    Snapshot snapshot;
    snapshot.pipeline = u"shop"_s;
    snapshot.environments = {environment(u"production"_s, Stage::Production, 1),
                             environment(u"staging"_s, Stage::Staging, 2)};
    for (int i = 1; i <= size.environments - 2; ++i)
        snapshot.environments.append(environment(u"dev%1"_s.arg(i), Stage::Development, 2 + i));
    snapshot.releases.insert(u"staging"_s, {release(40, 2), release(39, 1)});
    take(cache->apply(snapshot));
    const QList<Commit> history = commits(size.commits);
    take(cache->remember(u"shop"_s, {sha(1), sha(2), size.commits, 0, history, {}}));
    take(cache->remember(u"shop"_s, {sha(2), sha(3), size.commits, size.commits, history, history}));
    take(store->saveVerdict(u"shop/dev1"_s, {VerdictState::Accepted, u"Ann"_s, {}, u"tree-"_s + sha(3), now}));
}

/// Milliseconds: the median of all rounds.
double cost(const BoardReader &reader, const Intent &move)
{
    QList<double> times;
    for (int round = 0; round < kRounds; ++round) {
        QElapsedTimer timer;
        timer.start();
        take(preflightFor(reader, move, u"Ann"_s, QDateTime::currentDateTimeUtc()));
        times.append(double(timer.nsecsElapsed()) / 1e6);
    }
    std::sort(times.begin(), times.end());
    return times.at(times.size() / 2);
}

struct Move
{
    const char *name;
    Intent intent;
};

QList<Move> moves()
{
    const auto shop = u"shop"_s;
    ResetIntent reset;
    reset.pipeline = shop;
    SendBackIntent back;
    back.pipeline = shop;
    return {{"dev to staging", PromoteIntent{shop, u"dev1"_s, {}, false, {}, {}}},
            {"staging to production", PromoteIntent{shop, u"staging"_s, {}, false, {}, {}}},
            {"reset staging", reset},
            {"send back", back},
            {"roll staging back", RollBackIntent{shop, u"staging"_s}},
            {"update dev1", UpdateIntent{shop, u"dev1"_s, {}, {}}}};
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    QTemporaryDir small;
    QTemporaryDir large;
    fill(small.path(), {5, 10});
    fill(large.path(), {500, 10'000});
    const auto smallCache = take(CacheStore::open(small.path()));
    const auto smallStore = take(SlipwayStore::open(small.path()));
    const auto largeCache = take(CacheStore::open(large.path()));
    const auto largeStore = take(SlipwayStore::open(large.path()));
    const QList<Move> all = moves();
    for (const Move &move : all) {
        const double few = cost(BoardReader(*smallCache, *smallStore), move.intent);
        const double many = cost(BoardReader(*largeCache, *largeStore), move.intent);
        std::printf(
            "sheet of %s: %.2f ms with 500 environments and 10,000 commits, %.2f ms with 5 and 10: %.1f times\n",
            move.name, many, few, many / few);
    }
    return 0;
}
