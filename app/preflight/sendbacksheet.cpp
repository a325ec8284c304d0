// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is on staging back to its author, in a dev environment of its own; staging then runs production's release.
#include "app/preflight/commonfindings.h"
#include "app/preflight/moves.h"
#include "app/preflight/resetparts.h"

using namespace Qt::StringLiterals;

namespace Slipway {

using Words = PreflightWords;
using Kind = Finding::Kind;

namespace {

Finding artifactFinding(const ResetParts &parts)
{
    const auto id = u"artifact"_s;
    const Environment &production = parts.production.environment;
    const Environment &staging = parts.staging.environment;
    Finding running = runningFinding(parts.staging);
    if (running.kind != Kind::Holds) {
        if (staging.release)
            running.detail = Words::tr("It could not run in a dev environment either: reset %1 to %2 instead.")
                                 .arg(staging.name, production.name);
        return running;
    }
    if (!production.release) {
        return {id, Kind::Hard, Words::tr("%1 has no release yet").arg(production.name),
                Words::tr("There is nothing that %1 could run instead.").arg(staging.name), production.id()};
    }
    if (parts.isClean) {
        return {id, Kind::Hard, Words::tr("%1 already runs this version").arg(production.name),
                Words::tr("There is nothing on %1 to send back.").arg(staging.name), staging.id()};
    }
    return running;
}

} // namespace

Result<Preflight> sendBackSheet(const Situation &s, SendBackIntent move)
{
    const auto parts = resetPartsOf(s, move.from, move.production);
    if (!parts)
        return tl::unexpected(parts.error());
    const Environment &staging = parts->staging.environment;
    const Environment &production = parts->production.environment;
    move.from = staging.name;
    move.production = production.name;
    if (move.name.isEmpty())
        move.name = s.reader.nextFreeName(s.pipeline.name);
    Preflight sheet;
    sheet.config = configDifferences(production.config, staging.config);
    sheet.checks = judged({holdFinding(s), driftAfterReset(*parts),
                           configFinding(s.pipeline.name, production.config, {parts->staging}), artifactFinding(*parts),
                           staleFinding(s, {staging.name, production.name}), providerFinding(s)},
                          s.policy);
    sheet.remedies = takeOverRemedies(s, sheet.checks);
    sheet.fingerprint = fingerprintOf(s, u"sendback"_s, {parts->staging, parts->production});
    move.fingerprint = sheet.fingerprint;
    sheet.intent = move;
    listGoing(sheet, *parts);
    const QString what = staging.release ? titleOf(*staging.release) : staging.name;
    sheet.title = Words::tr("Send %1 back to %2").arg(what, move.name);
    sheet.summary = Words::tr("%1 → %2, a new dev environment. %1 then runs the release of %3.")
                        .arg(staging.name, move.name, production.name);
    sheet.actionText = Words::tr("Send back");
    sheet.from = staging.name;
    sheet.targets = {move.name, staging.name};
    sheet.wayBack = Words::tr("Promote %1 to %2 again.").arg(move.name, staging.name);
    return sheet;
}

} // namespace Slipway
