// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/heroku/promoter.h"

#include "providers/heroku/phrases.h"

namespace Slipway::Heroku {

using namespace Qt::StringLiterals;

namespace {

constexpr int kLooks = 5; ///< for its effect, before it is sent again

QJsonObject ref(const QString &id)
{
    return {{u"id"_s, id}};
}

Error moved(const Promotion &promotion, const QString &found)
{
    return Error(Error::Kind::Conflict,
                 Phrases::tr("%1 runs another release than the one you looked at.").arg(promotion.from),
                 Phrases::tr("Somebody deployed to it meanwhile: look at it again, then promote."),
                 u"expected slug %1, found %2"_s.arg(promotion.artifact, found));
}

Error notForContainers(const QString &app)
{
    return Error(Error::Kind::Unsupported,
                 Phrases::tr("%1 runs a container image, and Heroku promotes no containers.").arg(app),
                 Phrases::tr("Deploy the same version to the next stage instead; it is built again there."));
}

} // namespace

Promoter::Promoter(HerokuApi &api)
    : m_api(api)
    , m_lookup(api)
{ }

/// Id of the newest release when it is this one (and has not failed); empty otherwise.
Task<QString> Promoter::released(App app, QString slug, QString description)
{
    const auto newest = co_await m_lookup.releases(app.name, 1);
    if (!newest)
        co_return Result<QString>(tl::unexpect, newest.error());
    if (newest->isEmpty() || newest->constFirst().hasFailed() || newest->constFirst().slug != slug)
        co_return Result<QString>(QString());
    if (!description.isEmpty() && newest->constFirst().description != description)
        co_return Result<QString>(QString());
    co_return Result<QString>(newest->constFirst().id);
}

Task<QString> Promoter::untilReleased(QString id, App target, Progress progress)
{
    Call call;
    call.path = u"/pipeline-promotions/"_s + segment(id) + u"/promotion-targets"_s;
    call.what = Phrases::tr("tell how the promotion goes");
    while (true) {
        const auto listed = co_await m_api.list(call);
        if (!listed)
            co_return Result<QString>(tl::unexpect, listed.error());
        const auto targets = allFrom<PromotionTarget>(*listed);
        if (!targets)
            co_return Result<QString>(tl::unexpect, targets.error());
        for (const PromotionTarget &one : *targets) {
            if (one.app != target.id)
                continue;
            if (!one.release.isEmpty())
                co_return Result<QString>(one.release);
            if (one.status == u"failed") {
                const Error failed(
                    Error::Kind::Failed,
                    Phrases::tr("Heroku could not promote to %1: %2")
                        .arg(target.name, one.message.isEmpty() ? Phrases::tr("it does not say why.") : one.message),
                    Phrases::tr("%1 goes on with the release it had.").arg(target.name));
                co_return Result<QString>(tl::unexpect, failed);
            }
        }
        if (progress)
            progress(Phrases::tr("Heroku copies the release"));
        const auto waited = co_await m_api.pause();
        if (!waited)
            co_return Result<QString>(tl::unexpect, waited.error());
    }
}

/// A promotion cannot be found again but by what it does, and it takes a while until the target has its release: only
/// when nothing came of it for long was it never taken.
Task<QString> Promoter::untilSeen(App target, QString slug)
{
    Result<QString> there = QString();
    for (int look = 0; look < kLooks && there && there->isEmpty(); ++look) {
        const auto waited = co_await m_api.pause();
        if (!waited)
            co_return Result<QString>(tl::unexpect, waited.error());
        there = co_await released(target, slug, QString());
    }
    co_return there;
}

Task<QString> Promoter::send(Promotion promotion, QJsonObject body, Progress progress)
{
    Call call;
    call.method = "POST";
    call.path = u"/pipeline-promotions"_s;
    call.what = Phrases::tr("promote %1 to %2").arg(promotion.from, promotion.to.name);
    call.body = body;
    for (int attempt = 1;; ++attempt) {
        const auto sent = co_await m_api.created(call);
        if (sent) {
            Result<QString> release = co_await untilReleased(sent->value(u"id"_s).toString(), promotion.to, progress);
            co_return release;
        }
        if (!mayHaveHappened(sent.error()))
            co_return Result<QString>(tl::unexpect, sent.error());
        const auto there = co_await untilSeen(promotion.to, promotion.artifact);
        if (there && !there->isEmpty())
            co_return Result<QString>(*there);
        if (!there || attempt == kLostAnswerTries)
            co_return Result<QString>(tl::unexpect, sent.error());
    }
}

Task<QString> Promoter::promote(Promotion promotion, Progress progress)
{
    const auto source = co_await m_lookup.app(promotion.from);
    if (!source)
        co_return Result<QString>(tl::unexpect, source.error());
    const App &target = promotion.to;
    if (source->isContainer() || target.isContainer())
        co_return Result<QString>(tl::unexpect, notForContainers(source->isContainer() ? source->name : target.name));
    const auto current = co_await m_lookup.currentRelease(source->name);
    if (!current)
        co_return Result<QString>(tl::unexpect, current.error());
    const QString slug = *current ? (*current)->slug : QString();
    if (slug.isEmpty() || slug != promotion.artifact)
        co_return Result<QString>(tl::unexpect, moved(promotion, slug));
    const auto there = co_await released(target, promotion.artifact, QString());
    if (!there)
        co_return Result<QString>(tl::unexpect, there.error());
    if (!there->isEmpty())
        co_return Result<QString>(*there);
    // The release as well as the app: what was confirmed goes, whatever is released at the source meanwhile.
    const QJsonObject from{{u"app"_s, ref(source->id)}, {u"release"_s, ref((*current)->id)}};
    const QJsonArray targets{QJsonObject{{u"app"_s, ref(target.id)}}};
    const QJsonObject body{{u"pipeline"_s, ref(promotion.pipeline)}, {u"source"_s, from}, {u"targets"_s, targets}};
    Result<QString> release = co_await send(promotion, body, progress);
    co_return release;
}

Task<QString> Promoter::rollBack(App app, int release, bool withConfig)
{
    const auto wanted = co_await m_lookup.release(app.name, QString::number(release));
    if (!wanted)
        co_return Result<QString>(tl::unexpect, wanted.error());
    if (wanted->slug.isEmpty()) {
        const Error nothing(Error::Kind::Invalid,
                            Phrases::tr("v%1 of %2 holds no code to go back to.").arg(release).arg(app.name),
                            Phrases::tr("Choose another release."));
        co_return Result<QString>(tl::unexpect, nothing);
    }
    const QString description =
        withConfig ? u"Rollback to v%1"_s.arg(release) : u"Rollback to v%1 (code only)"_s.arg(release);
    Call call;
    call.method = "POST";
    call.path = u"/apps/"_s + segment(app.id) + u"/releases"_s;
    call.what = Phrases::tr("roll %1 back").arg(app.name);
    call.body = withConfig ? QJsonObject{{u"release"_s, wanted->id}}
                           : QJsonObject{{u"slug"_s, wanted->slug}, {u"description"_s, description}};
    for (int attempt = 1;; ++attempt) {
        const auto there = co_await released(app, wanted->slug, description);
        if (!there)
            co_return Result<QString>(tl::unexpect, there.error());
        if (!there->isEmpty())
            co_return Result<QString>(*there);
        const auto sent = co_await m_api.created(call);
        if (sent)
            co_return Result<QString>(sent->value(u"id"_s).toString());
        if (!mayHaveHappened(sent.error()) || attempt == kLostAnswerTries)
            co_return Result<QString>(tl::unexpect, sent.error());
        const auto waited = co_await m_api.pause();
        if (!waited)
            co_return Result<QString>(tl::unexpect, waited.error());
    }
}

} // namespace Slipway::Heroku
