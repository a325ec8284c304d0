// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

namespace Slipway {

/// When an environment was used last, as far as its log tells: the last line of its web process, unless it came so soon
/// after the environment got into its state (`since`) that our own look at its health may have caused it; then, and
/// without a log, `since`. Whole minutes, so that a board that is looked at often stays unchanged. One look at a
/// folder.
QDateTime lastActive(const QString &logFolder, const QDateTime &since);

} // namespace Slipway
