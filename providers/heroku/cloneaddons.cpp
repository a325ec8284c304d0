// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/heroku/cloner.h"

#include "providers/heroku/phrases.h"

#include <algorithm>

// The part of Cloner that makes add-ons of the same plans, and the config that goes with them.
namespace Slipway::Heroku {

using namespace Qt::StringLiterals;

namespace {

QString priceOf(const Addon &addon)
{
    if (!addon.centsPerMonth)
        return {};
    if (*addon.centsPerMonth == 0)
        return Phrases::tr("free");
    return Phrases::tr("$%1 a month").arg(*addon.centsPerMonth / 100.0, 0, 'f', 2);
}

/// Whether a value leads into a database or another service of the original: it holds what an add-on set there.
bool leadsToOriginal(const QString &value, const ConfigValues &original, const QStringList &addonKeys)
{
    return std::any_of(addonKeys.cbegin(), addonKeys.cend(), [&](const QString &key) {
        const QString set = original.value(key);
        return set.size() > 8 && value.contains(set); // short ones ("true", "6379") say nothing
    });
}

} // namespace

ConfigValues configForClone(const ConfigValues &original, const QList<Addon> &addons, const App &source,
                            const App &clone, QStringList *leftOut)
{
    QStringList addonKeys;
    for (const Addon &addon : addons)
        addonKeys += addon.configKeys;
    const QString host = source.address.host();
    const QString ownHost = clone.address.host();
    ConfigValues values;
    for (auto value = original.cbegin(); value != original.cend(); ++value) {
        const QString &key = value.key();
        if (addonKeys.contains(key) || key.startsWith(kOwnPrefix) || key.startsWith(u"HEROKU_"_s))
            continue;
        if (leadsToOriginal(value.value(), original, addonKeys)) {
            if (leftOut)
                leftOut->append(key);
            continue;
        }
        QString text = value.value();
        if (!host.isEmpty() && !ownHost.isEmpty())
            text.replace(host, ownHost);
        values.insert(key, text);
    }
    return values;
}

Task<CloneOffer> Cloner::offer(QString from)
{
    const auto source = co_await m_lookup.app(from);
    if (!source)
        co_return Result<CloneOffer>(tl::unexpect, source.error());
    const auto addons = co_await m_lookup.addons(source->id);
    if (!addons)
        co_return Result<CloneOffer>(tl::unexpect, addons.error());
    const auto config = co_await m_lookup.config(source->name);
    if (!config)
        co_return Result<CloneOffer>(tl::unexpect, config.error());
    CloneOffer offer;
    for (const Addon &addon : *addons) {
        if (!addon.state.startsWith(u"deprovision"))
            offer.addons.append({addon.plan, priceOf(addon), !addon.isOwnedBy(*source)});
    }
    App clone;
    clone.address = QUrl(u"https://clone.invalid/"_s);
    QStringList leftOut;
    const ConfigValues copied = configForClone(*config, *addons, *source, clone, &leftOut);
    offer.leftOut = leftOut;
    for (auto value = copied.cbegin(); value != copied.cend(); ++value) {
        if (value.value() != config->value(value.key()))
            offer.rewritten.append(value.key());
    }
    offer.notCopied =
        QStringList{Phrases::tr("Its own domains and certificates: the clone gets an address of its own."),
                    Phrases::tr("Log drains, webhooks, autoscaling and scheduled jobs."),
                    Phrases::tr("More than one process of a type: the clone runs one of each.")};
    co_return Result<CloneOffer>(offer);
}

Task<void> Cloner::addAddon(Making making, Addon original, QString attachment)
{
    Call call;
    call.method = "POST";
    call.path = u"/apps/"_s + segment(making.app.id) + u"/addons"_s;
    call.what = Phrases::tr("add %1 to %2").arg(original.plan, making.app.name);
    call.body = QJsonObject{{u"plan"_s, original.plan}};
    if (!attachment.isEmpty())
        call.body.insert(u"attachment"_s, QJsonObject{{u"name"_s, attachment}});
    const auto added = co_await m_api.send(call);
    if (added)
        co_return Result<void>();
    if (mayHaveHappened(added.error())) {
        const auto now = co_await m_lookup.addons(making.app.id);
        const auto isIt = [&original](const Addon &one) { return one.plan == original.plan; };
        if (now && std::any_of(now->cbegin(), now->cend(), isIt))
            co_return Result<void>();
    }
    co_return Result<void>(tl::unexpect, added.error());
}

Task<void> Cloner::untilProvisioned(QString app)
{
    while (true) {
        const auto addons = co_await m_lookup.addons(app);
        if (!addons)
            co_return Result<void>(tl::unexpect, addons.error());
        QString waiting;
        for (const Addon &addon : *addons) {
            if (addon.state == u"provisioning")
                waiting = addon.name;
            if (addon.state.startsWith(u"deprovision")) {
                const Error failed(Error::Kind::Failed,
                                   Phrases::tr("The add-on %1 (%2) could not be made.").arg(addon.name, addon.plan),
                                   Phrases::tr("See status.heroku.com, or clone without it."));
                co_return Result<void>(tl::unexpect, failed);
            }
        }
        if (waiting.isEmpty())
            co_return Result<void>();
        const auto waited = co_await m_api.pause();
        if (!waited)
            co_return Result<void>(tl::unexpect, waited.error());
    }
}

Task<void> Cloner::copyAddons(Making making)
{
    const auto found = co_await m_lookup.addons(making.app.id);
    if (!found)
        co_return Result<void>(tl::unexpect, found.error());
    Call call;
    call.path = u"/apps/"_s + segment(making.source.id) + u"/addon-attachments"_s;
    call.what = Phrases::tr("read the add-ons of %1").arg(making.source.name);
    const auto listed = co_await m_api.list(call);
    if (!listed)
        co_return Result<void>(tl::unexpect, listed.error());
    const auto attachments = allFrom<Attachment>(*listed);
    if (!attachments)
        co_return Result<void>(tl::unexpect, attachments.error());
    QStringList there; ///< plans that the clone has already, each for one original
    for (const Addon &addon : *found)
        there.append(addon.plan);
    for (const Addon &original : making.originals) {
        if (!original.isOwnedBy(making.source) || there.removeOne(original.plan))
            continue; // one that belongs to another app stays there: a dev environment must not write into it
        const QString plan = making.spec.plans.value(original.plan, original.plan);
        if (plan.isEmpty() || (plan != original.plan && there.removeOne(plan)))
            continue; // by choice without it, or made already
        Addon wanted = original;
        wanted.plan = plan;
        QString name;
        for (const Attachment &attachment : *attachments) {
            if (attachment.addon == original.id && attachment.app == making.source.id && name.isEmpty())
                name = attachment.name;
        }
        const auto added = co_await addAddon(making, wanted, name);
        if (!added)
            co_return added;
    }
    Result<void> ready = co_await untilProvisioned(making.app.id);
    co_return ready;
}

/// Databases are paired by their plans, in order: the clone's were made from the original's.
Task<void> Cloner::copyData(Making making)
{
    if (making.spec.data != DataChoice::Copy)
        co_return Result<void>();
    const auto found = co_await m_lookup.addons(making.app.id);
    if (!found)
        co_return Result<void>(tl::unexpect, found.error());
    QList<Addon> targets = *found;
    for (const Addon &original : making.originals) {
        if (!original.isOwnedBy(making.source) || !DatabaseCopy::isPostgres(original))
            continue;
        const auto same = [&](const Addon &one) {
            return one.isOwnedBy(making.app) && one.plan == making.spec.plans.value(original.plan, original.plan);
        };
        const auto target = std::find_if(targets.begin(), targets.end(), same);
        if (target == targets.end())
            continue;
        const DatabasePair pair{making.source, making.app, original, *target, {}};
        targets.erase(target);
        const auto copied = co_await m_databases.copy(pair, making.progress);
        if (!copied)
            co_return copied;
    }
    co_return Result<void>();
}

} // namespace Slipway::Heroku
