// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "control.h"

#include "clock.h"
#include "files.h"
#include "pollset.h"

#include <nlohmann/json.hpp>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace Slipway::Run {

namespace {

using Json = nlohmann::json;

constexpr std::size_t kMaxLine = 64 * 1024;
constexpr std::size_t kMaxUnsent = 4 * 1024 * 1024; // a watcher that never reads is dropped, not remembered
constexpr std::size_t kMaxClients = 64;

bool isSameUser(int fd)
{
    ucred peer{};
    socklen_t size = sizeof peer;
    return ::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && (peer.uid == ::geteuid() || peer.uid == 0);
}

} // namespace

std::string errorLine(const std::string &sentence)
{
    return Json{{"error", sentence}}.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Control::Control(Descriptor listener, std::string path)
    : m_listener(std::move(listener))
    , m_path(std::move(path))
{ }

Outcome<Control> Control::listen(const std::string &path)
{
    const auto failed = [&path](const std::string &reason) {
        return tl::unexpected("Cannot listen on the control socket " + path + ": " + reason + ".");
    };
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::string reached = path;
    Descriptor directory; // open until bind() is done
    if (reached.size() >= sizeof address.sun_path) {
        const std::size_t slash = path.rfind('/');
        directory.reset(::open(path.substr(0, slash).c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
        if (!directory)
            return failed(systemWords(errno));
        reached = "/proc/self/fd/" + std::to_string(directory.get()) + path.substr(slash);
    }
    if (reached.size() >= sizeof address.sun_path)
        return failed("its file name is too long; use at most 80 bytes");
    std::memcpy(address.sun_path, reached.c_str(), reached.size() + 1);

    struct stat info
    {
    };
    if (::lstat(path.c_str(), &info) == 0 && !S_ISSOCK(info.st_mode))
        return failed("something else is there that is no socket; move it away");
    ::unlink(path.c_str()); // safe: the lock on the run directory says that its shim is gone
    Descriptor listener(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const auto *generic = reinterpret_cast<const sockaddr *>(&address);
    if (!listener || ::bind(listener.get(), generic, sizeof address) != 0)
        return failed(systemWords(errno));
    if (::chmod(path.c_str(), 0600) != 0 || ::listen(listener.get(), 64) != 0)
        return failed(systemWords(errno));
    return Control(std::move(listener), path);
}

void Control::addTo(PollSet &set) const
{
    set.add(m_listener.get(), POLLIN);
    for (const Client &client : m_clients)
        set.add(client.fd.get(), short((client.ended ? 0 : POLLIN) | (client.out.empty() ? 0 : POLLOUT)));
}

std::vector<Control::Request> Control::takeRequests(const PollSet &set)
{
    std::vector<Request> requests;
    for (Client &client : m_clients) {
        const short events = set.ready(client.fd.get());
        if (events & POLLIN)
            receive(client, requests);
        else if (events & (POLLHUP | POLLERR | POLLNVAL))
            client.gone = true;
        send(client);
    }
    if (set.ready(m_listener.get()) != 0)
        accept();
    m_clients.remove_if([&requests](const Client &client) {
        const bool asks = std::any_of(requests.begin(), requests.end(),
                                      [&client](const Request &r) { return r.client == client.id; });
        return client.gone || (client.ended && !client.awaiting && !client.watching && client.out.empty() && !asks);
    });
    return requests;
}

void Control::accept()
{
    for (;;) {
        Descriptor fd(::accept4(m_listener.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
        if (!fd)
            return;
        if (m_clients.size() >= kMaxClients || !isSameUser(fd.get()))
            continue;
        Client client;
        client.id = m_nextId++;
        client.fd = std::move(fd);
        m_clients.push_back(std::move(client));
    }
}

void Control::receive(Client &client, std::vector<Request> &requests)
{
    char chunk[4096];
    const ssize_t got = ::read(client.fd.get(), chunk, sizeof chunk);
    if (got < 0) {
        client.gone = errno != EAGAIN && errno != EINTR;
        return;
    }
    client.ended = got == 0;
    client.in.append(chunk, std::size_t(got));
    for (std::size_t end = client.in.find('\n'); end != std::string::npos; end = client.in.find('\n')) {
        take(client, client.in.substr(0, end), requests);
        client.in.erase(0, end + 1);
    }
    if (client.in.size() > kMaxLine)
        client.gone = true;
}

void Control::take(Client &client, const std::string &line, std::vector<Request> &requests)
{
    const Json json = Json::parse(line, nullptr, false);
    const auto text = [&json](const char *key) {
        const auto at = json.find(key);
        return at != json.end() && at->is_string() ? at->get<std::string>() : std::string{};
    };
    if (!json.is_object() || text("cmd").empty()) {
        client.out += errorLine("Each line must be a JSON object with the command in \"cmd\".") + "\n";
        return;
    }
    requests.push_back({client.id, text("cmd"), text("name")});
}

void Control::answer(std::uint64_t id, const std::string &json)
{
    if (Client *client = find(id)) {
        client->awaiting = false;
        client->out += json + "\n";
        send(*client);
    }
}

void Control::watch(std::uint64_t id)
{
    if (Client *client = find(id))
        client->watching = true;
}

void Control::expect(std::uint64_t id)
{
    if (Client *client = find(id))
        client->awaiting = true;
}

void Control::broadcast(const std::string &json)
{
    for (Client &client : m_clients) {
        if (!client.watching)
            continue;
        client.out += json + "\n";
        send(client);
        if (client.out.size() > kMaxUnsent)
            client.gone = true;
    }
}

void Control::stopListening()
{
    ::unlink(m_path.c_str());
    m_listener.reset();
}

void Control::deliver(int patienceMs)
{
    const std::int64_t until = monotonicMs() + patienceMs;
    for (std::int64_t left = patienceMs; left > 0; left = until - monotonicMs()) {
        PollSet set;
        bool due = false;
        for (Client &client : m_clients) {
            send(client);
            if (client.gone || client.out.empty())
                continue;
            due = true;
            set.add(client.fd.get(), POLLOUT);
        }
        if (!due)
            break;
        set.wait(int(left));
    }
    m_clients.clear();
}

void Control::send(Client &client)
{
    while (!client.out.empty() && !client.gone) {
        const ssize_t put = ::send(client.fd.get(), client.out.data(), client.out.size(), MSG_NOSIGNAL);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0) {
            client.gone = errno != EAGAIN && errno != EWOULDBLOCK;
            return;
        }
        client.out.erase(0, std::size_t(put));
    }
}

Control::Client *Control::find(std::uint64_t id)
{
    const auto at =
        std::find_if(m_clients.begin(), m_clients.end(), [id](const Client &client) { return client.id == id; });
    return at == m_clients.end() ? nullptr : &*at;
}

} // namespace Slipway::Run
