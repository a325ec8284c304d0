// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/local/artifact/buildrecipe.h"

#include "providers/machine/childprocess.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>
#include <QSysInfo>

using namespace Qt::StringLiterals;

namespace Slipway {
namespace {

constexpr int kKeptLines = 30;

/// Nothing but comments asks for nothing.
bool hasContent(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return false;
    while (!file.atEnd()) {
        const QByteArray line = file.readLine().trimmed();
        if (!line.isEmpty() && !line.startsWith('#'))
            return true;
    }
    return false;
}

/// As Heroku does: heroku-postbuild, else build.
QString nodeScript(const QDir &directory, const QString &tool)
{
    QFile file(directory.filePath(u"package.json"_s));
    const QJsonObject scripts = file.open(QIODevice::ReadOnly)
        ? QJsonDocument::fromJson(file.readAll()).object().value("scripts"_L1).toObject()
        : QJsonObject();
    for (const QString &script : {u"heroku-postbuild"_s, u"build"_s}) {
        if (scripts.contains(script))
            return u" && %1 run %2"_s.arg(tool, script);
    }
    return {};
}

QString nodeBuild(const QDir &directory, QStringList &reasons)
{
    struct Tool
    {
        QString lock, name, install;
    };
    static const Tool tools[] = {
        {u"package-lock.json"_s, u"npm"_s, u"npm ci --no-audit --no-fund"_s},
        {u"npm-shrinkwrap.json"_s, u"npm"_s, u"npm ci --no-audit --no-fund"_s},
        {u"pnpm-lock.yaml"_s, u"pnpm"_s, u"pnpm install --frozen-lockfile"_s},
        {u"yarn.lock"_s, u"yarn"_s, u"yarn install --frozen-lockfile"_s},
    };
    for (const Tool &tool : tools) {
        if (!directory.exists(tool.lock) || !directory.exists(u"package.json"_s))
            continue;
        reasons << tool.lock;
        return tool.install + nodeScript(directory, tool.name);
    }
    return {};
}

QString usualBuild(const QDir &directory, QStringList &reasons)
{
    QStringList commands;
    if (hasContent(directory.filePath(u"requirements.txt"_s))) {
        reasons << u"requirements.txt"_s;
        commands << u"python3 -m venv .venv"_s
                 << u".venv/bin/python -m pip install --no-compile --disable-pip-version-check -r requirements.txt"_s;
    }
    if (directory.exists(u"Gemfile.lock"_s)) {
        reasons << u"Gemfile.lock"_s;
        commands << u"bundle config set --local path vendor/bundle"_s << u"bundle install"_s;
    }
    if (const QString node = nodeBuild(directory, reasons); !node.isEmpty())
        commands << node;
    return commands.join(u" && "_s);
}

/// A tool of another size or date is another tool: builds are not shared between them.
QByteArray toolchain()
{
    QByteArray text = QSysInfo::buildAbi().toUtf8();
    const QStringList path = loginPath().split(u':', Qt::SkipEmptyParts);
    for (const QString &tool : {u"cc"_s, u"c++"_s, u"make"_s, u"node"_s, u"npm"_s, u"python3"_s, u"ruby"_s, u"go"_s,
                                u"cargo"_s, u"java"_s, u"php"_s}) {
        const QFileInfo info(QFileInfo(QStandardPaths::findExecutable(tool, path)).canonicalFilePath());
        if (info.exists())
            text += u"\n%1 %2 %3"_s.arg(info.filePath())
                        .arg(info.size())
                        .arg(info.lastModified().toSecsSinceEpoch())
                        .toUtf8();
    }
    return text;
}

QString fingerprintOf(const QString &command, const QMap<QString, QString> &variables)
{
    if (command.isEmpty())
        return u"none"_s; // what is not built is the same everywhere
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(command.toUtf8());
    hash.addData(toolchain());
    for (auto it = variables.cbegin(); it != variables.cend(); ++it)
        hash.addData((u'\n' + it.key() + u'=' + it.value()).toUtf8());
    return QString::fromLatin1(hash.result().toHex());
}

QMap<QString, QString> buildEnvironment(const QString &cache, const QMap<QString, QString> &variables)
{
    QMap<QString, QString> all = cleanEnvironment();
    all.insert(variables);
    all.insert({{u"SLIPWAY_CACHE_DIR"_s, cache},
                {u"npm_config_cache"_s, cache + u"/npm"_s},
                {u"npm_config_update_notifier"_s, u"false"_s},
                {u"YARN_CACHE_FOLDER"_s, cache + u"/yarn"_s},
                {u"PIP_CACHE_DIR"_s, cache + u"/pip"_s},
                {u"XDG_CACHE_HOME"_s, cache},
                {u"PYTHONUNBUFFERED"_s, u"1"_s},
                {u"PYTHONDONTWRITEBYTECODE"_s, u"1"_s}, // it would hold times, and builds differ by them
                {u"SOURCE_DATE_EPOCH"_s, u"315532800"_s},
                {u"GIT_TERMINAL_PROMPT"_s, u"0"_s},
                // The application's tools must not take a repository around our folders for its own.
                {u"GIT_CEILING_DIRECTORIES"_s, QFileInfo(cache).path()}});
    return all;
}

} // namespace

BuildRecipe chooseBuild(const QString &directory, const AppManifest &manifest, const QMap<QString, QString> &variables)
{
    BuildRecipe recipe;
    QStringList reasons;
    if (manifest.build) {
        recipe.command = *manifest.build;
        reasons << u"slipway.json"_s;
    } else {
        recipe.command = usualBuild(QDir(directory), reasons);
        if (!manifest.postBuild.isEmpty()) {
            recipe.command += (recipe.command.isEmpty() ? QString() : u" && "_s) + manifest.postBuild;
            reasons << u"app.json"_s;
        }
    }
    recipe.reason = reasons.join(u", "_s);
    recipe.fingerprint = fingerprintOf(recipe.command, variables);
    return recipe;
}

Result<void> runBuild(const BuildRecipe &recipe, const QString &directory, const QString &cache,
                      const QMap<QString, QString> &variables, const LineSink &log, const Cancel &cancel)
{
    QStringList last;
    bool full = false;
    const LineSink keep = [&](const QString &line, bool isError) {
        last << line;
        if (last.size() > kKeptLines)
            last.removeFirst();
        full = full || line.contains("No space left on device"_L1) || line.contains("ENOSPC"_L1);
        if (log)
            log(line, isError);
    };
    QDir().mkpath(cache);
    ChildSpec spec;
    spec.program = u"/bin/sh"_s;
    spec.arguments = {u"-c"_s, recipe.command};
    spec.directory = directory;
    spec.environment = buildEnvironment(cache, variables);
    spec.nice = true;
    spec.guarded = true;
    const auto child = runChild(spec, cancel, keep);
    if (!child && child.error().kind() == Error::Kind::Cancelled)
        return fail(Error::Kind::Cancelled, u"The build was cancelled."_s);
    if (!child)
        return tl::unexpected(child.error());
    if (child->ok())
        return {};
    if (full)
        return fail(Error::Kind::NoSpace, u"The build stopped: no space is left on the disk."_s,
                    u"Make room on the disk and deploy again."_s, last.join(u'\n'));
    return fail(
        Error::Kind::Failed, u"The build command \"%1\" failed (status %2)."_s.arg(recipe.command).arg(child->status),
        u"Mend what the last lines of the build log complain about, commit it and deploy again."_s, last.join(u'\n'));
}

} // namespace Slipway
