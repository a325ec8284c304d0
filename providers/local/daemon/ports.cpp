// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/local/daemon/ports.h"

#include <QCryptographicHash>

#include <cerrno>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

bool canBind4(int port, in_addr_t host)
{
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return true;
    const int on = 1; // connections of a server that just ended (TIME_WAIT) do not make its port taken
    ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(uint16_t(port));
    address.sin_addr.s_addr = htonl(host);
    const bool bound = ::bind(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
    ::close(fd);
    return bound;
}

/// A machine without IPv6 has nothing taken there.
bool canBind6(int port, const in6_addr &host)
{
    const int fd = ::socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return true;
    const int on = 1;
    ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    ::setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_port = htons(uint16_t(port));
    address.sin6_addr = host;
    const bool bound = ::bind(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
    const int why = errno;
    ::close(fd);
    return bound || why != EADDRINUSE;
}

} // namespace

bool portIsFree(int port)
{
    return canBind4(port, INADDR_LOOPBACK) && canBind4(port, INADDR_ANY) && canBind6(port, in6addr_loopback)
        && canBind6(port, in6addr_any);
}

Result<int> choosePort(const QString &seed, const QSet<int> &taken)
{
    const QByteArray hash = QCryptographicHash::hash(seed.toUtf8(), QCryptographicHash::Sha256);
    const int span = kLastPort - kFirstPort + 1;
    const int first = int(hash.left(4).toHex().toUInt(nullptr, 16) % uint(span));
    for (int step = 0; step < span; ++step) {
        const int port = kFirstPort + (first + step) % span;
        if (!taken.contains(port) && portIsFree(port))
            return port;
    }
    return fail(Error::Kind::Conflict,
                u"Every port from %1 to %2 is taken on this machine."_s.arg(kFirstPort).arg(kLastPort),
                u"Shut down environments or programs you do not need, then try again."_s);
}

} // namespace Slipway
