// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "descriptor.h"
#include "outcome.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <list>
#include <string>
#include <vector>

namespace Slipway::Run {

class PollSet;

/// The control socket: JSON lines in, JSON lines out, mode 0600, the user's own processes only. Knows clients and
/// lines, not what the commands mean.
class Control final
{
public:
    struct Request
    {
        std::uint64_t client;
        std::string command;
        std::string name; ///< the process meant; empty: all
    };

    /// Listens on `path`, replacing what a shim that is gone has left there. Paths beyond the 107 bytes of a socket
    /// address are reached through their directory.
    static Outcome<Control> listen(const std::string &path);
    Control(Control &&) = default;
    Control &operator=(Control &&) = delete;
    ~Control() = default;

    void addTo(PollSet &set) const;
    std::vector<Request> takeRequests(const PollSet &set); ///< Also sends what is due; answers bad lines itself.
    void answer(std::uint64_t client, const std::string &json);
    void watch(std::uint64_t client); ///< It gets every broadcast from now on.
    void expect(std::uint64_t client); ///< It waits for an answer: kept although it sends no more.
    void broadcast(const std::string &json);
    void stopListening(); ///< Removes the socket's name: who hears "stopped" may use it again.
    void deliver(int patienceMs); ///< Sends what is due within the time given, then lets all clients go.

private:
    struct Client
    {
        std::uint64_t id = 0;
        Descriptor fd;
        std::string in;
        std::string out;
        bool watching = false;
        bool awaiting = false;
        bool ended = false; ///< sends no more
        bool gone = false;
    };
    Control(Descriptor listener, std::string path);
    void accept();
    void receive(Client &client, std::vector<Request> &requests);
    void take(Client &client, const std::string &line, std::vector<Request> &requests);
    static void send(Client &client);
    Client *find(std::uint64_t id);

    Descriptor m_listener;
    std::string m_path;
    std::list<Client> m_clients;
    std::uint64_t m_nextId = 1;
};

std::string errorLine(const std::string &sentence); ///< {"error": sentence}

} // namespace Slipway::Run
