// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/heroku/databasecopy.h"
#include "providers/heroku/lookup.h"
#include "providers/provider.h"

namespace Slipway::Heroku {

/// Makes an app from another one: stack, region, team, buildpacks, features, add-ons with their plans, config. The code
/// comes with the first deploy, and the processes with the code (finish()). Domains, certificates, drains, webhooks and
/// scheduled jobs are not copied: they belong to one app or cannot be read. Every step looks first whether it is done,
/// so that a call repeated with the same ticket carries on. Account's thread.
class Cloner
{
public:
    explicit Cloner(HerokuApi &api);

    /// `pipeline` is an id. A failure removes the half-made app again, add-ons included, and says so if it could not.
    Task<void> clone(Ticket ticket, CloneSpec spec, Progress progress);
    Task<CloneOffer> offer(QString from);
    /// After the first code: as many process types as the original runs, one of each, of its size.
    /// Of an app that has had code before nothing is changed, unless by the operation that cloned it, which tries
    /// again.
    Task<void> finish(App app, QString ticket);

private:
    struct Making
    {
        Ticket ticket;
        CloneSpec spec;
        App source;
        App app;
        QString mark; ///< value of kClonedFromKey
        QList<Addon> originals; ///< add-ons of the source, its own and those it shares
        Progress progress;
    };

    Task<void> makeAll(Making making);
    Task<App> makeApp(Making making);
    Task<App> existing(Making making);
    Task<bool> isUntouched(App app);
    Task<void> markIt(Making making);
    Task<void> copyBuildpacks(Making making);
    Task<void> copyFeatures(Making making);
    Task<void> copyAddons(Making making);
    Task<void> addAddon(Making making, Addon original, QString attachment);
    Task<void> untilProvisioned(QString app);
    Task<void> copyConfig(Making making);
    Task<void> copyData(Making making);
    static void tell(const Making &making, const QString &text);
    Task<void> couple(Making making);
    Task<void> removeAgain(App app, Error why);

    HerokuApi &m_api;
    Lookup m_lookup;
    DatabaseCopy m_databases;
};

/// Config of a clone: without what add-ons set, without Slipway's and Heroku's own keys, the original's address turned
/// into the clone's. Values that hold a database address of the original are left out: a dev environment must not write
/// there.
/// `leftOut` gets their keys, when it is given.
ConfigValues configForClone(const ConfigValues &original, const QList<Addon> &addons, const App &source,
                            const App &clone, QStringList *leftOut = nullptr);

} // namespace Slipway::Heroku
