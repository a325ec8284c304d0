// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/preflight/preflightcheck.h"

#include <QTemporaryDir>
#include <QTest>

/// A board where dev1 may go to staging, and scratch stores to put it in; each test spoils one thing.
namespace Slipway {

using namespace Qt::StringLiterals;

inline const auto kProduction = u"a111111111111111111111111111111111111111"_s;
inline const auto kStaging = u"b222222222222222222222222222222222222222"_s;
inline const auto kDev = u"c333333333333333333333333333333333333333"_s;

inline QDateTime sceneNow()
{
    return QDateTime::currentDateTimeUtc();
}

inline Release sceneRelease(int number, const QString &version, const QString &title)
{
    Release release;
    release.number = number;
    release.version = version;
    release.artifact = u"art-"_s + version;
    release.change.title = title;
    release.change.branch = title.toLower().replace(u' ', u'-');
    release.config = {{u"SECRET"_s, u"x"_s}};
    return release;
}

inline Environment sceneEnvironment(const QString &name, Stage stage, const Release &release)
{
    Environment made;
    made.pipeline = u"shop"_s;
    made.name = name;
    made.stage = stage;
    made.state = EnvironmentState::Running;
    made.createdAt = QDateTime(QDate(2026, 11, 24), QTime(9, 0), Qt::UTC);
    made.config = {{u"SECRET"_s, u"x"_s}};
    made.release = release;
    return made;
}

inline Commit sceneCommit(const QString &id, const QString &change, const QString &author)
{
    return {id, u"Work on "_s + change, author, {}, change};
}

struct Scene
{
    Environment dev = sceneEnvironment(u"dev1"_s, Stage::Development, sceneRelease(12, kDev, u"Faster checkout"_s));
    Environment staging = sceneEnvironment(u"staging"_s, Stage::Staging, sceneRelease(12, kStaging, u"Cart"_s));
    Environment production =
        sceneEnvironment(u"production"_s, Stage::Production, sceneRelease(12, kProduction, u"Search"_s));
    QList<Environment> others;
    QHash<QString, QList<Release>> releases;
    Verdict verdict{VerdictState::Accepted, u"Ann"_s, {}, u"art-"_s + kDev, sceneNow()};
    QList<Comparison> comparisons{
        {kStaging, kDev, 1, 0, {sceneCommit(kDev, u"Faster checkout"_s, u"Bo"_s)}, {}},
        {kProduction, kStaging, 1, 0, {sceneCommit(kStaging, u"Cart"_s, u"Cy"_s)}, {}},
    };
    AccountStatus account{{u"local"_s, u"local"_s, {}}, AccountState::Live, sceneNow(), {}};
    std::optional<Hold> hold;
    Policy::Layer policy;
    bool readOnly = false;

    Comparison &toStaging() { return comparisons[0]; }
    Comparison &toProduction() { return comparisons[1]; }
    void set(const QString &key, const QJsonValue &value) { policy.insert(key, value); }
};

/// The stores that hold a scene.
class Stores
{
public:
    explicit Stores(const Scene &scene)
        : m_cache(std::move(*CacheStore::open(m_directory.path())))
        , m_store(std::move(*SlipwayStore::open(m_directory.path())))
    {
        Pipeline pipeline;
        pipeline.name = u"shop"_s;
        pipeline.deploysAccount = u"local"_s;
        pipeline.deploysId = u"shop"_s;
        pipeline.readOnly = scene.readOnly;
        m_good = m_store->savePipeline(pipeline) && m_store->savePolicy(u"shop"_s, scene.policy, {})
            && m_cache->setAccountStatus(scene.account) && show(scene);
        for (const Comparison &comparison : scene.comparisons)
            m_good = m_good && m_cache->remember(u"shop"_s, comparison);
        if (scene.verdict.state != VerdictState::None)
            m_good = m_good && m_store->saveVerdict(u"shop/dev1"_s, scene.verdict);
        if (scene.hold)
            m_good = m_good && m_store->saveHold(u"shop"_s, *scene.hold);
    }

    /// As one poll brings it.
    bool show(const Scene &scene)
    {
        Snapshot snapshot;
        snapshot.pipeline = u"shop"_s;
        snapshot.account = u"local"_s;
        snapshot.asOf = sceneNow();
        snapshot.environments = QList<Environment>{scene.dev, scene.staging, scene.production} + scene.others;
        snapshot.releases = scene.releases;
        return m_cache->apply(snapshot).has_value();
    }

    bool isGood() const { return m_good; }
    CacheStore &cache() { return *m_cache; }
    SlipwayStore &store() { return *m_store; }
    BoardReader reader() const { return BoardReader(*m_cache, *m_store); }
    Result<Preflight> ask(const Intent &move, const QString &by = u"Ann"_s) const
    {
        return preflightFor(reader(), move, by, sceneNow());
    }
    Result<QStringList> permit(const Intent &move, const QString &by = u"Ann"_s) const
    {
        return Slipway::permit(reader(), move, by);
    }

private:
    QTemporaryDir m_directory;
    std::unique_ptr<CacheStore> m_cache;
    std::unique_ptr<SlipwayStore> m_store;
    bool m_good = false;
};

inline PromoteIntent promotion(const QString &from, const QString &to = {}, const QStringList &alsoTo = {})
{
    PromoteIntent move;
    move.pipeline = u"shop"_s;
    move.from = from;
    move.to = to;
    move.alsoTo = alsoTo;
    return move;
}

/// The line of a sheet; one without id when there is none.
inline Check checkOf(const Preflight &sheet, const QString &id)
{
    for (const Check &check : sheet.checks) {
        if (check.id == id)
            return check;
    }
    return {};
}

} // namespace Slipway
