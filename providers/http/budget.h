// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>

namespace Slipway {

/// What an account may still ask of its service, as the last answer told.
struct Budget
{
    int remaining = -1; ///< requests; -1: not known
    int total = -1; ///< -1: not known
    QDateTime asOf = {}; ///< UTC, when that answer came; invalid: none told yet
    friend bool operator==(const Budget &, const Budget &) = default;
};

} // namespace Slipway
