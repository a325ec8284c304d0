// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the stores and the board's models cost at 1,000 environments in 50 pipelines: medians and their ratios, one run.
#include "models/board/columnmodel.h"
#include "models/board/pipelinemodel.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>

using namespace Slipway;
using namespace Qt::StringLiterals;

namespace {

constexpr int kPipelines = 50;
constexpr int kEnvironments = 20; ///< in each
constexpr int kReleases = 10; ///< of each

QDateTime at(int minute)
{
    return QDateTime(QDate(2026, 11, 24), QTime(9, 0), Qt::UTC).addSecs(60 * minute);
}

Release makeRelease(int number, int salt)
{
    Release release;
    release.number = number;
    release.version = u"%1"_s.arg(1000 * salt + number, 40, 16, QLatin1Char('0'));
    release.artifact = u"%1"_s.arg(1000 * salt + number, 64, 16, QLatin1Char('0'));
    release.change = {u"Change %1 of the checkout totals"_s.arg(number),
                      u"feature/change-%1"_s.arg(number),
                      {},
                      u"Ada Example"_s,
                      {},
                      release.version,
                      at(number),
                      1,
                      0};
    release.at = at(number);
    release.by = u"ada"_s;
    return release;
}

Snapshot makeSnapshot(int pipeline)
{
    Snapshot snapshot;
    snapshot.pipeline = u"pipeline-%1"_s.arg(pipeline);
    snapshot.account = u"local"_s;
    snapshot.asOf = at(0);
    for (int i = 0; i < kEnvironments; ++i) {
        Environment one;
        one.pipeline = snapshot.pipeline;
        one.name = i == 0 ? u"production"_s : i == 1 ? u"staging"_s : u"dev%1"_s.arg(i - 1);
        one.stage = i == 0 ? Stage::Production : i == 1 ? Stage::Staging : Stage::Development;
        one.provider = u"local"_s;
        one.state = EnvironmentState::Running;
        one.address = QUrl(u"http://%1.%2.localhost:7700"_s.arg(one.name, one.pipeline));
        one.release = makeRelease(kReleases, i);
        one.processes = {{u"web"_s, 1, u"running"_s, 0}, {u"worker"_s, 1, u"running"_s, 0}};
        for (int key = 0; key < 10; ++key)
            one.config.insert(u"KEY_%1"_s.arg(key), u"0123456789abcdef"_s);
        one.createdAt = at(i);
        for (int number = kReleases; number > 0; --number)
            snapshot.releases[one.name].append(makeRelease(number, i));
        snapshot.environments.append(one);
    }
    return snapshot;
}

/// Milliseconds: the median of `rounds` runs.
template<typename Work> double median(int rounds, Work work)
{
    QList<double> times;
    for (int round = 0; round < rounds; ++round) {
        QElapsedTimer timer;
        timer.start();
        work(round);
        times.append(double(timer.nsecsElapsed()) / 1e6);
    }
    std::sort(times.begin(), times.end());
    return times.at(times.size() / 2);
}

void fatal(const Error &error)
{
    std::fprintf(stderr, "%s\n", qPrintable(error.text()));
    std::exit(1);
}

template<typename T> T take(Result<T> result)
{
    if (!result)
        fatal(result.error());
    return std::move(*result);
}

void fill(const QString &home)
{
    const auto cache = take(CacheStore::open(home));
    const auto store = take(SlipwayStore::open(home));
    for (int i = 0; i < kPipelines; ++i) {
        const Snapshot snapshot = makeSnapshot(i);
        take(cache->apply(snapshot));
        take(store->savePipeline({snapshot.pipeline, u"local"_s, snapshot.pipeline, {}, u"main"_s, false, false}));
    }
}

void benchOpen(const QString &home)
{
    double opened = 0;
    double listed = 0;
    const double all = median(9, [&](int) {
        QElapsedTimer timer;
        timer.start();
        const auto cache = take(CacheStore::open(home));
        const auto store = take(SlipwayStore::open(home));
        opened = double(timer.nsecsElapsed()) / 1e6;
        const BoardReader reader(*cache, *store);
        PipelineModel pipelines(reader);
        listed = double(timer.nsecsElapsed()) / 1e6 - opened;
        for (const Stage stage : {Stage::Development, Stage::Staging, Stage::Production}) {
            ColumnModel column(reader, stage);
            column.setPipeline(u"pipeline-7"_s);
        }
    });
    std::printf("board from the cache, %d environments: %.2f ms (both stores opened %.2f, pipeline list %.2f)\n",
                kPipelines * kEnvironments, all, opened, listed);
}

void benchApply(const QString &home)
{
    const auto cache = take(CacheStore::open(home));
    const auto window = take(CacheStore::open(home));
    const auto store = take(SlipwayStore::open(home));
    const BoardReader reader(*window, *store);
    PipelineModel pipelines(reader);
    ColumnModel column(reader, Stage::Development);
    column.setPipeline(u"pipeline-7"_s);
    QList<Snapshot> snapshots;
    for (int i = 0; i < kPipelines; ++i) {
        snapshots.append(makeSnapshot(i));
        take(cache->apply(snapshots.last())); // now in the writer's memory, as after its first poll
    }
    const double whole = median(5, [&](int round) {
        for (Snapshot &snapshot : snapshots) {
            for (Environment &one : snapshot.environments)
                one.stateText = QString::number(round);
            take(cache->apply(snapshot));
        }
    });
    const double same = median(51, [&](int) { take(cache->apply(snapshots.at(7))); });
    ChangeSet changes;
    const double write = median(51, [&](int round) {
        snapshots[7].environments[10].stateText = u"changed %1"_s.arg(round);
        changes = take(cache->apply(snapshots.at(7)));
    });
    int told = 0;
    QObject::connect(&column, &QAbstractItemModel::dataChanged, &column, [&told] { ++told; });
    const double show = median(51, [&](int) {
        pipelines.apply(changes);
        column.apply(changes);
    });
    std::printf("all %d environments changed, written: %.2f ms\n", kPipelines * kEnvironments, whole);
    std::printf("one of them changed, written: %.3f ms, shown: %.3f ms; of the whole: 1/%.0f\n", write, show,
                whole / (write + show));
    std::printf("one pipeline unchanged, compared: %.3f ms, %.2f of one change written\n", same, same / write);
    std::printf("cards told to repaint for one change: %d\n", told);
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    QTemporaryDir home;
    fill(home.path());
    benchOpen(home.path());
    benchApply(home.path());
    return 0;
}
