// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/heroku/lookup.h"
#include "providers/heroku/sources.h"

#include <QHash>

namespace Slipway::Heroku {

/// Apps that Heroku makes for a branch by the recipe in its app.json. Account's thread.
class ReviewApps
{
public:
    explicit ReviewApps(HerokuApi &api);

    /// Makes one and waits until it is there; answers the app's name. One for the same branch that is being made, or is
    /// there, is not made again. Failed says in which phase it failed.
    Task<QString> create(ReviewSpec spec, Progress progress);
    Task<QList<ReviewApp>> all(QString pipeline);
    /// Whether `environment` (an app's name, or what an unborn one is called) was a review app, which is then deleted.
    Task<bool> remove(QString pipeline, QString environment);
    /// Why it could not be made, in words; what the service says of it when the set-up cannot be read.
    Task<QString> failure(ReviewApp review);

    /// When Heroku deletes them by itself, a sentence; empty: it does not. Asked once of each pipeline.
    Task<QString> end(QString pipeline);

    static QString nameOf(const ReviewApp &review); ///< until it has an app: "pr-12" or the branch

private:
    Task<std::optional<ReviewApp>> find(ReviewSpec spec);
    Task<ReviewApp> start(ReviewSpec spec, Progress progress);
    Task<ReviewApp> follow(ReviewApp review, Progress progress);

    HerokuApi &m_api;
    Lookup m_lookup;
    Sources m_sources;
    QHash<QString, QString> m_ends; ///< by pipeline
};

/// The phase in which an app-setup failed and what it said, as a sentence.
QString setupFailure(const QJsonObject &setup);

} // namespace Slipway::Heroku
