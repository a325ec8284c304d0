// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "descriptor.h"
#include "outcome.h"

#include <string>

namespace Slipway::Run {

/// Leaves the terminal and the parent behind: double fork, a session of its own. Returns in the new process, with the
/// descriptor to tell readiness on. The calling process stays until then and exits 0, or 1 with the sentence it was
/// told.
Outcome<Descriptor> detach();

void tellReady(const Descriptor &waiting);
void tellFailure(const Descriptor &waiting, const std::string &sentence);

} // namespace Slipway::Run
