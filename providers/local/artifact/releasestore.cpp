// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/local/artifact/releasestore.h"

#include "providers/local/artifact/buildrecipe.h"
#include "providers/machine/childprocess.h"
#include "providers/machine/filetree.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QUuid>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace Slipway {
namespace {

constexpr qsizetype kShort = 12; ///< hex digits of an id in a folder's name
constexpr int kFormat = 1;

QString identityOf(const QString &treeId, const QString &manifest)
{
    return u"tree:%1+sha256:%2"_s.arg(treeId, manifest);
}

/// "tree:AAAA+sha256:BBBB" -> the two; empty when it is something else.
std::pair<QString, QString> partsOf(const QString &identity)
{
    const QStringList parts = identity.split(u'+');
    if (parts.size() != 2 || !parts.at(0).startsWith("tree:"_L1) || !parts.at(1).startsWith("sha256:"_L1))
        return {};
    return {parts.at(0).mid(5), parts.at(1).mid(7)};
}

Artifact artifactOf(const QString &root, const QString &treeId, const QString &manifest)
{
    return {identityOf(treeId, manifest), treeId.left(7) + u" · "_s + manifest.left(7),
            QDir(root).absoluteFilePath(u"releases/%1-%2"_s.arg(treeId.left(kShort), manifest.left(kShort)))};
}

QJsonObject readJson(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

Error storageError(const QString &path, int error)
{
    if (error == ENOSPC || error == EDQUOT)
        return Error(Error::Kind::NoSpace, u"No space is left on the disk for the release %1."_s.arg(path),
                     u"Make room on the disk and deploy again."_s);
    return Error(Error::Kind::Storage,
                 u"The release %1 cannot be stored: %2."_s.arg(path, QString::fromUtf8(std::strerror(error))));
}

Result<void> writeJson(const QString &path, QJsonObject json)
{
    json.insert("format"_L1, kFormat);
    QSaveFile file(path);
    const QByteArray text = QJsonDocument(json).toJson();
    errno = 0;
    if (file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit())
        return {};
    return tl::unexpected(storageError(path, errno != 0 ? errno : EIO));
}

QString indexPath(const QString &root, const QString &treeId, const BuildRecipe &recipe)
{
    return u"%1/index/%2-%3.json"_s.arg(root, treeId, recipe.fingerprint.left(kShort));
}

/// Deletes what a build leaves when it does not become a release.
class Scratch
{
public:
    explicit Scratch(QString directory)
        : m_directory(std::move(directory))
    { }
    ~Scratch() { (void)deleteTree(m_directory); }
    Scratch(const Scratch &) = delete;
    Scratch &operator=(const Scratch &) = delete;

private:
    const QString m_directory;
};

/// Out of sight first: a half-deleted release must never be found.
Result<void> discard(const QString &root, const QString &directory)
{
    const QString trash = root + u"/scratch/trash-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces);
    const QByteArray from = QFile::encodeName(directory);
    ::chmod(from.constData(), 0700); // moving a folder writes to it
    QFile::remove(directory + u".json"_s);
    if (::rename(from.constData(), QFile::encodeName(trash).constData()) != 0 && errno != ENOENT)
        return tl::unexpected(storageError(directory, errno));
    return deleteTree(trash);
}

/// Moves a finished build to its place. Somebody else may have been first with the same bytes: theirs stays.
Result<void> settle(const Artifact &artifact, const QString &scratch)
{
    const QByteArray from = QFile::encodeName(scratch);
    const QByteArray to = QFile::encodeName(artifact.directory);
    ::chmod(from.constData(), 0700); // moving a folder writes to it
    if (::rename(from.constData(), to.constData()) != 0 && errno != EEXIST && errno != ENOTEMPTY)
        return tl::unexpected(storageError(artifact.directory, errno));
    ::chmod(to.constData(), 0555);
    return writeJson(artifact.directory + u".json"_s, {{"identity"_L1, artifact.identity}});
}

bool isOfLivingProcess(const QString &scratchName)
{
    QFile stat(u"/proc/%1/stat"_s.arg(scratchName.section(u'-', 0, 0)));
    if (!scratchName.front().isDigit() || !stat.open(QIODevice::ReadOnly))
        return false;
    // A process that was killed shows as a zombie until somebody has waited for it.
    const QByteArray text = stat.readAll();
    const QByteArray state = text.mid(text.lastIndexOf(')') + 2, 1);
    return state != "Z" && state != "X";
}

void dropDeadScratch(const QString &root)
{
    const QDir scratch(root + u"/scratch"_s);
    const QStringList entries =
        scratch.entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    for (const QString &entry : entries) {
        if (!isOfLivingProcess(entry))
            (void)deleteTree(scratch.filePath(entry));
    }
}

void dropDeadIndex(const QString &root)
{
    const QDir index(root + u"/index"_s);
    const QStringList entries = index.entryList({u"*.json"_s}, QDir::Files);
    for (const QString &entry : entries) {
        const auto [tree, manifest] = partsOf(readJson(index.filePath(entry)).value("identity"_L1).toString());
        if (!QFileInfo::exists(artifactOf(root, tree, manifest).directory + u".json"_s))
            QFile::remove(index.filePath(entry));
    }
}

} // namespace

Result<QString> ReleaseStore::scratchDirectory() const
{
    for (const QString &folder : {u"releases"_s, u"index"_s, u"cache"_s, u"scratch"_s}) {
        if (!QDir().mkpath(m_root + u'/' + folder))
            return tl::unexpected(storageError(m_root + u'/' + folder, errno));
    }
    return u"%1/scratch/%2-%3"_s.arg(QDir(m_root).absolutePath())
        .arg(QCoreApplication::applicationPid())
        .arg(QUuid::createUuid().toString(QUuid::WithoutBraces));
}

BuildRecipe ReleaseStore::recipe(const QString &directory, const AppManifest &manifest,
                                 const QMap<QString, QString> &variables) const
{
    return chooseBuild(directory, manifest, variables);
}

Result<Artifact> ReleaseStore::build(const Tree &tree, const AppManifest &manifest, const LineSink &log,
                                     const Cancel &cancel, const QMap<QString, QString> &variables) const
{
    const Scratch scratch(tree.directory);
    const auto say = [&log](const QString &line) {
        if (log)
            log(line, false);
    };
    const BuildRecipe chosen = recipe(tree.directory, manifest, variables);
    if (const auto known = reuse(tree.treeId, chosen)) {
        say(u"Built before from the same source: %1"_s.arg(known->label));
        return *known;
    }
    if (const auto ready = scratchDirectory(); !ready)
        return tl::unexpected(ready.error());
    if (chosen.command.isEmpty()) {
        say(u"Nothing to build: slipway.json names no build command, and no lock file calls for one."_s);
    } else {
        say(u"Building (%1): %2"_s.arg(chosen.reason, chosen.command));
        const QString cache = QDir(m_root).absoluteFilePath(u"cache"_s);
        if (const auto built = runBuild(chosen, tree.directory, cache, variables, log, cancel); !built)
            return tl::unexpected(built.error());
    }
    const auto leaving = makeRelocatable(tree.directory);
    if (!leaving)
        return tl::unexpected(leaving.error());
    for (const QString &link : *leaving) {
        if (!link.startsWith(".venv/bin/python"_L1)) // a Python environment always points at its Python
            say(u"Note: the link %1 leads out of the application; the artifact does not hold what it points to."_s.arg(
                link));
    }
    const auto hash = manifestHash(tree.directory, cancel);
    if (!hash)
        return tl::unexpected(hash.error());
    const Artifact artifact = artifactOf(m_root, tree.treeId, *hash);
    if (!find(artifact.identity)) {
        if (const auto closed = makeReadOnly(tree.directory); !closed)
            return tl::unexpected(closed.error());
        if (const auto settled = settle(artifact, tree.directory); !settled)
            return tl::unexpected(settled.error());
    }
    if (const auto noted = writeJson(indexPath(m_root, tree.treeId, chosen), {{"identity"_L1, artifact.identity}});
        !noted)
        return tl::unexpected(noted.error());
    say(u"Artifact %1"_s.arg(artifact.label));
    return artifact;
}

std::optional<Artifact> ReleaseStore::reuse(const QString &treeId, const BuildRecipe &recipe) const
{
    return find(readJson(indexPath(m_root, treeId, recipe)).value("identity"_L1).toString());
}

std::optional<Artifact> ReleaseStore::find(const QString &identity) const
{
    const auto [treeId, manifest] = partsOf(identity);
    if (treeId.isEmpty() || manifest.isEmpty())
        return std::nullopt;
    const Artifact artifact = artifactOf(m_root, treeId, manifest);
    const bool there = QFileInfo(artifact.directory).isDir()
        && readJson(artifact.directory + u".json"_s).value("identity"_L1).toString() == identity;
    return there ? std::optional(artifact) : std::nullopt;
}

Result<void> ReleaseStore::verify(const Artifact &artifact, const Cancel &cancel) const
{
    const auto hash = manifestHash(artifact.directory, cancel);
    if (!hash)
        return tl::unexpected(hash.error());
    if (*hash == partsOf(artifact.identity).second)
        return {};
    return fail(Error::Kind::Storage,
                u"The release %1 was changed on disk since it was built."_s.arg(artifact.directory),
                u"Deploy its version again."_s);
}

Result<void> ReleaseStore::prune(const QSet<QString> &keep, int keepLast) const
{
    const QDir releases(m_root + u"/releases"_s);
    const QFileInfoList newestFirst = releases.entryInfoList({u"*.json"_s}, QDir::Files, QDir::Time);
    int kept = 0;
    for (const QFileInfo &info : newestFirst) {
        if (kept++ < keepLast || keep.contains(readJson(info.filePath()).value("identity"_L1).toString()))
            continue;
        if (const auto gone = discard(m_root, releases.filePath(info.completeBaseName())); !gone)
            return gone;
    }
    dropDeadIndex(m_root);
    dropDeadScratch(m_root);
    return {};
}

QMap<QString, QString> releaseEnvironment(const QString &directory)
{
    QMap<QString, QString> all = cleanEnvironment();
    QStringList path;
    for (const QString &folder : {u".venv/bin"_s, u"node_modules/.bin"_s, u"bin"_s}) {
        if (QFileInfo(QDir(directory).filePath(folder)).isDir())
            path << QDir(directory).absoluteFilePath(folder);
    }
    all.insert(u"PATH"_s, (path + QStringList{all.value(u"PATH"_s)}).join(u':'));
    return all;
}

} // namespace Slipway
