// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/preflight/resetparts.h"

using namespace Qt::StringLiterals;

namespace Slipway {

using Words = PreflightWords;

Result<ResetParts> resetPartsOf(const Situation &s, const QString &staging, const QString &production)
{
    auto reset = s.cardAt(Stage::Staging, staging);
    if (!reset)
        return tl::unexpected(reset.error());
    auto model = s.cardAt(Stage::Production, production);
    if (!model)
        return tl::unexpected(model.error());
    ResetParts parts{std::move(*reset), std::move(*model), {}, false};
    parts.comparison = s.compared(parts.production.environment.release, parts.staging.environment.release);
    parts.isClean = !parts.production.version().isEmpty() && parts.production.version() == parts.staging.version();
    return parts;
}

void listGoing(Preflight &sheet, const ResetParts &parts)
{
    const auto &release = parts.staging.environment.release;
    if (!release || parts.isClean)
        return;
    if (parts.comparison) {
        listCommits(sheet, parts.comparison->commits, release);
    } else {
        sheet.changes.append(titleOf(*release));
        sheet.notIncluded.append(
            Words::tr("Which commits these are is not known: %1 and %2 were never compared. Refresh the board.")
                .arg(parts.staging.environment.name, parts.production.environment.name));
    }
}

Finding driftAfterReset(const ResetParts &parts)
{
    return {
        u"drift"_s, Finding::Kind::Holds,
        Words::tr("%1 then runs what %2 runs").arg(parts.staging.environment.name, parts.production.environment.name)};
}

} // namespace Slipway
