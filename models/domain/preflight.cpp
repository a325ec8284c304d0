// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/preflight.h"

#include "models/domain/enumnames.h"

#include <algorithm>

namespace Slipway {

namespace {

constexpr EnumNames<CheckResult, 4> kResults{{
    {CheckResult::Pass, "pass"},
    {CheckResult::Warn, "warn"},
    {CheckResult::Block, "block"},
    {CheckResult::Off, "off"},
}};

} // namespace

QString toString(CheckResult result)
{
    return enumName(kResults, result);
}

bool Preflight::allowed() const
{
    return std::none_of(checks.cbegin(), checks.cend(),
                        [](const Check &check) { return check.result == CheckResult::Block; });
}

bool Preflight::needsReason() const
{
    return allowed() && std::any_of(checks.cbegin(), checks.cend(), [](const Check &check) {
               return check.result == CheckResult::Warn;
           });
}

} // namespace Slipway
