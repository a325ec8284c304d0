// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/verdict.h"

#include "models/domain/enumnames.h"

namespace Slipway {

namespace {

constexpr EnumNames<VerdictState, 3> kVerdictStates{{
    {VerdictState::None, "none"},
    {VerdictState::Accepted, "accepted"},
    {VerdictState::ChangesRequested, "changes_requested"},
}};

} // namespace

QString toString(VerdictState state)
{
    return enumName(kVerdictStates, state);
}

VerdictState verdictStateFromString(const QString &text)
{
    return enumValue(kVerdictStates, text).value_or(VerdictState::None);
}

} // namespace Slipway
