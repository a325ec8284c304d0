// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace Slipway {

/// What tells one process from every other one on this machine, also from a later one that got the same pid.
struct ProcessIdentity
{
    qint64 pid = 0;
    qint64 startTime = 0; ///< clock ticks since boot: field 22 of /proc/<pid>/stat
    QString bootId; ///< of the kernel: changes with each boot

    static ProcessIdentity current();
    static std::optional<ProcessIdentity> parse(const QString &text); ///< of what toString() gave
    QString toString() const;
    /// Whether this very process still runs; a zombie does not.
    bool isAlive() const;
    friend bool operator==(const ProcessIdentity &, const ProcessIdentity &) = default;
};

} // namespace Slipway
