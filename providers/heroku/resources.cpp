// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/heroku/resources.h"

#include "providers/heroku/fields.h"

namespace Slipway::Heroku {

using namespace Qt::StringLiterals;

Result<App> App::from(const QJsonObject &json)
{
    Fields fields(json, u"an app"_s);
    App app;
    app.id = fields.text(u"id"_s);
    app.name = fields.text(u"name"_s);
    app.maintenance = fields.flag(u"maintenance"_s);
    app.stack = fields.maybeText(u"stack.name"_s);
    app.buildpack = fields.maybeText(u"buildpack_provided_description"_s);
    app.buildStack = fields.maybeText(u"build_stack.name"_s);
    app.region = fields.maybeText(u"region.name"_s);
    app.team = fields.maybeText(u"team.name"_s);
    app.space = fields.maybeText(u"space.name"_s);
    app.address = fields.webAddress(u"web_url"_s);
    app.createdAt = fields.time(u"created_at"_s);
    return fields.take(app);
}

Result<Coupling> Coupling::from(const QJsonObject &json)
{
    Fields fields(json, u"a pipeline's app"_s);
    const Coupling coupling{fields.text(u"id"_s), fields.text(u"app.id"_s), fields.text(u"pipeline.id"_s),
                            fields.text(u"stage"_s)};
    return fields.take(coupling);
}

Result<AppRelease> AppRelease::from(const QJsonObject &json)
{
    Fields fields(json, u"a release"_s);
    AppRelease release;
    release.id = fields.text(u"id"_s);
    release.version = fields.number(u"version"_s);
    release.app = fields.text(u"app.id"_s);
    release.description = fields.maybeText(u"description"_s);
    release.status = fields.text(u"status"_s);
    release.current = fields.flag(u"current"_s);
    release.slug = fields.maybeText(u"slug.id"_s);
    release.by = fields.maybeText(u"user.email"_s);
    release.at = fields.time(u"created_at"_s);
    release.output = fields.webAddress(u"output_stream_url"_s);
    return fields.take(release);
}

Result<Slug> Slug::from(const QJsonObject &json)
{
    Fields fields(json, u"a slug"_s);
    const Slug slug{fields.text(u"id"_s), fields.maybeText(u"commit"_s), fields.maybeText(u"commit_description"_s)};
    return fields.take(slug);
}

Result<Build> Build::from(const QJsonObject &json)
{
    Fields fields(json, u"a build"_s);
    Build build;
    build.id = fields.text(u"id"_s);
    build.app = fields.maybeText(u"app.id"_s);
    build.status = fields.text(u"status"_s);
    build.output = fields.webAddress(u"output_stream_url"_s);
    build.version = fields.maybeText(u"source_blob.version"_s);
    build.description = fields.maybeText(u"source_blob.version_description"_s);
    build.slug = fields.maybeText(u"slug.id"_s);
    build.release = fields.maybeText(u"release.id"_s);
    build.at = fields.time(u"created_at"_s);
    return fields.take(build);
}

Result<Dyno> Dyno::from(const QJsonObject &json)
{
    Fields fields(json, u"a dyno"_s);
    Dyno dyno;
    dyno.name = fields.text(u"name"_s);
    dyno.type = fields.text(u"type"_s);
    dyno.state = fields.text(u"state"_s);
    dyno.size = fields.maybeText(u"size"_s);
    dyno.release = fields.maybeNumber(u"release.version"_s).value_or(0);
    return fields.take(dyno);
}

Result<Formation> Formation::from(const QJsonObject &json)
{
    Fields fields(json, u"a process type"_s);
    const Formation formation{fields.text(u"type"_s), fields.number(u"quantity"_s), fields.maybeText(u"size"_s)};
    return fields.take(formation);
}

Result<Addon> Addon::from(const QJsonObject &json)
{
    Fields fields(json, u"an add-on"_s);
    Addon addon;
    addon.id = fields.text(u"id"_s);
    addon.name = fields.text(u"name"_s);
    addon.app = fields.text(u"app.id"_s);
    addon.plan = fields.text(u"plan.name"_s);
    addon.service = fields.maybeText(u"addon_service.name"_s);
    addon.state = fields.text(u"state"_s);
    const QJsonArray keys = json.value(u"config_vars"_s).toArray();
    for (const auto &key : keys)
        addon.configKeys.append(key.toString());
    addon.centsPerMonth = fields.maybeNumber(u"billed_price.cents"_s);
    if (!addon.centsPerMonth)
        addon.centsPerMonth = fields.maybeNumber(u"plan.price.cents"_s);
    return fields.take(addon);
}

Result<Attachment> Attachment::from(const QJsonObject &json)
{
    Fields fields(json, u"an add-on's attachment"_s);
    const Attachment attachment{fields.text(u"name"_s), fields.text(u"app.id"_s), fields.text(u"addon.id"_s)};
    return fields.take(attachment);
}

Result<ReviewApp> ReviewApp::from(const QJsonObject &json)
{
    Fields fields(json, u"a review app"_s);
    ReviewApp review;
    review.id = fields.text(u"id"_s);
    review.app = fields.maybeText(u"app.id"_s);
    review.setup = fields.maybeText(u"app_setup.id"_s);
    review.branch = fields.maybeText(u"branch"_s);
    review.number = fields.maybeNumber(u"pr_number"_s);
    review.status = fields.text(u"status"_s);
    review.message = fields.maybeText(u"message"_s);
    review.at = fields.time(u"created_at"_s);
    return fields.take(review);
}

Result<PromotionTarget> PromotionTarget::from(const QJsonObject &json)
{
    Fields fields(json, u"a promotion"_s);
    const PromotionTarget target{fields.text(u"app.id"_s), fields.maybeText(u"release.id"_s), fields.text(u"status"_s),
                                 fields.maybeText(u"error_message"_s)};
    return fields.take(target);
}

} // namespace Slipway::Heroku
