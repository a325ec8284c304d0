// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/preflight/finding.h"
#include "app/preflight/situation.h"
#include "models/domain/enumerated.h"

namespace Slipway {

/// What the checks of one promotion look at, read once.
struct Promotion
{
    struct Target
    {
        Card card;
        std::optional<Comparison> comparison; ///< the target's version...the source's version
        QString name() const { return card.environment.name; }
    };

    PromoteIntent intent; ///< complete
    Card source;
    QList<Target> targets; ///< in the order they are released in; never empty
    StagingGauge gauge;
    bool toProduction = false;

    QString from() const { return source.environment.name; }
    QString to() const { return enumerated(names()); } ///< "production and eu"
    QStringList names() const;
    QList<Card> targetCards() const;
};

/// One finding a check.
QList<Finding> promotionFindings(const Situation &s, const Promotion &promotion);

/// What staging will be ahead of production by.
struct DriftAfter
{
    std::optional<int> changes; ///< nullopt: not known
    bool atLeast = false; ///< the comparison was cut: there may be more
};
DriftAfter driftAfter(const Promotion &promotion);

/// The ways out of what does not hold.
QList<Remedy> promotionRemedies(const Situation &s, const Promotion &promotion, const QList<Check> &checks);

} // namespace Slipway
