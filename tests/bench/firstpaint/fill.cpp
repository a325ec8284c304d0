// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Fills a home with 1,000 environments in 50 pipelines: what a large team's cache looks like.
#include "models/store/stores.h"

#include <QCoreApplication>

using namespace Slipway;
using namespace Qt::StringLiterals;

namespace {

constexpr int kPipelines = 50;
constexpr int kEnvironments = 20; ///< each: 18 dev, staging, production

Environment environment(const QString &pipeline, int index)
{
    Environment e;
    e.pipeline = pipeline;
    e.provider = u"local"_s;
    e.stage = index == 0 ? Stage::Production : index == 1 ? Stage::Staging : Stage::Development;
    e.name = index == 0 ? u"production"_s : index == 1 ? u"staging"_s : u"dev%1"_s.arg(index - 1);
    e.state = index % 7 == 5 ? EnvironmentState::Suspended : EnvironmentState::Running;
    e.createdAt = QDateTime::currentDateTimeUtc().addDays(-index);
    e.address = QUrl(u"http://%1.%2.localhost:%3"_s.arg(e.name, pipeline).arg(20000 + index));
    Release release;
    release.number = index + 3;
    release.version = u"%1"_s.arg(qulonglong(qHash(pipeline + e.name)), 40, 16, QLatin1Char('0'));
    release.artifact = u"tree:"_s + release.version;
    release.at = e.createdAt.addSecs(3600);
    release.change.title = u"A change with a believable title, number %1"_s.arg(index);
    release.change.branch = u"feature-%1"_s.arg(index);
    release.change.author = u"Ada"_s;
    e.release = release;
    e.ahead = index;
    e.behind = 0;
    return e;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const QString home = QCoreApplication::arguments().value(1);
    auto cache = CacheStore::open(home);
    auto store = SlipwayStore::open(home);
    if (!cache || !store)
        return 1;
    for (int p = 0; p < kPipelines; ++p) {
        Pipeline pipeline;
        pipeline.name = u"pipeline-%1"_s.arg(p, 2, 10, QLatin1Char('0'));
        pipeline.deploysAccount = u"local"_s;
        pipeline.deploysId = pipeline.name;
        pipeline.mainBranch = u"main"_s;
        Snapshot snapshot;
        snapshot.pipeline = pipeline.name;
        snapshot.account = u"local"_s;
        snapshot.asOf = QDateTime::currentDateTimeUtc();
        for (int e = 0; e < kEnvironments; ++e)
            snapshot.environments += environment(pipeline.name, e);
        if (!(*store)->savePipeline(pipeline) || !(*cache)->apply(snapshot))
            return 1;
    }
    return 0;
}
