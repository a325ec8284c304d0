// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/heroku/observer.h"

#include "providers/heroku/phrases.h"

#include <algorithm>

// The part of Observer that asks about a pipeline as a whole: five requests, however many apps it has, and a sixth
// where their releases do not reach back to their code.
namespace Slipway::Heroku {

using namespace Qt::StringLiterals;

namespace {

Call aboutAll(const QString &path, const QString &what, const QByteArray &variant = {})
{
    Call call;
    call.path = path;
    call.what = what;
    call.variant = variant;
    call.range = kAll;
    return call;
}

template<typename T> QHash<QString, T> byApp(const QList<T> &all)
{
    QHash<QString, T> found;
    for (const T &one : all)
        found.insert(one.app, one);
    return found;
}

} // namespace

Task<QJsonArray> Observer::appsOf(QList<Coupling> couplings)
{
    if (couplings.isEmpty())
        co_return Result<QJsonArray>(QJsonArray());
    QJsonArray ids;
    for (const Coupling &coupling : couplings)
        ids.append(coupling.app);
    Call call = aboutAll(u"/filters/apps"_s, Phrases::tr("list the pipeline's apps"), "filters");
    call.method = "POST"; // reads only, for all that
    call.body = QJsonObject{{u"in"_s, QJsonObject{{u"id"_s, ids}}}};
    Result<QJsonArray> apps = co_await m_api.list(call);
    co_return apps;
}

Task<Observer::Overview> Observer::overview(QString pipeline)
{
    const QString base = u"/pipelines/"_s + segment(pipeline);
    const QString what = Phrases::tr("read the pipeline");
    // All but the second are under way at the same time.
    const Call placesCall = aboutAll(base + u"/pipeline-couplings"_s, what);
    const Call releasesCall = aboutAll(base + u"/latest-releases"_s, what);
    const Call buildsCall = aboutAll(base + u"/latest-builds"_s, what);
    auto askPlaces = m_api.list(placesCall);
    auto askReleases = m_api.list(releasesCall);
    auto askBuilds = m_api.list(buildsCall);
    auto askReviews = m_reviews.all(pipeline);
    const auto places = co_await askPlaces;
    const auto releases = co_await askReleases;
    const auto builds = co_await askBuilds;
    const auto reviews = co_await askReviews;
    if (!places)
        co_return Result<Overview>(tl::unexpect, places.error());
    if (!releases)
        co_return Result<Overview>(tl::unexpect, releases.error());
    const auto couplings = allFrom<Coupling>(*places);
    if (!couplings)
        co_return Result<Overview>(tl::unexpect, couplings.error());
    const auto apps = co_await appsOf(*couplings);
    if (!apps)
        co_return Result<Overview>(tl::unexpect, apps.error());
    const auto readApps = allFrom<App>(*apps);
    const auto readReleases = allFrom<AppRelease>(*releases);
    if (!readApps || !readReleases)
        co_return Result<Overview>(tl::unexpect, readApps ? readReleases.error() : readApps.error());
    Overview seen;
    seen.couplings = *couplings;
    for (const App &app : *readApps)
        seen.apps.insert(app.id, app);
    seen.releases = byApp(*readReleases);
    // Builds and review apps are extras: a team may have no right to them, or no use for them.
    seen.builds = byApp(builds ? allFrom<Build>(*builds).value_or(QList<Build>()) : QList<Build>());
    const QList<ReviewApp> found = reviews.value_or(QList<ReviewApp>());
    for (const ReviewApp &review : found) {
        if (review.app.isEmpty())
            seen.unborn.append(review);
        else
            seen.reviews.insert(review.app, review);
    }
    co_return Result<Overview>(seen);
}

/// Config may change often where code does not: one request tells when the code came, for all apps that need it.
Task<void> Observer::learnDeployments(QString pipeline, QList<Subject> *subjects)
{
    const auto asks = [](const Subject &one) { return one.codeIsOlder; };
    if (std::none_of(subjects->cbegin(), subjects->cend(), asks))
        co_return Result<void>();
    const Call call = aboutAll(u"/pipelines/"_s + segment(pipeline) + u"/latest-deployments"_s,
                               Phrases::tr("read when code was deployed"));
    const auto json = co_await m_api.list(call);
    // An extra, as builds are: without it the oldest release that was read has to do.
    const auto deployments =
        byApp(json ? allFrom<AppRelease>(*json).value_or(QList<AppRelease>()) : QList<AppRelease>());
    for (Subject &one : *subjects) {
        const auto deployment = deployments.constFind(one.app.id);
        if (!one.codeIsOlder || deployment == deployments.cend())
            continue;
        const auto learn = [&](Release &release) {
            if (release.artifact == deployment->slug && release.number >= deployment->version)
                credit(release, *deployment, one.build);
        };
        learn(*one.environment.release);
        for (Release &release : one.history)
            learn(release);
    }
    co_return Result<void>();
}

} // namespace Slipway::Heroku
