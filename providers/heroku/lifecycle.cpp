// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/heroku/lifecycle.h"

#include "providers/heroku/phrases.h"

#include <algorithm>

namespace Slipway::Heroku {

using namespace Qt::StringLiterals;

namespace {

const auto kMaintenance = u" maintenance"_s; ///< in kSuspendedKey, behind the formation: that was switched on as well

} // namespace

QString formationText(const QList<Formation> &formation)
{
    QStringList parts;
    for (const Formation &one : formation) {
        if (one.quantity > 0)
            parts.append(u"%1=%2:%3"_s.arg(one.type).arg(one.quantity).arg(one.size));
    }
    return parts.join(u' ');
}

QList<Formation> formationFromText(const QString &text)
{
    QList<Formation> formation;
    const QStringList parts = text.split(u' ', Qt::SkipEmptyParts);
    for (const QString &part : parts) {
        const QString type = part.section(u'=', 0, 0);
        const QString rest = part.section(u'=', 1);
        bool ok = false;
        const int quantity = rest.section(u':', 0, 0).toInt(&ok);
        if (ok && quantity > 0 && !type.isEmpty())
            formation.append(Formation{type, quantity, rest.section(u':', 1)});
    }
    return formation;
}

Lifecycle::Lifecycle(HerokuApi &api)
    : m_api(api)
    , m_lookup(api)
    , m_watch(api)
{ }

Task<void> Lifecycle::setMaintenance(QString app, bool on)
{
    Call call;
    call.method = "PATCH";
    call.path = u"/apps/"_s + segment(app);
    call.what = on ? Phrases::tr("show the maintenance page of %1").arg(app)
                   : Phrases::tr("take the maintenance page of %1 away").arg(app);
    call.body = QJsonObject{{u"maintenance"_s, on}};
    const auto done = co_await m_api.send(call);
    if (!done)
        co_return Result<void>(tl::unexpect, done.error());
    co_return Result<void>();
}

Task<void> Lifecycle::suspend(QString app, bool maintenance)
{
    const auto formation = co_await m_lookup.formation(app);
    if (!formation)
        co_return Result<void>(tl::unexpect, formation.error());
    const QString remembered = formationText(*formation);
    if (remembered.isEmpty())
        co_return Result<void>();
    const QJsonObject patch{{QString(kSuspendedKey), maintenance ? remembered + kMaintenance : remembered}};
    const auto marked = co_await m_lookup.patchConfig(app, patch);
    if (!marked)
        co_return marked;
    if (maintenance) {
        const auto shown = co_await setMaintenance(app, true);
        if (!shown)
            co_return shown;
    }
    QList<Formation> none = *formation;
    for (Formation &one : none)
        one = Formation{one.type, 0, {}};
    Result<void> scaled = co_await m_lookup.scale(app, none);
    co_return scaled;
}

Task<void> Lifecycle::untilCurrentIsUp(QString app, Progress progress)
{
    const auto found = co_await m_lookup.app(app);
    if (!found)
        co_return Result<void>(tl::unexpect, found.error());
    const auto newest = co_await m_lookup.releases(app, 1);
    if (!newest)
        co_return Result<void>(tl::unexpect, newest.error());
    if (newest->isEmpty())
        co_return Result<void>();
    const auto live = co_await m_watch.untilLive(*found, newest->constFirst().id, progress);
    if (!live)
        co_return Result<void>(tl::unexpect, live.error());
    co_return Result<void>();
}

Task<void> Lifecycle::resume(QString app, Progress progress)
{
    const auto config = co_await m_lookup.config(app);
    if (!config)
        co_return Result<void>(tl::unexpect, config.error());
    const auto formation = co_await m_lookup.formation(app);
    if (!formation)
        co_return Result<void>(tl::unexpect, formation.error());
    QList<Formation> wanted = formationFromText(config->value(kSuspendedKey));
    wanted.removeIf([&formation](const Formation &one) { // a type that a later release has not cannot be scaled
        return std::none_of(formation->cbegin(), formation->cend(),
                            [&one](const Formation &there) { return there.type == one.type; });
    });
    const bool running = !formationText(*formation).isEmpty();
    if (wanted.isEmpty() && !running && !formation->isEmpty())
        wanted.append(Formation{u"web"_s, 1, {}});
    if (!running) {
        const auto scaled = co_await m_lookup.scale(app, wanted);
        if (!scaled)
            co_return scaled;
    }
    if (config->value(kSuspendedKey).endsWith(kMaintenance)) {
        const auto taken = co_await setMaintenance(app, false);
        if (!taken)
            co_return taken;
    }
    if (config->contains(kSuspendedKey)) {
        const QJsonObject patch{{QString(kSuspendedKey), QJsonValue()}};
        const auto unmarked = co_await m_lookup.patchConfig(app, patch);
        if (!unmarked)
            co_return unmarked;
    }
    Result<void> up = co_await untilCurrentIsUp(app, progress);
    co_return up;
}

Task<void> Lifecycle::restart(QString app, Progress progress)
{
    const auto stopped =
        co_await m_api.remove(u"/apps/"_s + segment(app) + u"/dynos"_s, Phrases::tr("restart %1").arg(app));
    if (!stopped)
        co_return stopped;
    Result<void> up = co_await untilCurrentIsUp(app, progress);
    co_return up;
}

Task<void> Lifecycle::scale(QString app, QMap<QString, int> quantities)
{
    const auto formation = co_await m_lookup.formation(app);
    if (!formation)
        co_return Result<void>(tl::unexpect, formation.error());
    QStringList types;
    for (const Formation &one : *formation)
        types.append(one.type);
    QList<Formation> wanted;
    for (auto one = quantities.cbegin(); one != quantities.cend(); ++one) {
        if (!types.contains(one.key())) {
            const Error unknown(Error::Kind::NotFound, Phrases::tr("%1 has no process “%2”.").arg(app, one.key()),
                                Phrases::tr("It has: %1.").arg(types.join(u", "_s)));
            co_return Result<void>(tl::unexpect, unknown);
        }
        wanted.append(Formation{one.key(), one.value(), {}});
    }
    const auto scaled = co_await m_lookup.scale(app, wanted);
    if (!scaled)
        co_return scaled;
    const Progress quiet;
    Result<void> up = co_await untilCurrentIsUp(app, quiet);
    co_return up;
}

Task<void> Lifecycle::shutDown(QString app)
{
    Result<void> gone = co_await m_api.remove(u"/apps/"_s + segment(app), Phrases::tr("shut %1 down").arg(app));
    co_return gone;
}

Task<void> Lifecycle::patchConfig(QString app, ConfigValues set, QStringList unset, Progress progress)
{
    QJsonObject patch;
    for (auto value = set.cbegin(); value != set.cend(); ++value)
        patch.insert(value.key(), value.value());
    for (const QString &key : unset)
        patch.insert(key, QJsonValue());
    const auto patched = co_await m_lookup.patchConfig(app, patch);
    if (!patched)
        co_return patched;
    Result<void> up = co_await untilCurrentIsUp(app, progress);
    co_return up;
}

} // namespace Slipway::Heroku
