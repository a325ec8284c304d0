// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe.h"

#include "clock.h"
#include "pollset.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstdlib>

namespace Slipway::Run {

namespace {

constexpr int kAgainMs = 100;
constexpr int kAnswerMs = 5000;
constexpr std::size_t kStatusLine = 12; ///< "HTTP/1.1 200"

bool connectTo(int fd, int port, bool ipv6)
{
    sockaddr_in four{};
    four.sin_family = AF_INET;
    four.sin_port = htons(std::uint16_t(port));
    four.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    sockaddr_in6 six{};
    six.sin6_family = AF_INET6;
    six.sin6_port = htons(std::uint16_t(port));
    six.sin6_addr = in6addr_loopback;
    const auto *address = ipv6 ? reinterpret_cast<const sockaddr *>(&six) : reinterpret_cast<const sockaddr *>(&four);
    return ::connect(fd, address, ipv6 ? sizeof six : sizeof four) == 0 || errno == EINPROGRESS;
}

} // namespace

Probe::Probe(ReadySpec spec)
    : m_spec(std::move(spec))
{ }

void Probe::reset()
{
    m_inARow = 0;
    m_socket.reset();
    m_state = State::Idle;
    m_at = 0;
}

void Probe::addTo(PollSet &set) const
{
    if (m_state != State::Idle)
        set.add(m_socket.get(), m_state == State::Connecting ? POLLOUT : POLLIN);
}

void Probe::turn(const PollSet &set)
{
    if (isGood())
        return;
    if (m_state == State::Idle) {
        if (monotonicMs() >= m_at)
            dial(false);
    } else if (set.ready(m_socket.get()) != 0) {
        if (m_state == State::Connecting)
            connected();
        else
            receive();
    } else if (monotonicMs() >= m_at) {
        ended(false);
    }
}

void Probe::dial(bool ipv6)
{
    m_ipv6 = ipv6;
    m_socket.reset(::socket(ipv6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!m_socket || !connectTo(m_socket.get(), m_spec.port, ipv6)) {
        if (ipv6)
            ended(false);
        else
            dial(true);
        return;
    }
    m_answer.clear();
    m_state = State::Connecting;
    m_at = monotonicMs() + kAnswerMs;
}

void Probe::connected()
{
    int problem = 0;
    socklen_t size = sizeof problem;
    if (::getsockopt(m_socket.get(), SOL_SOCKET, SO_ERROR, &problem, &size) != 0 || problem != 0) {
        if (m_ipv6)
            ended(false);
        else
            dial(true);
        return;
    }
    const std::string request = "GET " + (m_spec.path.empty() ? "/" : m_spec.path) + " HTTP/1.1\r\nHost: " + m_spec.host
        + "\r\nUser-Agent: slipway-health\r\nAccept: */*\r\nConnection: close\r\n\r\n";
    if (::send(m_socket.get(), request.data(), request.size(), MSG_NOSIGNAL) != ssize_t(request.size())) {
        ended(false);
        return;
    }
    m_state = State::Reading;
}

void Probe::receive()
{
    char chunk[512];
    const ssize_t got = ::recv(m_socket.get(), chunk, sizeof chunk, 0);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (got > 0)
        m_answer.append(chunk, std::size_t(got));
    if (got > 0 && m_answer.size() < kStatusLine)
        return;
    const bool http = m_answer.size() >= kStatusLine && m_answer.compare(0, 7, "HTTP/1.") == 0;
    const int status = http ? std::atoi(m_answer.substr(9, 3).c_str()) : 0;
    ended(m_spec.path.empty() ? status >= 100 && status < 500 : status >= 200 && status < 400);
}

void Probe::ended(bool good)
{
    m_inARow = good ? m_inARow + 1 : 0;
    m_socket.reset();
    m_state = State::Idle;
    m_at = monotonicMs() + kAgainMs;
}

} // namespace Slipway::Run
