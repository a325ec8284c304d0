// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/preflight/finding.h"
#include "app/preflight/sheetparts.h"
#include "app/preflight/situation.h"

namespace Slipway {

/// What reset and send back share: staging gets production's release again.
struct ResetParts
{
    Card staging;
    Card production;
    std::optional<Comparison> comparison; ///< production...staging
    bool isClean = false; ///< both run the same version
};

Result<ResetParts> resetPartsOf(const Situation &s, const QString &staging, const QString &production);

/// Fills what goes away from staging; says so where it is not known.
void listGoing(Preflight &sheet, const ResetParts &parts);

/// Staging loses nothing that production has.
Finding driftAfterReset(const ResetParts &parts);

} // namespace Slipway
