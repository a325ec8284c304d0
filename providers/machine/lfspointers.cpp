// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/machine/lfspointers.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>

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

bool isPointer(const QFileInfo &info)
{
    QFile file(info.filePath());
    return info.size() <= kLongestPointer && file.open(QIODevice::ReadOnly)
        && file.readAll().startsWith("version https://git-lfs.github.com/spec/");
}

} // namespace

QStringList largeFilePointers(const QString &directory)
{
    QStringList names;
    if (!mentionsLfs(directory))
        return names;
    QDirIterator files(directory, QDir::Files | QDir::Hidden | QDir::NoSymLinks, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        files.next();
        if (isPointer(files.fileInfo()))
            names.append(QDir(directory).relativeFilePath(files.filePath()));
    }
    return names;
}

} // namespace Slipway
