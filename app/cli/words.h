// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/terminal.h"
#include "models/board/card.h"

namespace Slipway::Cli {

QString shortVersion(const QString &version); ///< first seven characters of a commit
QString age(const QDateTime &since); ///< "2 h", "3 min", "5 d"; empty for an invalid time
QString timeText(const QDateTime &at); ///< "2026-11-25 18:00", local
QString spanText(qint64 ms); ///< "3 d 4 h", "5 min", "40 s"
/// "Ines holds staging since 2026-11-25 16:00, until 2026-11-25 18:00: release day"
QString holdText(const Hold &hold);
QString queueText(const QueuedChange &queued); ///< "dev2, Faster checkout: staging is busy"
QString changeText(const Release &release); ///< what a release is, in a line: "Faster checkout (#482)"
QString countOf(int number, QLatin1StringView one, QLatin1StringView many); ///< "1 commit", "3 commits"
Cell stateCell(const Environment &environment);
/// What is to be said of an environment beside its release: operation, verdict, ahead and behind.
QString remark(const Card &card);

} // namespace Slipway::Cli
