// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/machine/filetree.h"

#include "providers/machine/treewalk.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Slipway {
namespace {

/// SHA-256 of a file's bytes; empty with errno set when it cannot be read.
QByteArray contentHash(const QByteArray &path)
{
    const int fd = ::open(path.constData(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return {};
    QCryptographicHash hash(QCryptographicHash::Sha256);
    QByteArray buffer(256 * 1024, Qt::Uninitialized);
    ssize_t got = 0;
    while ((got = ::read(fd, buffer.data(), static_cast<size_t>(buffer.size()))) > 0)
        hash.addData(QByteArrayView(buffer.constData(), got));
    ::close(fd);
    return got < 0 ? QByteArray() : hash.result().toHex();
}

/// Python's interpreter as a path beside the script: the first line is shell to sh and a text to Python. The way pip
/// itself takes for paths that are too long for a `#!` line.
QByteArray relocatableStart(const QByteArray &interpreter, const QByteArray &scriptFolder, const QByteArray &arguments)
{
    const QString relative = QDir(QFile::decodeName(scriptFolder)).relativeFilePath(QFile::decodeName(interpreter));
    const QByteArray path = QFile::encodeName(relative);
    if (QFileInfo(QFile::decodeName(interpreter)).fileName().startsWith("python"_L1))
        return "#!/bin/sh\n'''exec' \"$(dirname -- \"$0\")/" + path + '"' + arguments + " \"$0\" \"$@\"\n' '''\n";
    return "#!/usr/bin/env " + QFile::encodeName(QFileInfo(QFile::decodeName(interpreter)).fileName()) + '\n';
}

Result<void> mendInterpreter(const QByteArray &root, const QByteArray &path, const struct stat &status)
{
    if ((status.st_mode & 0111) == 0 || status.st_size > 4 * 1024 * 1024)
        return {};
    QFile file(QFile::decodeName(path));
    if (!file.open(QIODevice::ReadWrite))
        return {};
    const QByteArray first = file.peek(4096).split('\n').value(0);
    if (!first.startsWith("#!" + root + '/'))
        return {};
    const QByteArray interpreter = first.mid(2).split(' ').value(0).trimmed();
    const QByteArray arguments = first.mid(2 + interpreter.size());
    const QByteArray rest = file.readAll().mid(first.size() + 1);
    file.seek(0);
    const QByteArray text = relocatableStart(interpreter, path.left(path.lastIndexOf('/')), arguments) + rest;
    if (file.write(text) != text.size() || !file.resize(text.size()) || !file.flush())
        return fail(errno == ENOSPC ? Error::Kind::NoSpace : Error::Kind::Storage,
                    u"%1 cannot be written: %2."_s.arg(file.fileName(), file.errorString()));
    return {};
}

/// The link's text if it stays inside, made relative; nullopt when it leaves the tree.
std::optional<QByteArray> insideLink(const QByteArray &root, const QByteArray &path, const QByteArray &target)
{
    const QString folder = QFile::decodeName(path.left(path.lastIndexOf('/')));
    const QString absolute =
        QDir::cleanPath(target.startsWith('/') ? QFile::decodeName(target) : folder + u'/' + QFile::decodeName(target));
    const QString top = QFile::decodeName(root);
    if (absolute != top && !absolute.startsWith(top + u'/'))
        return std::nullopt;
    return target.startsWith('/') ? QFile::encodeName(QDir(folder).relativeFilePath(absolute)) : target;
}

} // namespace

Result<void> deleteTree(const QString &directory)
{
    TreeWalk walk(directory);
    while (walk.next()) {
        const QByteArray &path = walk.path();
        int result = 0;
        if (walk.kind() == TreeWalk::Kind::Folder)
            result = (walk.status().st_mode & 0700) == 0700 ? 0 : ::chmod(path.constData(), 0700);
        else if (walk.kind() == TreeWalk::Kind::FolderEnd)
            result = ::rmdir(path.constData());
        else if (walk.kind() != TreeWalk::Kind::Unreadable || errno != ENOENT)
            result = ::unlink(path.constData());
        if (result != 0 && errno != ENOENT)
            return fail(
                Error::Kind::Storage,
                u"%1 cannot be removed: %2."_s.arg(QFile::decodeName(path), QString::fromUtf8(std::strerror(errno))));
    }
    return {};
}

Result<void> makeReadOnly(const QString &directory)
{
    TreeWalk walk(directory);
    while (walk.next()) {
        const mode_t mode = walk.status().st_mode;
        if (walk.kind() != TreeWalk::Kind::FolderEnd && walk.kind() != TreeWalk::Kind::File)
            continue;
        // Everything readable: a mode that the builder's umask made would differ between machines.
        const mode_t wanted = S_ISDIR(mode) || (mode & 0111) != 0 ? 0555 : 0444;
        if (::chmod(walk.path().constData(), wanted) != 0)
            return fail(Error::Kind::Storage,
                        u"%1 cannot be made read-only: %2."_s.arg(QFile::decodeName(walk.path()),
                                                                  QString::fromUtf8(std::strerror(errno))));
    }
    return {};
}

Result<QString> manifestHash(const QString &directory, const Cancel &cancel)
{
    QByteArrayList lines;
    TreeWalk walk(directory);
    while (walk.next()) {
        if (cancel.isCancelled())
            return fail(Error::Kind::Cancelled, u"The build was cancelled."_s);
        const QByteArray name = walk.relativePath();
        QByteArray hash;
        char mode = 'f';
        switch (walk.kind()) {
        case TreeWalk::Kind::FolderEnd:
            continue;
        case TreeWalk::Kind::Folder:
            mode = 'd';
            break;
        case TreeWalk::Kind::Link:
            mode = 'l';
            hash = walk.linkTarget();
            break;
        case TreeWalk::Kind::File:
            mode = (walk.status().st_mode & 0111) != 0 ? 'x' : 'f';
            hash = contentHash(walk.path());
            break;
        case TreeWalk::Kind::Special:
            return fail(Error::Kind::Invalid,
                        u"%1 is a socket, pipe or device; a release can hold files, folders and links "
                        "only."_s.arg(QFile::decodeName(name)),
                        u"Change the build so that it does not leave it behind."_s);
        case TreeWalk::Kind::Unreadable:
            break;
        }
        if (walk.kind() == TreeWalk::Kind::Unreadable || (walk.kind() == TreeWalk::Kind::File && hash.isEmpty()))
            return fail(Error::Kind::Storage,
                        u"%1 cannot be read: %2."_s.arg(QFile::decodeName(walk.path()),
                                                        QString::fromUtf8(std::strerror(errno))));
        if (!name.isEmpty())
            lines << name + '\0' + mode + '\0' + hash + '\0';
    }
    std::sort(lines.begin(), lines.end());
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const QByteArray &line : std::as_const(lines))
        hash.addData(line);
    return QString::fromLatin1(hash.result().toHex());
}

Result<QStringList> makeRelocatable(const QString &directory)
{
    const QByteArray root = QFile::encodeName(QDir::cleanPath(directory));
    QStringList leaving;
    TreeWalk walk(QDir::cleanPath(directory));
    while (walk.next()) {
        if (walk.kind() == TreeWalk::Kind::File) {
            if (const auto mended = mendInterpreter(root, walk.path(), walk.status()); !mended)
                return tl::unexpected(mended.error());
        }
        if (walk.kind() != TreeWalk::Kind::Link)
            continue;
        const auto inside = insideLink(root, walk.path(), walk.linkTarget());
        if (!inside) {
            leaving << QFile::decodeName(walk.relativePath());
        } else if (*inside != walk.linkTarget()) {
            if (::unlink(walk.path().constData()) != 0 || ::symlink(inside->constData(), walk.path().constData()) != 0)
                return fail(Error::Kind::Storage,
                            u"The link %1 cannot be replaced."_s.arg(QFile::decodeName(walk.path())));
        }
    }
    leaving.sort();
    return leaving;
}

} // namespace Slipway
