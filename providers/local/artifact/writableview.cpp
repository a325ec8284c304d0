// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/local/artifact/writableview.h"

#include "providers/local/data/filecopy.h"
#include "providers/machine/filetree.h"
#include "providers/machine/treewalk.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstring>

#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Slipway {
namespace {

Error cannotMake(const QByteArray &path)
{
    const int error = errno;
    return Error(error == ENOSPC ? Error::Kind::NoSpace : Error::Kind::Storage,
                 u"%1 cannot be made: %2."_s.arg(QFile::decodeName(path), QString::fromUtf8(std::strerror(error))));
}

/// The folder that processes write to in place of the release's: filled from the release the first time.
Result<void> prepareWritable(const QString &original, const QString &own)
{
    if (QFileInfo::exists(own))
        return {};
    QDir().mkpath(QFileInfo(own).path());
    const QFileInfo info(original);
    if (info.exists())
        return copyTree(original, own, Cancel());
    return QDir().mkpath(own) ? Result<void>() : tl::unexpected(cannotMake(QFile::encodeName(own)));
}

Result<void> linkTree(const QString &release, const QString &view, const QStringList &writable)
{
    const QByteArray top = QFile::encodeName(view);
    TreeWalk walk(release);
    while (walk.next()) {
        const QByteArray name = walk.relativePath();
        const QByteArray target = name.isEmpty() ? top : top + '/' + name;
        int result = 0;
        if (writable.contains(QFile::decodeName(name))) {
            if (walk.kind() == TreeWalk::Kind::Folder)
                walk.skip();
        } else if (walk.kind() == TreeWalk::Kind::Folder) {
            result = ::mkdir(target.constData(), 0755);
        } else if (walk.kind() == TreeWalk::Kind::Link) {
            result = ::symlink(walk.linkTarget().constData(), target.constData());
        } else if (walk.kind() == TreeWalk::Kind::File) {
            result = ::link(walk.path().constData(), target.constData());
        }
        if (result != 0)
            return tl::unexpected(cannotMake(target));
    }
    return {};
}

Result<void> makeView(const QString &release, const QStringList &writable, const QString &writableRoot,
                      const QString &view)
{
    QDir().mkpath(QFileInfo(view).path());
    if (const auto linked = linkTree(release, view, writable); !linked)
        return linked;
    for (const QString &path : writable) {
        const QString own = QDir(writableRoot).filePath(path);
        if (const auto ready = prepareWritable(QDir(release).filePath(path), own); !ready)
            return ready;
        const QByteArray link = QFile::encodeName(QDir(view).filePath(path));
        QDir().mkpath(QFileInfo(QFile::decodeName(link)).path());
        if (::symlink(QFile::encodeName(own).constData(), link.constData()) != 0)
            return tl::unexpected(cannotMake(link));
    }
    // Folders of the view are as closed as those of the release.
    TreeWalk walk(view);
    while (walk.next()) {
        if (walk.kind() == TreeWalk::Kind::FolderEnd)
            ::chmod(walk.path().constData(), 0555);
    }
    return {};
}

} // namespace

Result<QString> writableView(const QString &release, const QStringList &writable, const QString &writableRoot,
                             const QString &view)
{
    if (writable.isEmpty())
        return release;
    if (const auto gone = deleteTree(view); !gone)
        return tl::unexpected(gone.error());
    if (const auto made = makeView(release, writable, QDir(writableRoot).absolutePath(), view); !made) {
        (void)deleteTree(view);
        return tl::unexpected(made.error());
    }
    return view;
}

} // namespace Slipway
