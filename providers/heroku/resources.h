// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QStringList>
#include <QUrl>

#include <optional>

/// What Heroku's API answers, as far as Slipway uses it (source: the published schema, version 3). Values.
namespace Slipway::Heroku {

struct App
{
    QString id;
    QString name;
    bool maintenance = false;
    QString stack; ///< "heroku-24", "container"
    QString buildStack; ///< of the next build
    QString buildpack; ///< what the code was recognised as: "Node.js"; empty before the first build
    QString region;
    QString team; ///< name; empty: a person's own
    QString space;
    QUrl address;
    QDateTime createdAt;
    static Result<App> from(const QJsonObject &json);
    bool isContainer() const { return stack == QLatin1String("container"); }
};

/// An app's place in a pipeline.
struct Coupling
{
    QString id;
    QString app;
    QString pipeline;
    QString stage; ///< "test", "review", "development", "staging", "production"
    static Result<Coupling> from(const QJsonObject &json);
};

struct AppRelease
{
    QString id;
    int version = 0;
    QString app; ///< id
    QString description;
    QString status; ///< "pending", "succeeded", "failed", "expired"
    bool current = false;
    QString slug; ///< id; empty before the first code
    QString by;
    QDateTime at;
    QUrl output; ///< of its release phase; empty: it has none
    static Result<AppRelease> from(const QJsonObject &json);
    bool isPending() const { return status == QLatin1String("pending"); }
    bool hasFailed() const { return status == QLatin1String("failed"); }
};

struct Slug
{
    QString id;
    QString commit; ///< full SHA, as whoever built it said; may be empty
    QString description; ///< of the commit
    static Result<Slug> from(const QJsonObject &json);
};

struct Build
{
    QString id;
    QString app; ///< id
    QString status; ///< "pending", "succeeded", "failed"
    QUrl output;
    QString version; ///< of the source, as whoever built it said
    QString description; ///< likewise
    QString slug;
    QString release;
    QDateTime at;
    static Result<Build> from(const QJsonObject &json);
    bool isPending() const { return status == QLatin1String("pending"); }
};

struct Dyno
{
    QString name; ///< "web.1"
    QString type;
    QString state; ///< "up", "starting", "crashed", "idle", "down"
    QString size;
    int release = 0; ///< version
    static Result<Dyno> from(const QJsonObject &json);
    bool isOneOff() const
    {
        return type == QLatin1String("run") || type == QLatin1String("release") || type == QLatin1String("scheduler");
    }
};

struct Formation
{
    QString type;
    int quantity = 0;
    QString size;
    static Result<Formation> from(const QJsonObject &json);
};

struct Addon
{
    QString id;
    QString name; ///< unique at Heroku
    QString app; ///< id of the app that owns it
    QString plan; ///< "heroku-postgresql:essential-0"
    QString service; ///< "heroku-postgresql"
    QString state; ///< "provisioning", "provisioned", "deprovisioned"
    QStringList configKeys;
    std::optional<int> centsPerMonth;

    /// Its own, and neither shared by another app nor on its way out.
    bool isOwnedBy(const App &owner) const
    {
        return app == owner.id && !state.startsWith(QLatin1String("deprovision"));
    }
    static Result<Addon> from(const QJsonObject &json);
};

struct Attachment
{
    QString name; ///< "DATABASE": gives DATABASE_URL
    QString app; ///< id of the app it gives it to
    QString addon; ///< id
    static Result<Attachment> from(const QJsonObject &json);
};

struct ReviewApp
{
    QString id;
    QString app; ///< id; empty until its set-up made it
    QString setup; ///< id
    QString branch;
    std::optional<int> number; ///< of the pull request
    QString status; ///< "pending", "creating", "created", "deleting", "deleted", "errored"
    QString message;
    QDateTime at;
    static Result<ReviewApp> from(const QJsonObject &json);
};

struct PromotionTarget
{
    QString app; ///< id
    QString release; ///< id; empty until there is one
    QString status; ///< "pending", "succeeded", "failed"
    QString message;
    static Result<PromotionTarget> from(const QJsonObject &json);
};

/// Each entry of a list, or the first problem.
template<typename T> Result<QList<T>> allFrom(const QJsonArray &array)
{
    QList<T> all;
    all.reserve(array.size());
    for (const auto &entry : array) {
        const Result<T> one = T::from(entry.toObject());
        if (!one)
            return tl::unexpected(one.error());
        all.append(*one);
    }
    return all;
}

} // namespace Slipway::Heroku
