// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/heroku/releasewatch.h"

namespace Slipway::Heroku {

/// Suspends, resumes and restarts apps. Everything in it may be repeated: quantities are absolute. Account's thread.
class Lifecycle
{
public:
    explicit Lifecycle(HerokuApi &api);

    /// Scales to none, with `maintenance` behind Heroku's page that says so. What ran, and that, is remembered in the
    /// app's config, where every desktop of the team finds it.
    Task<void> suspend(QString app, bool maintenance);
    /// Scales to what was remembered, else to one `web`, and waits until it is up; takes the page away that suspend()
    /// put there.
    Task<void> resume(QString app, Progress progress);
    Task<void> restart(QString app, Progress progress);
    /// NotFound names a type that the app has not.
    Task<void> scale(QString app, QMap<QString, int> quantities);
    Task<void> shutDown(QString app);
    Task<void> patchConfig(QString app, ConfigValues set, QStringList unset, Progress progress);

    Task<void> setMaintenance(QString app, bool on);

private:
    Task<void> untilCurrentIsUp(QString app, Progress progress);

    HerokuApi &m_api;
    Lookup m_lookup;
    ReleaseWatch m_watch;
};

/// "web=2:standard-1x worker=1:standard-1x" and back; what cannot be read is left out.
QString formationText(const QList<Formation> &formation);
QList<Formation> formationFromText(const QString &text);

} // namespace Slipway::Heroku
