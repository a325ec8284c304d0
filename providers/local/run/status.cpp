// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "status.h"

#include "files.h"

#include <nlohmann/json.hpp>

namespace Slipway::Run {

namespace {

using OrderedJson = nlohmann::ordered_json;

const char *nameOf(RunState state)
{
    switch (state) {
    case RunState::Starting:
        return "starting";
    case RunState::Running:
        return "running";
    case RunState::Stopping:
        return "stopping";
    case RunState::Stopped:
        return "stopped";
    case RunState::Crashed:
        return "crashed";
    }
    return "stopped";
}

const char *nameOf(ProcessState state)
{
    switch (state) {
    case ProcessState::Waiting:
        return "waiting";
    case ProcessState::Running:
        return "running";
    case ProcessState::Backoff:
        return "backoff";
    case ProcessState::Crashed:
        return "crashed";
    case ProcessState::Exited:
        return "exited";
    case ProcessState::Stopped:
        return "stopped";
    }
    return "stopped";
}

OrderedJson numberOrNull(const std::optional<int> &number)
{
    return number ? OrderedJson(*number) : OrderedJson(nullptr);
}

OrderedJson toObject(const ProcessStatus &process)
{
    return OrderedJson{{"name", process.name},
                       {"type", process.type},
                       {"pid", process.pid},
                       {"startTime", process.startTime},
                       {"state", nameOf(process.state)},
                       {"restarts", process.restarts},
                       {"exitCode", numberOrNull(process.exitCode)},
                       {"signal", numberOrNull(process.signal)},
                       {"since", process.since},
                       {"lastLines", process.lastLines}};
}

} // namespace

std::string RunStatus::toJson() const
{
    OrderedJson list = OrderedJson::array();
    for (const ProcessStatus &process : processes)
        list.push_back(toObject(process));
    const OrderedJson object{{"id", id},
                             {"pid", pid},
                             {"startTime", startTime},
                             {"bootId", bootId},
                             {"state", nameOf(state)},
                             {"processes", std::move(list)}};
    return object.dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
}

Outcome<void> writeStatus(const std::string &runDirectory, const std::string &json)
{
    return replaceFile(runDirectory + "/status.json", json + "\n");
}

} // namespace Slipway::Run
