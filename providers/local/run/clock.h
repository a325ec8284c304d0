// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace Slipway::Run {

std::int64_t monotonicMs(); ///< Milliseconds of the clock that nobody sets: for delays and deadlines.
std::int64_t epochMs(); ///< Milliseconds since 1970, UTC: for people and files.

std::string isoStamp(std::int64_t ms); ///< `2026-11-24T03:22:11.123Z`
std::string dayStamp(std::int64_t ms); ///< `20261124`, the UTC day
std::string spokenDelay(std::int64_t ms); ///< `2 s`, `1.5 s`, `40 ms`

} // namespace Slipway::Run
