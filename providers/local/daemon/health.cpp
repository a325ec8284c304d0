// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/local/daemon/health.h"

#include <QElapsedTimer>
#include <QThread>

#include <cerrno>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace Slipway {

namespace {

constexpr int kHealthAnswerMs = 5000;

bool waitFor(int fd, short events, const QElapsedTimer &clock)
{
    pollfd wanted{fd, events, 0};
    const int left = int(kHealthAnswerMs - clock.elapsed());
    return left > 0 && ::poll(&wanted, 1, left) > 0;
}

bool finishConnect(int fd, const sockaddr *address, socklen_t size, const QElapsedTimer &clock)
{
    if (::connect(fd, address, size) == 0)
        return true;
    if (errno != EINPROGRESS || !waitFor(fd, POLLOUT, clock))
        return false;
    int problem = 0;
    socklen_t length = sizeof problem;
    return ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &problem, &length) == 0 && problem == 0;
}

int dial(int port, bool ipv6, const QElapsedTimer &clock)
{
    const int fd = ::socket(ipv6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return -1;
    sockaddr_in four{};
    four.sin_family = AF_INET;
    four.sin_port = htons(uint16_t(port));
    four.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    sockaddr_in6 six{};
    six.sin6_family = AF_INET6;
    six.sin6_port = htons(uint16_t(port));
    six.sin6_addr = in6addr_loopback;
    const auto *address = ipv6 ? reinterpret_cast<const sockaddr *>(&six) : reinterpret_cast<const sockaddr *>(&four);
    if (finishConnect(fd, address, ipv6 ? sizeof six : sizeof four, clock))
        return fd;
    ::close(fd);
    return -1;
}

/// The number in "HTTP/1.1 200 OK".
int statusOf(const QByteArray &answer)
{
    if (!answer.startsWith("HTTP/1.") || answer.size() < 12)
        return 0;
    return answer.mid(9, 3).toInt();
}

int ask(int fd, const QByteArray &host, const QString &path, const QElapsedTimer &clock)
{
    const QByteArray target = path.isEmpty() ? QByteArray("/") : path.toUtf8();
    const QByteArray request = "GET " + target + " HTTP/1.1\r\nHost: " + host
        + "\r\nUser-Agent: slipway-health\r\nAccept: */*\r\nConnection: close\r\n\r\n";
    if (!waitFor(fd, POLLOUT, clock)
        || ::send(fd, request.constData(), size_t(request.size()), MSG_NOSIGNAL) != request.size())
        return 0;
    QByteArray answer;
    while (answer.size() < 12 && waitFor(fd, POLLIN, clock)) {
        char bytes[512];
        const ssize_t got = ::recv(fd, bytes, sizeof bytes, 0);
        if (got <= 0)
            break;
        answer.append(bytes, got);
    }
    return statusOf(answer);
}

bool isGood(const HealthCheck &check, int status)
{
    if (check.path.isEmpty())
        return status >= 100 && status < 500;
    return status >= 200 && status < 400;
}

} // namespace

Probe probe(int port, const QByteArray &host, const QString &path)
{
    QElapsedTimer clock;
    clock.start();
    Probe seen;
    for (const bool ipv6 : {false, true}) {
        const int fd = dial(port, ipv6, clock);
        if (fd < 0)
            continue;
        seen.accepts = true;
        seen.ipv6 = ipv6;
        seen.status = ask(fd, host, path, clock);
        ::close(fd);
        break;
    }
    return seen;
}

Health waitHealthy(const HealthCheck &check, const std::function<bool()> &ended)
{
    Health health;
    QElapsedTimer clock;
    clock.start();
    int inARow = 0;
    while (clock.elapsed() < check.timeoutMs && !ended()) {
        health.last = probe(check.port, check.host, check.path);
        inARow = isGood(check, health.last.status) ? inARow + 1 : 0;
        if (inARow == 2) {
            health.healthy = !ended(); // what answered may be somebody else's server once ours has ended
            health.ipv6 = health.last.ipv6;
            return health;
        }
        QThread::msleep(inARow ? 50 : 100);
    }
    return health;
}

} // namespace Slipway
