// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/activity/activityselection.h"
#include "models/store/slipwaystore.h"

namespace Slipway {

/// Writes the lines of Activity that the file asks for, all of them, newest first; answers how many. What was there
/// under that name stays until all is written. Blocking, engine thread.
Result<int> writeActivity(const SlipwayStore &store, const ActivityFile &file);

} // namespace Slipway
