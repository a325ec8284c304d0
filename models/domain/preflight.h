// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/change.h"
#include "models/domain/intent.h"

#include <QList>
#include <QString>

namespace Slipway {

enum class CheckResult { Pass, Warn, Block, Off };
QString toString(CheckResult result); ///< "pass", "warn", "block", "off"

/// One line of the preflight of an operation.
struct Check
{
    QString id; ///< "ci", "verdict", "contains-staging", "hold", "drift", "config", "artifact", "stale", "freeze",
                ///< "provider"
    CheckResult result = CheckResult::Pass;
    QString text; ///< "Accepted on dev3"
    QString detail; ///< "today 10:02, same version"
    friend bool operator==(const Check &, const Check &) = default;
};

/// What the confirm sheet shows before a promotion; answered from the cache.
struct Preflight
{
    PromoteIntent intent;
    QString title; ///< "Deploy Faster checkout to staging"
    QString summary; ///< "dev3 → staging. Releases the identical artifact."
    QString actionText; ///< "Deploy to staging", "Promote to production": the confirm button
    QList<Check> checks;
    QStringList changes; ///< titles of the changes that go
    QList<Commit> commits; ///< that go, newest first
    QStringList notIncluded; ///< changes that stay behind, one sentence each
    QString wayBack; ///< "Roll production back to v188 at any time"
    bool offersShutDown = false;
    QString fingerprint; ///< of what the checks looked at: another one at confirm means "target moved since you looked"

    bool allowed() const; ///< no check blocks
    bool needsReason() const; ///< allowed, and at least one warns
    friend bool operator==(const Preflight &, const Preflight &) = default;
};

/// Whether a card may be dropped on a column, and the words to say so while the drag is in flight.
struct DropAnswer
{
    bool legal = false;
    QString text; ///< legal: "Deploy Faster checkout to staging"; illegal: "Goes to staging first"
    QString target; ///< name of the environment the drop acts on; empty when illegal
};

} // namespace Slipway
