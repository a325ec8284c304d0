// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Staging back to what production is: the artifact always, config and data by choice.
#include "app/preflight/commonfindings.h"
#include "app/preflight/moves.h"
#include "app/preflight/resetparts.h"

using namespace Qt::StringLiterals;

namespace Slipway {

using Words = PreflightWords;
using Kind = Finding::Kind;

namespace {

Finding artifactFinding(const ResetParts &parts, const ResetIntent &move, bool configDiffers)
{
    const Environment &staging = parts.staging.environment;
    const Finding running = runningFinding(parts.production);
    if (running.kind != Kind::Holds || !parts.isClean || staging.state != EnvironmentState::Running)
        return running;
    const QString text = Words::tr("%1 already runs this version").arg(staging.name);
    if (move.config || move.data != DataChoice::None || configDiffers)
        return {u"artifact"_s, Kind::Aside, text, Words::tr("Only config and data can change.")};
    return {u"artifact"_s, Kind::Hard, text, Words::tr("Choose the data too if that is what you want to reset."),
            staging.id()};
}

Finding keysFinding(const Situation &s, const ResetParts &parts, const ResetIntent &move)
{
    if (move.config) {
        return {u"config"_s, Kind::Holds,
                Words::tr("%1 gets the config of %2")
                    .arg(parts.staging.environment.name, parts.production.environment.name)};
    }
    return configFinding(s.pipeline.name, parts.production.environment.config, {parts.staging});
}

QString wayBack(const Environment &staging)
{
    if (!staging.release)
        return Words::tr("This is the first release of %1: there is none to go back to.").arg(staging.name);
    return Words::tr("Roll %1 back to v%2 at any time. Data that was replaced is not restored.")
        .arg(staging.name)
        .arg(staging.release->number);
}

} // namespace

Result<Preflight> resetSheet(const Situation &s, ResetIntent move)
{
    const auto parts = resetPartsOf(s, move.environment, move.from);
    if (!parts)
        return tl::unexpected(parts.error());
    const Environment &staging = parts->staging.environment;
    const Environment &production = parts->production.environment;
    move.environment = staging.name;
    move.from = production.name;
    Preflight sheet;
    sheet.config = configDifferences(production.config, staging.config);
    sheet.checks = judged({holdFinding(s), driftAfterReset(*parts), keysFinding(s, *parts, move),
                           artifactFinding(*parts, move, !sheet.config.isEmpty()),
                           staleFinding(s, {staging.name, production.name}), providerFinding(s)},
                          s.policy);
    sheet.remedies = takeOverRemedies(s, sheet.checks);
    sheet.fingerprint = fingerprintOf(s, u"reset"_s, {parts->production, parts->staging});
    move.fingerprint = sheet.fingerprint;
    sheet.intent = move;
    listGoing(sheet, *parts);
    sheet.title = Words::tr("Reset %1 to %2").arg(staging.name, production.name);
    sheet.summary = sheet.changes.isEmpty()
        ? Words::tr("%1 → %2. No change goes away.").arg(production.name, staging.name)
        : Words::tr("%1 → %2. Away from %2: %3.").arg(production.name, staging.name, changesText(sheet.changes.size()));
    sheet.actionText = Words::tr("Reset %1").arg(staging.name);
    sheet.from = production.name;
    sheet.targets = {staging.name};
    sheet.offersConfig = !sheet.config.isEmpty();
    sheet.offersData = true;
    sheet.wayBack = wayBack(staging);
    return sheet;
}

} // namespace Slipway
