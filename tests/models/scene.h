// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/board/boardreader.h"
#include "models/domain/json.h"

#include <QTemporaryDir>
#include <QTest>

/// Made-up facts for the tests of this layer, and a scratch pair of stores to put them in.
namespace Slipway {

using namespace Qt::StringLiterals;

inline QDateTime at(int minute)
{
    return QDateTime(QDate(2026, 11, 24), QTime(9, 0), Qt::UTC).addSecs(60 * minute);
}

inline Release makeRelease(int number, const QString &version, const QString &title)
{
    Release release;
    release.number = number;
    release.version = version;
    release.artifact = u"tree-"_s + version;
    release.artifactLabel = version.left(7);
    release.change.title = title;
    release.change.branch = title.toLower().replace(u' ', u'-');
    release.at = at(number);
    release.by = u"ada"_s;
    return release;
}

inline Environment makeEnvironment(const QString &name, Stage stage, int age = 0)
{
    Environment environment;
    environment.pipeline = u"shop"_s;
    environment.name = name;
    environment.stage = stage;
    environment.provider = u"local"_s;
    environment.state = EnvironmentState::Running;
    environment.address = QUrl(u"http://%1.shop.localhost:7700"_s.arg(name));
    environment.release = makeRelease(1, u"1111111111111111111111111111111111111111"_s, u"First"_s);
    environment.createdAt = at(age);
    return environment;
}

inline Snapshot makeSnapshot(const QList<Environment> &environments)
{
    Snapshot snapshot;
    snapshot.pipeline = u"shop"_s;
    snapshot.account = u"local"_s;
    snapshot.asOf = at(100);
    snapshot.environments = environments;
    return snapshot;
}

inline Operation makeOperation(const QString &id, const QString &environment, OperationState state, int minute = 0)
{
    Operation operation;
    operation.id = id;
    operation.kind = u"deploy"_s;
    operation.pipeline = u"shop"_s;
    operation.environment = environment;
    operation.title = u"Deploy First to %1"_s.arg(environment);
    operation.state = state;
    operation.requestedAt = at(minute);
    operation.steps = {OperationStep{u"Build"_s, StepState::Done, {}, {}, at(minute), at(minute + 1)},
                       OperationStep{u"Release"_s, StepState::Running, {}, {}, at(minute + 1), {}}};
    operation.step = 1;
    if (state == OperationState::Failed)
        operation.error = Error(Error::Kind::Failed, u"The build failed."_s, {}, u"line 1\nline 2"_s);
    return operation;
}

/// Both stores in a scratch folder, with a pipeline "shop".
struct Desk
{
    QTemporaryDir home;
    std::unique_ptr<CacheStore> cache;
    std::unique_ptr<SlipwayStore> store;
    std::unique_ptr<BoardReader> reader;

    Desk()
    {
        auto openedCache = CacheStore::open(home.path());
        auto openedStore = SlipwayStore::open(home.path());
        if (!openedCache || !openedStore)
            qFatal("the scratch stores cannot be opened");
        cache = std::move(*openedCache);
        store = std::move(*openedStore);
        reader = std::make_unique<BoardReader>(*cache, *store);
        Pipeline pipeline;
        pipeline.name = u"shop"_s;
        pipeline.deploysAccount = u"local"_s;
        if (!store->savePipeline(pipeline))
            qFatal("the pipeline cannot be saved");
    }
    ChangeSet put(const QList<Environment> &environments) { return cache->apply(makeSnapshot(environments)).value(); }
};

} // namespace Slipway
