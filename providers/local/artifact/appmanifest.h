// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"

#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>

namespace Slipway {

/// One data store of an application, as slipway.json declares it.
struct DataRecipe
{
    enum class Kind { Path, Sqlite, Command };
    Kind kind = Kind::Path;
    QString path; ///< relative to the environment's data directory; empty for Command
    QString command; ///< Command: copies the store; sees SOURCE_DATA and TARGET_DATA
    QString seed; ///< file or folder in the repository; for Command a command that fills TARGET_DATA; empty: none
    QString variable; ///< environment variable that names the absolute path to the processes; empty: none
    bool copy = true; ///< false: left out when data is copied (caches)
    friend bool operator==(const DataRecipe &, const DataRecipe &) = default;
};

/// A variable that app.json declares.
struct DeclaredVariable
{
    QString name;
    QString value; ///< default, when hasDefault
    bool hasDefault = false; ///< an empty text is a default too
    bool required = true; ///< without a value a deploy must not start
    bool secret = false; ///< "generator": "secret": make one for each environment
    QString description;
    friend bool operator==(const DeclaredVariable &, const DeclaredVariable &) = default;
};

/// What an application says about itself in app.json (Heroku's) and slipway.json; both may be absent.
/// Where both speak, slipway.json wins.
struct AppManifest
{
    QString name; ///< app.json "name"; may be empty
    std::optional<QString> build; ///< slipway.json's build command, instead of the usual one; empty means "no build"
    QString postBuild; ///< app.json's scripts.build or scripts.heroku-postbuild: run after the usual build
    QString health; ///< path of the health check, starts with '/'; empty: none declared
    int healthTimeout = 60; ///< seconds a new release may take to get healthy
    QList<DataRecipe> data;
    QString scrub; ///< run on a copy of data before the application starts (anonymise); sees TARGET_DATA
    QStringList writable; ///< paths in the release that processes may write to
    QMap<QString, QStringList> after; ///< process type -> types that must be ready before it starts
    QList<DeclaredVariable> env;
    QMap<QString, int> formation; ///< process type -> how many
    QString postdeploy; ///< run once after the first deploy of a cloned environment
    QString preDestroy; ///< run before an environment is shut down
    QJsonObject policy; ///< checks; read by app/
    QJsonValue rules; ///< automation; read by app/

    /// Reads DIRECTORY/slipway.json and app.json. Invalid names file, line and key, and says what is right.
    static Result<AppManifest> read(const QString &directory);
    /// Defaults of `env`, with secrets made up freshly.
    QMap<QString, QString> defaults() const;
    /// Required variables that neither have a default nor are in `config`.
    QStringList missing(const QMap<QString, QString> &config) const;
    /// Variable -> absolute path below `dataDirectory`, for the recipes that name a variable.
    QMap<QString, QString> dataVariables(const QString &dataDirectory) const;
};

} // namespace Slipway
