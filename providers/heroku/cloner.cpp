// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/heroku/cloner.h"

#include "providers/heroku/phrases.h"

#include <QRegularExpression>

namespace Slipway::Heroku {

using namespace Qt::StringLiterals;

namespace {

constexpr int kFar = 50; ///< releases that are looked through

/// Heroku's rule for names (source: schema, app.name).
bool isGoodName(const QString &name)
{
    static const QRegularExpression rule(u"^[a-z][a-z0-9-]{1,28}[a-z0-9]$"_s);
    return rule.match(name).hasMatch();
}

Error badName(const QString &name)
{
    return Error(
        Error::Kind::Invalid, Phrases::tr("“%1” cannot be the name of a Heroku app.").arg(name),
        Phrases::tr("Take 3 to 30 lower-case letters, digits and hyphens, a letter first and no hyphen last."));
}

Error nameTaken(const QString &name)
{
    return Error(Error::Kind::Conflict,
                 Phrases::tr("The name “%1” is taken at Heroku, perhaps by somebody else.").arg(name),
                 Phrases::tr("Names are shared by everybody there. Choose another, such as %1-2.").arg(name));
}

} // namespace

Cloner::Cloner(HerokuApi &api)
    : m_api(api)
    , m_lookup(api)
    , m_databases(api)
{ }

void Cloner::tell(const Making &making, const QString &text)
{
    if (making.progress)
        making.progress(text);
}

Task<void> Cloner::clone(Ticket ticket, CloneSpec spec, Progress progress)
{
    if (!isGoodName(spec.name))
        co_return Result<void>(tl::unexpect, badName(spec.name));
    const auto source = co_await m_lookup.app(spec.from);
    if (!source)
        co_return Result<void>(tl::unexpect, source.error());
    const auto current = co_await m_lookup.currentRelease(source->name);
    if (!current)
        co_return Result<void>(tl::unexpect, current.error());
    Making making;
    making.ticket = ticket;
    making.spec = spec;
    making.source = *source;
    making.progress = progress;
    making.mark = u"%1 v%2 %3"_s.arg(source->name).arg(*current ? (*current)->version : 0).arg(ticket.id);
    tell(making, Phrases::tr("Making the app %1").arg(spec.name));
    const auto app = co_await makeApp(making);
    if (!app)
        co_return Result<void>(tl::unexpect, app.error());
    making.app = *app;
    const auto made = co_await makeAll(making);
    if (made || made.error().kind() == Error::Kind::Cancelled) // Slipway closes: the next start carries on
        co_return made;
    Result<void> removed = co_await removeAgain(making.app, made.error());
    co_return removed;
}

Task<void> Cloner::makeAll(Making making)
{
    const auto marked = co_await markIt(making);
    if (!marked)
        co_return marked;
    const auto buildpacks = co_await copyBuildpacks(making);
    if (!buildpacks)
        co_return buildpacks;
    const auto features = co_await copyFeatures(making);
    if (!features)
        co_return features;
    tell(making, Phrases::tr("Making the add-ons"));
    const auto originals = co_await m_lookup.addons(making.source.id);
    if (!originals)
        co_return Result<void>(tl::unexpect, originals.error());
    making.originals = *originals;
    const auto addons = co_await copyAddons(making);
    if (!addons)
        co_return addons;
    const auto config = co_await copyConfig(making);
    if (!config)
        co_return config;
    const auto data = co_await copyData(making);
    if (!data)
        co_return data;
    Result<void> coupled = co_await couple(making); // last: the card appears complete
    co_return coupled;
}

Task<bool> Cloner::isUntouched(App app)
{
    const auto releases = co_await m_lookup.releases(app.name, 5);
    if (!releases)
        co_return Result<bool>(tl::unexpect, releases.error());
    for (const AppRelease &release : *releases) {
        if (!release.slug.isEmpty())
            co_return Result<bool>(false);
    }
    Call call;
    call.path = u"/apps/"_s + segment(app.id) + u"/pipeline-couplings"_s;
    call.what = Phrases::tr("find the pipeline of %1").arg(app.name);
    const auto place = co_await m_api.object(call);
    if (!place && place.error().kind() != Error::Kind::NotFound)
        co_return Result<bool>(tl::unexpect, place.error());
    co_return Result<bool>(!place && releases->size() < 5);
}

/// An app of that name is this step's own when it bears its mark, or when it is as empty as the moment it was made: the
/// process may have been killed between making and marking it.
Task<App> Cloner::existing(Making making)
{
    const auto app = co_await m_lookup.app(making.spec.name);
    if (!app && app.error().kind() == Error::Kind::Blocked)
        co_return Result<App>(tl::unexpect, nameTaken(making.spec.name));
    if (!app)
        co_return app;
    const auto config = co_await m_lookup.config(app->name);
    if (!config)
        co_return Result<App>(tl::unexpect, nameTaken(making.spec.name));
    const QString mark = config->value(kClonedFromKey);
    if (mark.section(u' ', 2) == making.ticket.id)
        co_return app;
    if (mark.isEmpty()) {
        const auto untouched = co_await isUntouched(*app);
        if (!untouched)
            co_return Result<App>(tl::unexpect, untouched.error());
        if (*untouched)
            co_return app;
    }
    co_return Result<App>(tl::unexpect, nameTaken(making.spec.name));
}

Task<App> Cloner::makeApp(Making making)
{
    Result<App> there = co_await existing(making);
    if (there || there.error().kind() != Error::Kind::NotFound)
        co_return there;
    const App &source = making.source;
    QJsonObject body{{u"name"_s, making.spec.name}};
    if (!source.region.isEmpty())
        body.insert(u"region"_s, source.region);
    const QString stack = source.buildStack.isEmpty() ? source.stack : source.buildStack;
    if (!stack.isEmpty())
        body.insert(u"stack"_s, stack);
    Call call;
    call.method = "POST";
    call.path = u"/apps"_s;
    call.what = Phrases::tr("make the app %1").arg(making.spec.name);
    if (!source.team.isEmpty()) {
        call.path = u"/teams/apps"_s;
        body.insert(u"team"_s, source.team);
        if (!source.space.isEmpty())
            body.insert(u"space"_s, source.space);
    }
    call.body = body;
    const auto sent = co_await m_api.object(call);
    Result<App> made = sent ? App::from(*sent) : Result<App>(tl::unexpect, sent.error());
    if (made)
        co_return made;
    if (mayHaveHappened(made.error())) { // an answer that cannot be read: the app is there all the same
        Result<App> found = co_await existing(making);
        if (found)
            co_return found;
    }
    // A name that nobody may see is answered by 404 to a look and by 422 to an attempt to take it.
    if (made.error().kind() == Error::Kind::Invalid && made.error().message().contains(u"taken"_s, Qt::CaseInsensitive))
        co_return Result<App>(tl::unexpect, nameTaken(making.spec.name));
    co_return made;
}

Task<void> Cloner::markIt(Making making)
{
    const QJsonObject patch{{QString(kClonedFromKey), making.mark}};
    Result<void> marked = co_await m_lookup.patchConfig(making.app.name, patch);
    co_return marked;
}

Task<void> Cloner::copyBuildpacks(Making making)
{
    Call call;
    call.path = u"/apps/"_s + segment(making.source.id) + u"/buildpack-installations"_s;
    call.what = Phrases::tr("copy the buildpacks");
    const auto listed = co_await m_api.list(call);
    if (!listed)
        co_return Result<void>(tl::unexpect, listed.error());
    QMap<int, QString> ordered;
    for (const auto &entry : *listed) {
        const QJsonObject one = entry.toObject();
        ordered.insert(one.value(u"ordinal"_s).toInt(),
                       one.value(u"buildpack"_s).toObject().value(u"url"_s).toString());
    }
    if (ordered.isEmpty()) // Heroku detects them from the code
        co_return Result<void>();
    QJsonArray updates;
    for (const QString &url : std::as_const(ordered))
        updates.append(QJsonObject{{u"buildpack"_s, url}});
    call.method = "PUT";
    call.path = u"/apps/"_s + segment(making.app.id) + u"/buildpack-installations"_s;
    call.body = QJsonObject{{u"updates"_s, updates}};
    const auto done = co_await m_api.send(call);
    if (!done)
        co_return Result<void>(tl::unexpect, done.error());
    co_return Result<void>();
}

Task<void> Cloner::copyFeatures(Making making)
{
    Call call;
    call.path = u"/apps/"_s + segment(making.source.id) + u"/features"_s;
    call.what = Phrases::tr("copy the features");
    const auto wanted = co_await m_api.list(call);
    if (!wanted)
        co_return Result<void>(tl::unexpect, wanted.error());
    call.path = u"/apps/"_s + segment(making.app.id) + u"/features"_s;
    const auto found = co_await m_api.list(call);
    if (!found)
        co_return Result<void>(tl::unexpect, found.error());
    QHash<QString, bool> now;
    for (const auto &entry : *found)
        now.insert(entry.toObject().value(u"name"_s).toString(), entry.toObject().value(u"enabled"_s).toBool());
    for (const auto &entry : *wanted) {
        const QString name = entry.toObject().value(u"name"_s).toString();
        const bool enabled = entry.toObject().value(u"enabled"_s).toBool();
        if (!now.contains(name) || now.value(name) == enabled)
            continue;
        Call change;
        change.method = "PATCH";
        change.path = call.path + u'/' + segment(name);
        change.what = call.what;
        change.body = QJsonObject{{u"enabled"_s, enabled}};
        const auto done = co_await m_api.send(change);
        if (!done)
            co_return Result<void>(tl::unexpect, done.error());
    }
    co_return Result<void>();
}

Task<void> Cloner::copyConfig(Making making)
{
    const auto original = co_await m_lookup.config(making.source.name);
    if (!original)
        co_return Result<void>(tl::unexpect, original.error());
    const ConfigValues values = configForClone(*original, making.originals, making.source, making.app);
    QJsonObject patch;
    for (auto value = values.cbegin(); value != values.cend(); ++value)
        patch.insert(value.key(), value.value());
    Result<void> done = co_await m_lookup.patchConfig(making.app.name, patch);
    co_return done;
}

Task<void> Cloner::couple(Making making)
{
    Call call;
    call.path = u"/apps/"_s + segment(making.app.id) + u"/pipeline-couplings"_s;
    call.what = Phrases::tr("put %1 into the pipeline").arg(making.app.name);
    const auto place = co_await m_api.object(call);
    if (place)
        co_return Result<void>();
    if (place.error().kind() != Error::Kind::NotFound)
        co_return Result<void>(tl::unexpect, place.error());
    Call post;
    post.method = "POST";
    post.path = u"/pipeline-couplings"_s;
    post.what = call.what;
    post.body = QJsonObject{
        {u"app"_s, making.app.id}, {u"pipeline"_s, making.spec.pipeline}, {u"stage"_s, toString(making.spec.stage)}};
    const auto done = co_await m_api.send(post);
    if (done)
        co_return Result<void>();
    if (mayHaveHappened(done.error())) {
        const auto now = co_await m_api.object(call);
        if (now)
            co_return Result<void>();
    }
    co_return Result<void>(tl::unexpect, done.error());
}

Task<void> Cloner::removeAgain(App app, Error why)
{
    const auto removed =
        co_await m_api.remove(u"/apps/"_s + segment(app.id), Phrases::tr("remove the half-made app %1").arg(app.name));
    const auto left = co_await m_lookup.app(app.id);
    const bool gone = !left && left.error().kind() == Error::Kind::NotFound;
    if (gone)
        co_return Result<void>(tl::unexpect, why);
    const QString note =
        Phrases::tr("The half-made app %1 could not be removed and may cost money: delete it at Heroku.").arg(app.name);
    const Error both(why.kind(), why.message() + u' ' + note, why.remedy(),
                     removed ? why.detail() : removed.error().text());
    co_return Result<void>(tl::unexpect, both);
}

Task<void> Cloner::finish(App app, QString ticket)
{
    const auto releases = co_await m_lookup.releases(app.name, kFar);
    if (!releases)
        co_return Result<void>(tl::unexpect, releases.error());
    int withCode = 0;
    for (const AppRelease &release : *releases)
        withCode += !release.slug.isEmpty() && !release.hasFailed();
    if (withCode > 1 && !isRetry(ticket))
        co_return Result<void>();
    const auto config = co_await m_lookup.config(app.name);
    if (!config)
        co_return Result<void>(tl::unexpect, config.error());
    const QString mark = config->value(kClonedFromKey);
    const bool own = operationOf(mark.section(u' ', 2)) == operationOf(ticket);
    if (mark.isEmpty() || (withCode > 1 && !own))
        co_return Result<void>();
    const auto wanted = co_await m_lookup.formation(mark.section(u' ', 0, 0));
    if (!wanted) // its original is gone: Heroku's own default has to do
        co_return Result<void>();
    const auto found = co_await m_lookup.formation(app.name);
    if (!found)
        co_return Result<void>(tl::unexpect, found.error());
    QList<Formation> updates;
    for (const Formation &one : *wanted) {
        for (const Formation &there : *found) {
            const int quantity = qMin(one.quantity, 1);
            if (there.type == one.type && (there.quantity != quantity || there.size != one.size))
                updates.append(Formation{one.type, quantity, one.size});
        }
    }
    Result<void> scaled = co_await m_lookup.scale(app.name, updates);
    co_return scaled;
}

} // namespace Slipway::Heroku
