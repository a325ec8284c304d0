// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/local/artifact/appmanifest.h"

#include "models/domain/manifestreader.h"

#include <QDir>
#include <QJsonArray>
#include <QRandomGenerator>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Slipway {
namespace {

QString makeSecret()
{
    QByteArray bytes(32, '\0');
    QRandomGenerator *source = QRandomGenerator::system();
    for (char &byte : bytes)
        byte = static_cast<char>(source->bounded(256));
    return QString::fromLatin1(bytes.toHex());
}

bool isVariableName(const QString &name)
{
    static const QRegularExpression pattern(u"^[A-Za-z_][A-Za-z0-9_]*$"_s);
    return pattern.match(name).hasMatch();
}

void readVariable(ManifestReader &file, const QString &name, AppManifest &manifest)
{
    const QStringList path{u"env"_s, name};
    const QJsonValue value = file.at(path);
    DeclaredVariable variable;
    variable.name = name;
    if (!isVariableName(name))
        file.complain(path, u"is no name of a variable; use letters, digits and _"_s);
    if (value.isString()) {
        variable.value = value.toString();
        variable.hasDefault = true;
    } else if (value.isObject()) {
        const QJsonValue given = file.at(path + QStringList{u"value"_s});
        if (given.isArray() || given.isObject())
            file.complain(path + QStringList{u"value"_s}, u"must be a string"_s);
        variable.value = given.toVariant().toString(); // numbers and true are common slips, and plain enough
        variable.hasDefault = !given.isUndefined() && !given.isNull();
        variable.required = file.flag(path + QStringList{u"required"_s}, true);
        variable.description = value["description"_L1].toString();
        const QStringList generator = path + QStringList{u"generator"_s};
        variable.secret = file.text(generator, u"\"secret\""_s) == "secret"_L1;
        if (file.has(generator) && !variable.secret)
            file.complain(generator, u"must be \"secret\", the only generator there is"_s);
    } else {
        file.complain(path, u"must be a string or an object with \"value\", \"required\" or \"generator\""_s);
    }
    manifest.env << variable;
}

/// app.json holds much that is for others: keys we do not know are theirs.
void readAppJson(ManifestReader &file, AppManifest &manifest)
{
    manifest.name = file.text({u"name"_s}, u"a string"_s);
    const QStringList names = file.object({u"env"_s}, u"an object of variables"_s).keys();
    for (const QString &name : names)
        readVariable(file, name, manifest);
    file.object({u"scripts"_s}, u"an object of commands"_s);
    for (const QString &key : {u"build"_s, u"heroku-postbuild"_s}) {
        if (file.has({u"scripts"_s, key}))
            manifest.postBuild = file.text({u"scripts"_s, key}, u"a command"_s);
    }
    const QStringList postdeploy{u"scripts"_s, u"postdeploy"_s};
    manifest.postdeploy = file.at(postdeploy).isObject()
        ? file.text(postdeploy + QStringList{u"command"_s}, u"a command"_s)
        : file.text(postdeploy, u"a command"_s);
    manifest.preDestroy = file.text({u"scripts"_s, u"pr-predestroy"_s}, u"a command"_s);
    const QStringList types = file.object({u"formation"_s}, u"an object of process types"_s).keys();
    for (const QString &type : types) {
        file.object({u"formation"_s, type}, u"an object with \"quantity\""_s);
        manifest.formation.insert(type, file.number({u"formation"_s, type, u"quantity"_s}, 0, 32, 1));
    }
}

void readHealth(ManifestReader &file, AppManifest &manifest)
{
    const QString what = u"a path such as \"/up\", or an object with \"path\" and \"timeout\""_s;
    QStringList path{u"health"_s};
    if (!file.has(path))
        return;
    if (file.at(path).isObject()) {
        file.onlyKeys(path, {u"path"_s, u"timeout"_s});
        manifest.healthTimeout = file.number({u"health"_s, u"timeout"_s}, 1, 3600, manifest.healthTimeout);
        path << u"path"_s;
    }
    manifest.health = file.text(path, what);
    if (file.has(path) && (!manifest.health.startsWith(u'/') || manifest.health.contains(u' ')))
        file.complain(path, u"must be "_s + what);
}

void readRecipe(ManifestReader &file, const QStringList &path, AppManifest &manifest)
{
    static const QStringList kinds{u"path"_s, u"sqlite"_s, u"command"_s};
    file.object(path, u"an object with \"path\", \"sqlite\" or \"command\""_s);
    file.onlyKeys(path, kinds + QStringList{u"seed"_s, u"env"_s, u"copy"_s});
    QStringList given;
    for (const QString &kind : kinds) {
        if (file.has(path + QStringList{kind}))
            given << kind;
    }
    if (given.size() != 1) {
        file.complain(path, u"must have exactly one of \"path\", \"sqlite\" and \"command\""_s);
        return;
    }
    DataRecipe recipe;
    recipe.kind = static_cast<DataRecipe::Kind>(kinds.indexOf(given.first()));
    const bool isCommand = recipe.kind == DataRecipe::Kind::Command;
    const QStringList seed = path + QStringList{u"seed"_s};
    if (isCommand)
        recipe.command = file.text(path + QStringList{u"command"_s}, u"a command"_s);
    else
        recipe.path = file.relativePath(path + given, u"the data directory"_s);
    if (file.has(seed))
        recipe.seed = isCommand ? file.text(seed, u"a command"_s) : file.relativePath(seed, u"the repository"_s);
    recipe.variable = file.text(path + QStringList{u"env"_s}, u"the name of a variable"_s);
    if (!recipe.variable.isEmpty() && !isVariableName(recipe.variable))
        file.complain(path + QStringList{u"env"_s}, u"is no name of a variable; use letters, digits and _"_s);
    recipe.copy = file.flag(path + QStringList{u"copy"_s}, true);
    manifest.data << recipe;
}

void readSlipwayJson(ManifestReader &file, AppManifest &manifest)
{
    file.onlyKeys({},
                  {u"build"_s, u"health"_s, u"data"_s, u"scrub"_s, u"writable"_s, u"after"_s, u"policy"_s, u"rules"_s});
    if (file.at({u"build"_s}) == QJsonValue(false))
        manifest.build = QString();
    else if (file.has({u"build"_s}))
        manifest.build = file.text({u"build"_s}, u"a command, or false for no build"_s);
    readHealth(file, manifest);
    const qsizetype stores = file.array({u"data"_s}, u"a list of data stores"_s).size();
    for (qsizetype i = 0; i < stores; ++i)
        readRecipe(file, {u"data"_s, QString::number(i)}, manifest);
    manifest.scrub = file.text({u"scrub"_s}, u"a command"_s);
    const qsizetype folders = file.array({u"writable"_s}, u"a list of paths"_s).size();
    for (qsizetype i = 0; i < folders; ++i)
        manifest.writable << file.relativePath({u"writable"_s, QString::number(i)}, u"the application"_s);
    const QStringList types = file.object({u"after"_s}, u"an object of process types"_s).keys();
    for (const QString &type : types)
        manifest.after.insert(type, file.texts({u"after"_s, type}, u"a process type or a list of them"_s));
    manifest.policy = file.object({u"policy"_s}, u"an object of checks"_s);
    manifest.rules = file.at({u"rules"_s});
}

/// Two types that wait for each other would never start.
QString circle(const QMap<QString, QStringList> &after)
{
    for (auto it = after.cbegin(); it != after.cend(); ++it) {
        QStringList reached = it.value();
        for (qsizetype i = 0; i < reached.size(); ++i) {
            if (reached.at(i) == it.key())
                return it.key();
            const QStringList next = after.value(reached.at(i));
            for (const QString &type : next) {
                if (!reached.contains(type))
                    reached << type;
            }
        }
    }
    return {};
}

} // namespace

