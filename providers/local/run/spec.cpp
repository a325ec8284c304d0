// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "spec.h"

#include "files.h"
#include "specreader.h"

#include <algorithm>
#include <set>

namespace Slipway::Run {

namespace {

using Json = nlohmann::json;

constexpr std::int64_t kDayMs = 24LL * 3600 * 1000;

std::string lineOf(const std::string &text, std::size_t offset)
{
    const auto end = text.begin() + std::ptrdiff_t(std::min(offset, text.size()));
    return std::to_string(1 + std::count(text.begin(), end, '\n'));
}

void readProcesses(const Json &list, Spec &spec, std::string &error)
{
    std::set<std::string> names;
    for (std::size_t i = 0; i < list.size() && error.empty(); ++i) {
        const std::string where = "processes[" + std::to_string(i) + "]";
        if (!list[i].is_object()) {
            error = "\"" + where + "\" must be an object";
            return;
        }
        SpecReader reader(list[i], where + ".", error);
        ProcessSpec process;
        process.name = reader.word("name");
        process.type = reader.word("type");
        process.command = reader.text("command");
        process.directory = reader.path("cwd");
        process.environment = reader.variables("env");
        process.after = reader.words("after");
        if (const Json *ready = reader.object("ready")) {
            SpecReader inner(*ready, where + ".ready.", error);
            process.ready =
                ReadySpec{int(inner.number("port", 0, 1, 65535)), inner.text("host"), inner.optionalText("path")};
        }
        if (error.empty() && !names.insert(process.name).second)
            error = "\"" + where + ".name\" must be a name of its own, but \"" + process.name + "\" is taken";
        spec.processes.push_back(std::move(process));
    }
    if (error.empty() && spec.oneshot && spec.processes.size() != 1)
        error = "\"processes\" must have exactly one entry when \"oneshot\" is true";
}

Spec readSpec(const Json &json, std::string &error)
{
    Spec spec;
    SpecReader reader(json, {}, error);
    spec.id = reader.word("id");
    spec.logs = reader.path("logs");
    spec.socket = reader.path("socket");
    spec.oneshot = reader.flag("oneshot", spec.oneshot);
    spec.graceMs = reader.number("graceMs", spec.graceMs, 0, kDayMs);
    spec.nice = int(reader.number("nice", spec.nice, -20, 19));
    if (const Json *limits = reader.object("limits")) {
        SpecReader inner(*limits, "limits.", error);
        spec.maxProcesses = inner.number("processes", 0, 1, 1 << 22);
        spec.maxFiles = inner.number("files", 0, 16, 1 << 30);
    }
    if (const Json *restart = reader.object("restart")) {
        SpecReader inner(*restart, "restart.", error);
        RestartPolicy &policy = spec.restart;
        policy.baseMs = inner.number("baseMs", policy.baseMs, 1, kDayMs);
        policy.maxMs = inner.number("maxMs", policy.maxMs, 1, kDayMs);
        policy.giveUpAfter = int(inner.number("giveUpAfter", policy.giveUpAfter, 1, 1'000'000));
        policy.healthyAfterMs = inner.number("healthyAfterMs", policy.healthyAfterMs, 0, kDayMs);
    }
    if (const Json *list = reader.list("processes"))
        readProcesses(*list, spec, error);
    return spec;
}

} // namespace

Outcome<Spec> Spec::read(const std::string &path)
{
    const auto text = readFile(path);
    if (!text)
        return tl::unexpected("Cannot read " + path + ": " + text.error() + ". It must hold the run as JSON.");
    Json json;
    try {
        json = Json::parse(*text);
    } catch (const Json::parse_error &problem) {
        return tl::unexpected(path + ", line " + lineOf(*text, problem.byte)
                              + ": this is not JSON. It must hold the run as one JSON object.");
    }
    if (!json.is_object())
        return tl::unexpected(path + ": the file must hold one JSON object, but holds " + json.type_name() + ".");
    std::string error;
    Spec spec = readSpec(json, error);
    if (!error.empty())
        return tl::unexpected(path + ": " + error + ".");
    return spec;
}

} // namespace Slipway::Run
