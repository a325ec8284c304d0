// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/environment.h"
#include "models/domain/operation.h"
#include "models/domain/staging.h"
#include "models/domain/verdict.h"

#include <QMetaType>

namespace Slipway {

/// All that a card, its inspector and `status` show of one environment: provider facts joined with Slipway's own.
struct Card
{
    Environment environment;
    Verdict verdict; ///< VerdictState::None when there is none or it is for another version
    Verdict earlier; ///< the one that an earlier version had; VerdictState::None when there was none
    std::optional<Operation> operation; ///< the active one, or one that failed and was not dismissed
    std::optional<Lifetime> lifetime; ///< of a dev environment whose time ends
    int queuePlace = 0; ///< from 1: it waits for staging

    QString id() const { return environment.id(); }
    bool verdictVoid() const { return earlier.state != VerdictState::None; }
    /// What a verdict is bound to: the artifact, else the version.
    QString version() const;
    friend bool operator==(const Card &, const Card &) = default;
};

/// An entry of the queue, and what it waits for.
struct QueuedChange
{
    QueueEntry entry;
    QString title; ///< of the change, else the environment's name
    QString waitsFor; ///< "Staging is 1 change ahead of production", "dev2 goes first"
    bool ready = false; ///< nothing but a decision: it can go now
    int place = 0; ///< from 1, where it is shown
    friend bool operator==(const QueuedChange &, const QueuedChange &) = default;
};

/// The clean-staging gauge.
struct StagingGauge
{
    std::optional<int> changesAhead; ///< nullopt: not known (no staging, no production, or never compared)
    std::optional<int> commitsAhead;
    std::optional<int> configKeysAhead;
    QStringList changes; ///< titles
    int limit = 2;
    QDateTime dirtySince; ///< UTC; invalid when clean or unknown
    std::optional<Hold> hold; ///< only one that is not over
    QList<QueuedChange> queue; ///< the first goes first
    bool isClean() const { return changesAhead && *changesAhead == 0; }
    friend bool operator==(const StagingGauge &, const StagingGauge &) = default;
};

} // namespace Slipway

Q_DECLARE_METATYPE(Slipway::Card)
