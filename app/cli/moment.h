// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"

#include <QDateTime>

namespace Slipway::Cli {

/// A time to come as a person types it: "+2h", "18:00" (today), "tomorrow", "tomorrow 09:30", ISO 8601 with or without
/// a zone. What names no zone is local; a date alone is the beginning of that day. Invalid names the input and what is
/// right. Answers UTC.
Result<QDateTime> momentFrom(const QString &text, const QDateTime &now);

} // namespace Slipway::Cli
