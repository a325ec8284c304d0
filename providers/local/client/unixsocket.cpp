// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/local/client/unixsocket.h"

#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace Slipway {

namespace {

/// The address of a path, through its directory's descriptor when it is too long to stand in one.
struct Address
{
    explicit Address(const QString &path)
    {
        name.sun_family = AF_UNIX;
        QByteArray bytes = QFile::encodeName(path);
        if (bytes.size() >= qsizetype(sizeof name.sun_path)) {
            const QByteArray parent = QFile::encodeName(QFileInfo(path).path());
            directory = ::open(parent.constData(), O_PATH | O_DIRECTORY | O_CLOEXEC);
            bytes =
                "/proc/self/fd/" + QByteArray::number(directory) + '/' + QFile::encodeName(QFileInfo(path).fileName());
        }
        fits = bytes.size() < qsizetype(sizeof name.sun_path);
        if (fits)
            std::memcpy(name.sun_path, bytes.constData(), size_t(bytes.size()) + 1);
    }
    ~Address()
    {
        if (directory >= 0)
            ::close(directory);
    }
    Q_DISABLE_COPY_MOVE(Address)

    const sockaddr *get() const { return reinterpret_cast<const sockaddr *>(&name); }

    sockaddr_un name{};
    int directory = -1;
    bool fits = false;
};

int closed(int fd)
{
    const int why = errno;
    ::close(fd);
    errno = why;
    return -1;
}

} // namespace

int connectUnix(const QString &path)
{
    const Address address(path);
    if (!address.fits) {
        errno = ENAMETOOLONG;
        return -1;
    }
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -1;
    if (::connect(fd, address.get(), sizeof address.name) != 0)
        return closed(fd);
    return fd;
}

int listenUnix(const QString &path)
{
    const Address address(path);
    if (!address.fits) {
        errno = ENAMETOOLONG;
        return -1;
    }
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return -1;
    ::unlink(address.name.sun_path);
    const mode_t before = ::umask(0177);
    const int bound = ::bind(fd, address.get(), sizeof address.name);
    const int why = errno;
    ::umask(before);
    errno = why;
    if (bound != 0 || ::listen(fd, 64) != 0)
        return closed(fd);
    return fd;
}

QString daemonSocketPath(const QString &home)
{
    return home + QStringLiteral("/run/slipwayd.sock");
}

} // namespace Slipway
