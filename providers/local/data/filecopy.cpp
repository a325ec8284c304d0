// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/local/data/filecopy.h"

#include "providers/machine/treewalk.h"
#include "providers/local/data/sqlitecopy.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Slipway {
namespace {

constexpr qint64 kSlice = 8 * 1024 * 1024; ///< between two looks at whether to stop

Error diskError(const char *verb, const QByteArray &path, int error)
{
    const QString name = QFile::decodeName(path);
    if (error == ENOSPC || error == EDQUOT)
        return Error(Error::Kind::NoSpace, u"No space is left on the disk for %1."_s.arg(name),
                     u"Make room on the disk and try again."_s);
    return Error(
        Error::Kind::Storage,
        u"%1 cannot be %2: %3."_s.arg(name, QString::fromLatin1(verb), QString::fromUtf8(std::strerror(error))),
        error == EACCES || error == EPERM ? u"Give yourself the right to read and write it, then try again."_s
                                          : QString());
}

struct Descriptor
{
    int fd = -1;
    ~Descriptor()
    {
        if (fd >= 0)
            ::close(fd);
    }
};

/// For file systems where the kernel cannot copy between two files.
ssize_t copyByHand(int in, int out, off_t offset, size_t length)
{
    char buffer[256 * 1024];
    const ssize_t got = ::pread(in, buffer, std::min(length, sizeof buffer), offset);
    ssize_t done = 0;
    while (done < got) {
        const ssize_t written = ::pwrite(out, buffer + done, static_cast<size_t>(got - done), offset + done);
        if (written < 0)
            return -1;
        done += written;
    }
    return got;
}

/// The part from `start` to `end`. 0, or an errno.
int copyPart(int in, int out, off_t start, off_t end, const Cancel &cancel)
{
    bool byKernel = true;
    while (start < end && !cancel.isCancelled()) {
        const size_t length = static_cast<size_t>(std::min<off_t>(end - start, kSlice));
        off_t from = start;
        off_t to = start;
        ssize_t done =
            byKernel ? ::copy_file_range(in, &from, out, &to, length, 0) : copyByHand(in, out, start, length);
        if (done < 0 && byKernel && (errno == EXDEV || errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP)) {
            byKernel = false;
            continue;
        }
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return errno;
        if (done == 0)
            return 0; // it has become shorter meanwhile
        start += done;
    }
    return 0;
}

/// Everything but the holes. 0, or an errno.
int copyContent(int in, int out, off_t size, const Cancel &cancel)
{
    if (size > 0 && ::ioctl(out, FICLONE, in) == 0)
        return 0;
    if (::ftruncate(out, size) != 0)
        return errno;
    off_t at = 0;
    while (at < size && !cancel.isCancelled()) {
        off_t start = ::lseek(in, at, SEEK_DATA);
        if (start < 0 && errno == ENXIO)
            break; // a hole up to the end
        off_t end = start < 0 ? size : ::lseek(in, start, SEEK_HOLE);
        if (start < 0) // the file system does not tell holes
            start = at;
        if (end < 0 || end > size)
            end = size;
        if (const int error = copyPart(in, out, start, end, cancel); error != 0)
            return error;
        at = end;
    }
    return 0;
}

bool isScratch(const QByteArray &name)
{
    return name.endsWith(".pid") || name.endsWith(".sock");
}

/// Of the files beside a database only the database counts: the rest is inside it when the backup is done.
bool belongsToDatabase(const QByteArray &path)
{
    for (const char *ending : {"-wal", "-shm", "-journal"}) {
        if (path.endsWith(ending) && isSqliteFile(path.left(path.size() - static_cast<qsizetype>(std::strlen(ending)))))
            return true;
    }
    return false;
}

Result<void> copyEntry(const TreeWalk &walk, const QByteArray &target, const Cancel &cancel, const CopyChoice &choice)
{
    switch (walk.kind()) {
    case TreeWalk::Kind::Folder:
        if (::mkdir(target.constData(), 0700) != 0 && errno != EEXIST)
            return tl::unexpected(diskError("made", target, errno));
        return {};
    case TreeWalk::Kind::FolderEnd:
        ::chmod(target.constData(), (walk.status().st_mode & 0777) | 0700);
        return {};
    case TreeWalk::Kind::Link:
        if (::symlink(walk.linkTarget().constData(), target.constData()) != 0)
            return tl::unexpected(diskError("made", target, errno));
        return {};
    case TreeWalk::Kind::File:
        if (choice.databases && belongsToDatabase(walk.path()))
            return {};
        if (choice.databases && isSqliteFile(walk.path())) {
            if (choice.progress)
                choice.progress(u"Copying the database %1"_s.arg(QFile::decodeName(walk.relativePath())));
            return copySqlite(QFile::decodeName(walk.path()), QFile::decodeName(target), cancel);
        }
        return copyFile(walk.path(), target, cancel);
    case TreeWalk::Kind::Unreadable:
        if (errno == ENOENT) // gone since the folder was read: scratch files come and go
            return {};
        return tl::unexpected(diskError("read", walk.path(), errno));
    case TreeWalk::Kind::Special:
        return {};
    }
    return {};
}

} // namespace

Result<void> copyFile(const QByteArray &from, const QByteArray &to, const Cancel &cancel)
{
    Descriptor in{::open(from.constData(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)};
    struct stat status = {};
    if (in.fd < 0 || ::fstat(in.fd, &status) != 0)
        return tl::unexpected(diskError("read", from, errno));
    Descriptor out{::open(to.constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
    if (out.fd < 0)
        return tl::unexpected(diskError("made", to, errno));
    const int error = copyContent(in.fd, out.fd, status.st_size, cancel);
    if (error != 0 || cancel.isCancelled()) {
        ::unlink(to.constData());
        if (error != 0)
            return tl::unexpected(diskError("written", to, error));
        return fail(Error::Kind::Cancelled, u"Copying data was cancelled."_s);
    }
    ::fchmod(out.fd, (status.st_mode & 0777) | 0600);
    const struct timespec times[2] = {status.st_atim, status.st_mtim};
    ::futimens(out.fd, times);
    return {};
}

Result<void> copyTree(const QString &from, const QString &to, const Cancel &cancel, const CopyChoice &choice)
{
    const QByteArray top = QFile::encodeName(QDir::cleanPath(to));
    TreeWalk walk(from);
    while (walk.next()) {
        if (cancel.isCancelled())
            return fail(Error::Kind::Cancelled, u"Copying data was cancelled."_s);
        const int error = errno; // TreeWalk's, for what cannot be read
        const QByteArray name = walk.relativePath();
        const bool out = !name.isEmpty() && (isScratch(name) || (choice.leaveOut && choice.leaveOut(name)));
        if (out) {
            if (walk.kind() == TreeWalk::Kind::Folder)
                walk.skip();
            continue;
        }
        errno = error;
        const auto done = copyEntry(walk, name.isEmpty() ? top : top + '/' + name, cancel, choice);
        if (!done)
            return done;
    }
    return {};
}

} // namespace Slipway
