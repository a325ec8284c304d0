// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/operation.h"
#include "ui/widgets/twolinedelegate.h"

namespace Slipway {

/// A line of Activity as it is read: what, when, and below who, from where to where, which version, what was passed and
/// why, how long. `everything`: it names its environment.
TwoLines activityLines(const ActivityEntry &entry, bool everything);

QString activityKind(const QString &kind); ///< for people: "Accepted", "Roll back"

} // namespace Slipway
