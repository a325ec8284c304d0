// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/preflight/finding.h"
#include "app/preflight/situation.h"

namespace Slipway {

/// Findings that several moves have in common, one function a check.

/// How old the board is; an operation under way on one of those environments counts as not seeing what is there.
Finding staleFinding(const Situation &s, const QStringList &environments);
Finding providerFinding(const Situation &s);
/// Whether somebody else has staging; whoever holds it passes.
Finding holdFinding(const Situation &s);
/// Keys that `source` has and a target lacks; targets are named where there are several.
Finding configFinding(const QString &pipeline, const QHash<QString, QString> &source, const QList<Card> &targets);
/// Whether the artifact of a card can go anywhere: it has a release and runs; Holds otherwise says it is identical.
Finding runningFinding(const Card &source);

/// Taking staging over, where a hold is in the way.
QList<Remedy> takeOverRemedies(const Situation &s, const QList<Check> &checks);

} // namespace Slipway
