// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"
#include "providers/http/httpmessage.h"

namespace Slipway::CircleCi {

/// A refusal in words of people. `what` completes "CircleCI did not …": "list the workflows". CircleCI's own words are
/// the detail, control characters stripped. (Source of statuses: circleci.md, "Base and authentication".)
Error refusal(const HttpAnswer &answer, const QString &what);

/// An answer that is no JSON, or not the JSON that was to come.
Error unreadable(const QString &what);

Error noToken();

} // namespace Slipway::CircleCi
