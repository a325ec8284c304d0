// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

namespace Slipway {

enum class VerdictState { None, Accepted, ChangesRequested };
QString toString(VerdictState state); ///< "none", "accepted", "changes_requested"
VerdictState verdictStateFromString(const QString &text);

/// A delivery lead's word on one version in one environment.
struct Verdict
{
    VerdictState state = VerdictState::None;
    QString by;
    QString note;
    QString version; ///< artifact identity where there is one, else the commit: what was looked at
    QDateTime at; ///< UTC
    friend bool operator==(const Verdict &, const Verdict &) = default;
};

} // namespace Slipway
