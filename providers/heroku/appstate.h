// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/environment.h"
#include "providers/heroku/resources.h"

namespace Slipway::Heroku {

/// Puts what an app's dynos do into the environment: processes, state and why. `scaledTo0`: its formation asks for
/// none. Nothing is known of a release that is under way here.
void describeDynos(Environment &environment, const QList<Dyno> &dynos, bool suspended);

/// A release or build that is under way or went wrong, as far as it changes the state. `running`: what serves.
void describeLatest(Environment &environment, const std::optional<AppRelease> &latest,
                    const std::optional<Build> &build);

} // namespace Slipway::Heroku
