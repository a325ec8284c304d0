// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/verdict.h"

#include "models/domain/enumnames.h"

namespace Slipway {

namespace {

constexpr EnumNames<VerdictState, 3> kStates{{
    {VerdictState::None, "none"},
    {VerdictState::Accepted, "accepted"},
    {VerdictState::ChangesRequested, "changes_requested"},
}};

} // namespace

QString toString(VerdictState state)
{
    return enumName(kStates, state);
}

VerdictState verdictStateFromString(const QString &text)
{
    return enumValue(kStates, text).value_or(VerdictState::None);
}

} // namespace Slipway
