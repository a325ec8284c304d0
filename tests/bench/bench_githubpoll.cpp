// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
// CPU time of this process for one look at 400 open pull requests at GitHub (the stand-in, a process of its own), of
// storing what it told, and of the rows that the side bar repaints for it: with nothing changed, and with one changed.
// Prints them; asserts the requests and the rows, no time.
#include "cputime.h"
#include "githubfixture.h"

#include "models/board/openchangemodel.h"
#include "models/store/stores.h"

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace Slipway;

namespace {

constexpr int kPulls = 400;

struct Desk
{
    std::unique_ptr<CacheStore> cache;
    std::unique_ptr<SlipwayStore> store;
    BoardReader reader{*cache, *store};
    OpenChangeModel tray{reader};
};

struct Look
{
    double parsed = 0;
    double stored = 0;
    double shown = 0;
    int requests = 0;
    int rows = 0; ///< that are painted anew
};

Look look(GitHubFixture &f, Desk &desk)
{
    Look taken;
    f.forgetRequests();
    const double began = cpuMs();
    const auto changes = f.changes();
    taken.parsed = cpuMs() - began;
    if (!changes)
        qFatal("%s", qUtf8Printable(changes.error().text()));
    taken.requests = f.spent();
    Snapshot snapshot;
    snapshot.pipeline = u"shop"_s;
    snapshot.account = u"hub"_s;
    snapshot.asOf = QDateTime::currentDateTimeUtc();
    snapshot.changes = *changes;
    const double read = cpuMs();
    const auto written = desk.cache->apply(snapshot);
    taken.stored = cpuMs() - read;
    if (!written)
        qFatal("%s", qUtf8Printable(written.error().text()));
    const auto count = [&taken](const QModelIndex &first, const QModelIndex &last) {
        taken.rows += last.row() - first.row() + 1;
    };
    const auto counted = QObject::connect(&desk.tray, &QAbstractItemModel::dataChanged, &desk.tray, count);
    const double told = cpuMs();
    desk.tray.apply(*written);
    taken.shown = cpuMs() - told;
    QObject::disconnect(counted);
    return taken;
}

void tell(const char *what, const Look &taken)
{
    std::printf("%-18s %3d requests, asked and parsed in %6.1f ms, stored in %5.1f ms, shown in %4.1f ms: %d rows\n",
                what, taken.requests, taken.parsed, taken.stored, taken.shown, taken.rows);
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    GitHubFixture f;
    f.seed({{u"name"_s, u"acme/busy"_s}, {u"pulls"_s, kPulls}});
    auto cache = CacheStore::open(f.folder());
    auto store = SlipwayStore::open(f.folder());
    if (!cache || !store)
        qFatal("no stores");
    Pipeline pipeline;
    pipeline.name = u"shop"_s;
    pipeline.mainBranch = u"main"_s;
    if (!(*store)->savePipeline(pipeline))
        qFatal("no pipeline");
    Desk desk{std::move(*cache), std::move(*store)};
    desk.tray.setPipeline(pipeline.name);
    tell("first look", look(f, desk));
    look(f, desk); // what GitHub worked out meanwhile
    const Look unchanged = look(f, desk);
    tell("nothing changed", unchanged);
    f.state({{u"action"_s, u"push"_s},
             {u"repo"_s, f.project()},
             {u"branch"_s, u"change-0200"_s},
             {u"files"_s, QJsonObject{{u"news.txt"_s, u"new"_s}}},
             {u"message"_s, u"One more"_s}});
    const Look changed = look(f, desk);
    tell("one changed", changed);
    const bool good = desk.tray.rowCount() >= kPulls && unchanged.rows == 0 && changed.rows == 1
        && unchanged.requests <= 2 && changed.requests <= 2;
    return good ? 0 : 1;
}
