// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/git/largefiles.h"

#include "providers/git/git.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace Slipway {
namespace {

constexpr qint64 kLongestPointer = 1024; ///< what the LFS specification allows

bool mentionsLfs(const QString &directory)
{
    QDirIterator files(directory, {u".gitattributes"_s}, QDir::Files | QDir::Hidden | QDir::NoSymLinks,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QIODevice::ReadOnly) && file.readAll().contains("filter=lfs"))
            return true;
    }
    return false;
}

QByteArray pointerIn(const QFileInfo &info)
{
    QFile file(info.filePath());
    if (info.size() > kLongestPointer || !file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray text = file.readAll();
    return text.startsWith("version https://git-lfs.github.com/spec/") ? text : QByteArray();
}

} // namespace

Result<void> fetchLargeFiles(const QString &directory, const QString &source, const Cancel &cancel)
{
    if (!mentionsLfs(directory))
        return {};
    const Git git(source);
    QDirIterator files(directory, QDir::Files | QDir::Hidden | QDir::NoSymLinks, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        files.next();
        const QByteArray pointer = pointerIn(files.fileInfo());
        if (pointer.isEmpty())
            continue;
        const QString name = QDir(directory).relativeFilePath(files.filePath());
        const auto content = git.run({u"lfs"_s, u"smudge"_s, u"--"_s, name}, cancel, {}, pointer);
        if (!content)
            return tl::unexpected(content.error());
        if (content->errors.contains("is not a git command"_L1))
            return fail(Error::Kind::Unsupported,
                        u"%1 is kept in Git LFS, and git-lfs is not installed here."_s.arg(name),
                        u"Install git-lfs, run \"git lfs pull\" in %1 and deploy again."_s.arg(source));
        if (content->status != 0 || content->output == pointer)
            return fail(Error::Kind::NotFound, u"The content of the Git LFS file %1 cannot be had."_s.arg(name),
                        u"Run \"git lfs pull\" in %1 and deploy again."_s.arg(source), content->errors);
        const QFileDevice::Permissions permissions = QFile::permissions(files.filePath());
        QSaveFile file(files.filePath());
        if (!file.open(QIODevice::WriteOnly) || file.write(content->output) < 0 || !file.commit())
            return fail(Error::Kind::Storage, u"%1 cannot be written: %2."_s.arg(name, file.errorString()));
        QFile::setPermissions(files.filePath(), permissions);
    }
    return {};
}

} // namespace Slipway