Result<AppManifest> AppManifest::read(const QString &directory)
{
    AppManifest manifest;
    if (auto app = ManifestReader::open(directory, u"app.json"_s)) {
        readAppJson(*app, manifest);
        if (app->error())
            return tl::unexpected(*app->error());
    }
    if (auto own = ManifestReader::open(directory, u"slipway.json"_s)) {
        readSlipwayJson(*own, manifest);
        if (const QString type = circle(manifest.after); !type.isEmpty())
            own->complain({u"after"_s, type}, u"waits for itself in the end; break the circle"_s);
        if (own->error())
            return tl::unexpected(*own->error());
    }
    return manifest;
}

QMap<QString, QString> AppManifest::defaults() const
{
    QMap<QString, QString> values;
    for (const DeclaredVariable &variable : env) {
        if (variable.secret)
            values.insert(variable.name, makeSecret());
        else if (variable.hasDefault)
            values.insert(variable.name, variable.value);
    }
    return values;
}

QStringList AppManifest::missing(const QMap<QString, QString> &config) const
{
    QStringList names;
    for (const DeclaredVariable &variable : env) {
        if (variable.required && !variable.secret && !variable.hasDefault && !config.contains(variable.name))
            names << variable.name;
    }
    return names;
}

QMap<QString, QString> AppManifest::dataVariables(const QString &dataDirectory) const
{
    QMap<QString, QString> values;
    for (const DataRecipe &recipe : data) {
        if (!recipe.variable.isEmpty())
            values.insert(recipe.variable, QDir(dataDirectory).filePath(recipe.path));
    }
    return values;
}

} // namespace Slipway
