// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/environment.h"

#include "models/domain/enumnames.h"

#include <algorithm>

namespace Slipway {

namespace {

constexpr EnumNames<Stage, 3> kStages{{
    {Stage::Development, "development"},
    {Stage::Staging, "staging"},
    {Stage::Production, "production"},
}};

constexpr EnumNames<EnvironmentState, 6> kEnvironmentStates{{
    {EnvironmentState::Running, "running"},
    {EnvironmentState::Deploying, "deploying"},
    {EnvironmentState::Suspended, "suspended"},
    {EnvironmentState::Stopped, "stopped"},
    {EnvironmentState::Crashed, "crashed"},
    {EnvironmentState::Unknown, "unknown"},
}};

} // namespace

QString toString(Stage stage)
{
    return enumName(kStages, stage);
}

std::optional<Stage> stageFromString(const QString &text)
{
    return enumValue(kStages, text);
}

QString toString(EnvironmentState state)
{
    return enumName(kEnvironmentStates, state);
}

EnvironmentState environmentStateFromString(const QString &text)
{
    return enumValue(kEnvironmentStates, text).value_or(EnvironmentState::Unknown);
}

EnvironmentRef EnvironmentRef::parse(const QString &id)
{
    const qsizetype slash = id.indexOf(u'/');
    if (slash <= 0 || slash + 1 == id.size() || id.indexOf(u'/', slash + 1) >= 0)
        return {};
    return {id.left(slash), id.mid(slash + 1)};
}

const Environment *Snapshot::environment(const QString &name) const
{
    const auto found = std::find_if(environments.cbegin(), environments.cend(),
                                    [&name](const Environment &one) { return one.name == name; });
    return found == environments.cend() ? nullptr : &*found;
}

} // namespace Slipway
