// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/heroku/lookup.h"

#include "providers/heroku/phrases.h"

namespace Slipway::Heroku {

using namespace Qt::StringLiterals;

namespace {

Call about(const QString &app, const QString &rest, const QString &what)
{
    Call call;
    call.path = u"/apps/"_s + segment(app) + rest;
    call.what = what;
    return call;
}

QByteArray newest(const char *property, int most)
{
    return property + QByteArray(" ..; order=desc,max=") + QByteArray::number(most);
}

template<typename T> Result<QList<T>> read(const Result<QJsonArray> &listed)
{
    if (!listed)
        return tl::unexpected(listed.error());
    return allFrom<T>(*listed);
}

template<typename T> Result<T> read(const Result<QJsonObject> &object)
{
    if (!object)
        return tl::unexpected(object.error());
    return T::from(*object);
}

} // namespace

Task<App> Lookup::app(QString name)
{
    const Call call = about(name, {}, Phrases::tr("find the app %1").arg(name));
    const auto object = co_await m_api.object(call);
    co_return read<App>(object);
}

Task<QList<AppRelease>> Lookup::releases(QString app, int most)
{
    Call call = about(app, u"/releases"_s, Phrases::tr("read the releases of %1").arg(app));
    call.range = newest("version", most);
    const auto listed = co_await m_api.list(call, true);
    co_return read<AppRelease>(listed);
}

Task<AppRelease> Lookup::release(QString app, QString idOrVersion)
{
    const Call call = about(app, u"/releases/"_s + segment(idOrVersion), Phrases::tr("read a release of %1").arg(app));
    const auto object = co_await m_api.object(call);
    co_return read<AppRelease>(object);
}

Task<std::optional<AppRelease>> Lookup::currentRelease(QString app)
{
    constexpr int kFar = 50; // failed releases in a row: nobody has more
    const auto all = co_await releases(app, kFar);
    if (!all)
        co_return Result<std::optional<AppRelease>>(tl::unexpect, all.error());
    for (const AppRelease &release : *all) {
        if (release.current)
            co_return Result<std::optional<AppRelease>>(release);
    }
    co_return Result<std::optional<AppRelease>>(std::nullopt);
}

Task<QList<Build>> Lookup::builds(QString app, int most)
{
    Call call = about(app, u"/builds"_s, Phrases::tr("read the builds of %1").arg(app));
    call.range = newest("started_at", most);
    const auto listed = co_await m_api.list(call, true);
    co_return read<Build>(listed);
}

Task<Build> Lookup::build(QString app, QString id)
{
    const Call call = about(app, u"/builds/"_s + segment(id), Phrases::tr("read a build of %1").arg(app));
    const auto object = co_await m_api.object(call);
    co_return read<Build>(object);
}

Task<QList<Dyno>> Lookup::dynos(QString app)
{
    const Call call = about(app, u"/dynos"_s, Phrases::tr("read the processes of %1").arg(app));
    const auto listed = co_await m_api.list(call);
    co_return read<Dyno>(listed);
}

Task<QList<Formation>> Lookup::formation(QString app)
{
    const Call call = about(app, u"/formation"_s, Phrases::tr("read how many processes %1 has").arg(app));
    const auto listed = co_await m_api.list(call);
    co_return read<Formation>(listed);
}

Task<QList<Addon>> Lookup::addons(QString app)
{
    Call call = about(app, u"/addons"_s, Phrases::tr("read the add-ons of %1").arg(app));
    call.expansion = "addon_service,plan";
    const auto listed = co_await m_api.list(call);
    co_return read<Addon>(listed);
}

Task<ConfigValues> Lookup::config(QString app)
{
    Call call = about(app, u"/config-vars"_s, Phrases::tr("read the config of %1").arg(app));
    call.kept = false;
    const auto object = co_await m_api.object(call);
    if (!object)
        co_return Result<ConfigValues>(tl::unexpect, object.error());
    ConfigValues values;
    for (auto value = object->begin(); value != object->end(); ++value)
        values.insert(value.key(), value.value().toString());
    co_return Result<ConfigValues>(values);
}

Task<void> Lookup::patchConfig(QString app, QJsonObject patch)
{
    if (patch.isEmpty())
        co_return Result<void>();
    Call call = about(app, u"/config-vars"_s, Phrases::tr("change the config of %1").arg(app));
    call.method = "PATCH";
    call.body = patch;
    const auto done = co_await m_api.send(call);
    if (!done)
        co_return Result<void>(tl::unexpect, done.error());
    co_return Result<void>();
}

Task<void> Lookup::scale(QString app, QList<Formation> wanted)
{
    if (wanted.isEmpty())
        co_return Result<void>();
    QJsonArray updates;
    for (const Formation &one : wanted) {
        QJsonObject update{{u"type"_s, one.type}, {u"quantity"_s, one.quantity}};
        if (!one.size.isEmpty())
            update.insert(u"dyno_size"_s, QJsonObject{{u"name"_s, one.size}});
        updates.append(update);
    }
    Call call = about(app, u"/formation"_s, Phrases::tr("scale %1").arg(app));
    call.method = "PATCH"; // absolute quantities: the same twice is the same
    call.body = QJsonObject{{u"updates"_s, updates}};
    const auto done = co_await m_api.send(call);
    if (!done)
        co_return Result<void>(tl::unexpect, done.error());
    co_return Result<void>();
}

} // namespace Slipway::Heroku
