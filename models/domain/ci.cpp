// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/ci.h"

#include "models/domain/enumnames.h"

namespace Slipway {

namespace {

constexpr EnumNames<CiState, 5> kCiStates{{
    {CiState::Passed, "passed"},
    {CiState::Failed, "failed"},
    {CiState::Running, "running"},
    {CiState::None, "none"},
    {CiState::Unknown, "unknown"},
}};

} // namespace

QString toString(CiState state)
{
    return enumName(kCiStates, state);
}

CiState ciStateFromString(const QString &text)
{
    return enumValue(kCiStates, text).value_or(CiState::Unknown);
}

} // namespace Slipway
