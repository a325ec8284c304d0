// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/heroku/reviewapps.h"

#include "models/domain/plaintext.h"
#include "providers/heroku/phrases.h"

#include <algorithm>

namespace Slipway::Heroku {

using namespace Qt::StringLiterals;

namespace {

QString plain(const QJsonValue &value)
{
    return plainText(value.toString().toUtf8()).trimmed();
}

QString lastLine(const QString &text)
{
    return text.trimmed().section(u'\n', -1).trimmed();
}

bool isAlive(const ReviewApp &review)
{
    return review.status == u"pending" || review.status == u"creating" || review.status == u"created";
}

} // namespace

QString setupFailure(const QJsonObject &setup)
{
    QStringList manifest;
    const QJsonArray errors = setup.value(u"manifest_errors"_s).toArray();
    for (const auto &error : errors)
        manifest.append(plain(error));
    if (!manifest.isEmpty())
        return Phrases::tr("app.json is not right: %1").arg(manifest.join(u"; "_s));
    const QJsonObject postdeploy = setup.value(u"postdeploy"_s).toObject();
    if (const int status = postdeploy.value(u"exit_code"_s).toInt(); status != 0) {
        return Phrases::tr("The postdeploy script ended with status %1: %2")
            .arg(status)
            .arg(lastLine(plain(postdeploy.value(u"output"_s))));
    }
    const QString said = plain(setup.value(u"failure_message"_s));
    if (setup.value(u"build"_s).toObject().value(u"status"_s).toString() == u"failed")
        return Phrases::tr("Its build failed: %1").arg(said);
    return said.isEmpty() ? Phrases::tr("Heroku does not say why.") : said;
}

ReviewApps::ReviewApps(HerokuApi &api)
    : m_api(api)
    , m_lookup(api)
    , m_sources(api)
{ }

QString ReviewApps::nameOf(const ReviewApp &review)
{
    return review.number ? u"pr-%1"_s.arg(*review.number) : review.branch;
}

Task<QList<ReviewApp>> ReviewApps::all(QString pipeline)
{
    Call call;
    call.path = u"/pipelines/"_s + segment(pipeline) + u"/review-apps"_s;
    call.what = Phrases::tr("list the review apps");
    call.variant = "review-apps";
    call.range = kAll;
    const auto listed = co_await m_api.list(call);
    if (!listed)
        co_return Result<QList<ReviewApp>>(tl::unexpect, listed.error());
    co_return allFrom<ReviewApp>(*listed);
}

Task<QString> ReviewApps::end(QString pipeline)
{
    if (const auto known = m_ends.constFind(pipeline); known != m_ends.cend())
        co_return Result<QString>(*known);
    Call call;
    call.path = u"/pipelines/"_s + segment(pipeline) + u"/review-app-config"_s;
    call.what = Phrases::tr("read how review apps are made");
    call.variant = "review-apps";
    const auto config = co_await m_api.object(call);
    QString sentence;
    if (config && config->value(u"destroy_stale_apps"_s).toBool()) {
        sentence = Phrases::tr("Heroku deletes it after %1 days without a deploy.")
                       .arg(config->value(u"stale_days"_s).toInt());
    }
    m_ends.insert(pipeline, sentence); // refused or not set up: then nothing is known, and asking again tells no more
    co_return Result<QString>(sentence);
}

Task<QString> ReviewApps::failure(ReviewApp review)
{
    if (review.setup.isEmpty())
        co_return Result<QString>(review.message);
    Call call;
    call.path = u"/app-setups/"_s + segment(review.setup);
    call.what = Phrases::tr("tell why the review app was not made");
    const auto setup = co_await m_api.object(call);
    if (!setup)
        co_return Result<QString>(review.message);
    co_return Result<QString>(setupFailure(*setup));
}

Task<std::optional<ReviewApp>> ReviewApps::find(ReviewSpec spec)
{
    using Found = std::optional<ReviewApp>;
    const auto reviews = co_await all(spec.pipeline);
    if (!reviews)
        co_return Result<Found>(tl::unexpect, reviews.error());
    for (const ReviewApp &review : *reviews) {
        if (review.branch == spec.branch && isAlive(review))
            co_return Result<Found>(review);
    }
    co_return Result<Found>(std::nullopt);
}

Task<ReviewApp> ReviewApps::start(ReviewSpec spec, Progress progress)
{
    const auto source = co_await m_sources.upload(spec.archive, progress);
    if (!source)
        co_return Result<ReviewApp>(tl::unexpect, source.error());
    Call call;
    call.method = "POST";
    call.path = u"/review-apps"_s;
    call.what = Phrases::tr("make a review app for %1").arg(spec.branch);
    call.variant = "review-apps";
    const QJsonObject blob{{u"url"_s, source->toString(QUrl::FullyEncoded)}, {u"version"_s, spec.version}};
    call.body = QJsonObject{{u"branch"_s, spec.branch}, {u"pipeline"_s, spec.pipeline}, {u"source_blob"_s, blob}};
    if (spec.number)
        call.body.insert(u"pr_number"_s, *spec.number);
    const auto made = co_await m_api.object(call);
    if (made)
        co_return ReviewApp::from(*made);
    if (mayHaveHappened(made.error())) {
        const auto found = co_await find(spec);
        if (found && *found)
            co_return Result<ReviewApp>(**found);
    }
    co_return Result<ReviewApp>(tl::unexpect, made.error());
}

Task<ReviewApp> ReviewApps::follow(ReviewApp review, Progress progress)
{
    Call call;
    call.path = u"/review-apps/"_s + segment(review.id);
    call.what = Phrases::tr("tell how the review app is doing");
    call.variant = "review-apps";
    while (review.status == u"pending" || review.status == u"creating") {
        if (progress)
            progress(Phrases::tr("Heroku makes the review app"));
        const auto waited = co_await m_api.pause();
        if (!waited)
            co_return Result<ReviewApp>(tl::unexpect, waited.error());
        const auto now = co_await m_api.object(call);
        if (!now)
            co_return Result<ReviewApp>(tl::unexpect, now.error());
        const auto read = ReviewApp::from(*now);
        if (!read)
            co_return read;
        review = *read;
    }
    co_return Result<ReviewApp>(review);
}

Task<QString> ReviewApps::create(ReviewSpec spec, Progress progress)
{
    const auto found = co_await find(spec);
    if (!found)
        co_return Result<QString>(tl::unexpect, found.error());
    Result<ReviewApp> review = ReviewApp();
    if (*found)
        review = **found;
    else
        review = co_await start(spec, progress);
    if (!review)
        co_return Result<QString>(tl::unexpect, review.error());
    const ReviewApp begun = *review;
    const auto ended = co_await follow(begun, progress);
    if (!ended)
        co_return Result<QString>(tl::unexpect, ended.error());
    if (ended->status == u"created" && !ended->app.isEmpty()) {
        const auto app = co_await m_lookup.app(ended->app);
        if (!app)
            co_return Result<QString>(tl::unexpect, app.error());
        co_return Result<QString>(app->name);
    }
    const auto why = co_await failure(*ended);
    const Error failed(Error::Kind::Failed, Phrases::tr("The review app for %1 could not be made.").arg(spec.branch),
                       Phrases::tr("Mend that on the branch, shut the review app down and make it again."),
                       why.value_or(ended->message));
    co_return Result<QString>(tl::unexpect, failed);
}

Task<bool> ReviewApps::remove(QString pipeline, QString environment)
{
    const auto reviews = co_await all(pipeline);
    if (!reviews)
        co_return Result<bool>(tl::unexpect, reviews.error());
    QString appId;
    if (!reviews->isEmpty()) { // a pipeline without any has nothing to compare with
        const auto app = co_await m_lookup.app(environment);
        if (!app && app.error().kind() != Error::Kind::NotFound)
            co_return Result<bool>(tl::unexpect, app.error());
        appId = app ? app->id : QString();
    }
    for (const ReviewApp &review : *reviews) {
        const bool unborn = review.app.isEmpty() && nameOf(review) == environment;
        const bool born = !review.app.isEmpty() && review.app == appId;
        if (!unborn && !born)
            continue;
        const auto removed = co_await m_api.remove(u"/review-apps/"_s + segment(review.id),
                                                   Phrases::tr("shut %1 down").arg(environment));
        if (!removed)
            co_return Result<bool>(tl::unexpect, removed.error());
        co_return Result<bool>(true);
    }
    co_return Result<bool>(false);
}

} // namespace Slipway::Heroku
