// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
// CPU time of this process for one look at a pipeline of 500 apps at Heroku (the stand-in, a process of its own), and
// of storing what it told: with nothing changed, and with one app changed. Prints them and how many rows were written;
// asserts the rows, no time.
#include "cputime.h"
#include "herokufixture.h"

#include "models/store/stores.h"

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace Slipway;

namespace {

constexpr int kApps = 500;

struct Look
{
    double asked = 0;
    double parsed = 0; ///< of that: in the thread that asks, beside the one that speaks HTTP
    double stored = 0;
    qsizetype rows = 0;
    qsizetype requests = 0;
};

Look look(HerokuFixture &f, CacheStore &cache)
{
    Look taken;
    f.forgetRequests();
    const double began = cpuMs();
    const double here = threadMs();
    auto snapshot = f.observe();
    taken.asked = cpuMs() - began;
    taken.parsed = threadMs() - here;
    if (!snapshot)
        qFatal("%s", qUtf8Printable(snapshot.error().text()));
    taken.requests = f.requests().size();
    snapshot->pipeline = u"shop"_s;
    snapshot->account = u"heroku"_s;
    snapshot->asOf = QDateTime::currentDateTimeUtc();
    for (Environment &environment : snapshot->environments)
        environment.pipeline = snapshot->pipeline;
    const double read = cpuMs();
    const auto written = cache.apply(*snapshot);
    taken.stored = cpuMs() - read;
    if (!written)
        qFatal("%s", qUtf8Printable(written.error().text()));
    taken.rows = written->environments.size();
    return taken;
}

void tell(const char *what, const Look &taken)
{
    std::printf(
        "%-18s %3lld requests, asked in %6.1f ms, of which parsed in %6.1f ms; stored in %5.1f ms, %lld rows written\n",
        what, static_cast<long long>(taken.requests), taken.asked, taken.parsed, taken.stored,
        static_cast<long long>(taken.rows));
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    HerokuFixture f;
    f.seed({{u"apps"_s, kApps - 2}, {u"addons"_s, QJsonArray()}});
    const auto cache = CacheStore::open(f.folder());
    if (!cache)
        qFatal("%s", qUtf8Printable(cache.error().text()));
    Look first = look(f, **cache);
    tell("first look", first);
    for (int i = 0; i < 12 && first.requests > 6; ++i) // a big pipeline is read in several looks
        first = look(f, **cache);
    const Look unchanged = look(f, **cache);
    tell("nothing changed", unchanged);
    f.state({{u"action"_s, u"release"_s}, {u"app"_s, u"shop-dev-250"_s}, {u"commit"_s, QString(40, u'c')}});
    const Look changed = look(f, **cache);
    tell("one app changed", changed);
    return unchanged.rows <= 1 && changed.rows >= 1 && changed.rows <= 2 && unchanged.requests <= 6 ? 0 : 1;
}
