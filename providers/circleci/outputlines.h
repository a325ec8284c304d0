// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"
#include "models/domain/logline.h"

#include <QByteArray>

namespace Slipway::CircleCi {

struct OutputLines
{
    QList<LogLine> lines; ///< oldest first
    bool whole = true; ///< false: older ones were left out
};

/// The lines in the output of a step: a JSON array of pieces {message, time, type}, cut anywhere (source: circleci.md,
/// "Step logs"). Escape sequences are stripped, and of a line that was written over (progress) the last state stays.
/// Keeps the newest `most`. `from`: the time of lines without one. BadPayload when it is not that.
Result<OutputLines> outputLines(const QByteArray &json, const QString &process, const QDateTime &from, qsizetype most);

} // namespace Slipway::CircleCi
