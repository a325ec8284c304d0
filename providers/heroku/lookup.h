// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/heroku/herokuapi.h"
#include "providers/heroku/marks.h"
#include "providers/heroku/resources.h"

namespace Slipway::Heroku {

/// Single questions about one app, typed. `app` is an id or a name throughout. Account's thread.
class Lookup
{
public:
    explicit Lookup(HerokuApi &api)
        : m_api(api)
    { }

    Task<App> app(QString name);
    Task<QList<AppRelease>> releases(QString app, int most); ///< newest first
    Task<AppRelease> release(QString app, QString idOrVersion);
    /// The one that serves; nullopt before the first.
    Task<std::optional<AppRelease>> currentRelease(QString app);
    Task<QList<Build>> builds(QString app, int most); ///< newest first
    Task<Build> build(QString app, QString id);
    Task<QList<Dyno>> dynos(QString app);
    Task<QList<Formation>> formation(QString app);
    Task<QList<Addon>> addons(QString app); ///< its own, and those of other apps that it shares
    Task<ConfigValues> config(QString app);
    /// null unsets. Answers nothing; Heroku makes one release of all of it.
    Task<void> patchConfig(QString app, QJsonObject patch);
    Task<void> scale(QString app, QList<Formation> wanted);

private:
    HerokuApi &m_api;
};

} // namespace Slipway::Heroku
