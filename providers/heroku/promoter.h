// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/heroku/releasewatch.h"

namespace Slipway::Heroku {

struct Promotion
{
    QString pipeline; ///< id
    QString from; ///< name of an app
    App to;
    QString artifact; ///< slug that the source is expected to run
};

/// Releases what exists already: another app's slug, or an earlier release. Account's thread.
class Promoter
{
public:
    explicit Promoter(HerokuApi &api);

    /// Id of the target's release, perhaps still in its release phase. A target whose newest release is that artifact
    /// already is not released again: that is how a repeated call finds its own effect. Conflict: the source runs
    /// something else by now; Unsupported: a container, which Heroku cannot promote.
    Task<QString> promote(Promotion promotion, Progress progress);
    /// Releases an earlier release again, with its config or without. Likewise not twice.
    Task<QString> rollBack(App app, int release, bool withConfig);

private:
    Task<QString> send(Promotion promotion, QJsonObject body, Progress progress);
    Task<QString> untilReleased(QString id, App target, Progress progress);
    Task<QString> untilSeen(App target, QString slug);
    Task<QString> released(App app, QString slug, QString description);

    HerokuApi &m_api;
    Lookup m_lookup;
};

} // namespace Slipway::Heroku
