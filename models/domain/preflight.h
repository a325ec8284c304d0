// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/commitgroups.h"
#include "models/domain/intent.h"
#include "models/domain/staging.h"

#include <QList>
#include <QString>

namespace Slipway {

enum class CheckResult { Pass, Warn, Block, Off };
QString toString(CheckResult result); ///< "pass", "warn", "block", "off"

/// One line of the preflight of an operation.
struct Check
{
    QString id; ///< "ci", "verdict", "contains-staging", "merge", "hold", "drift", "config", "artifact", "stale",
                ///< "freeze", "provider"
    CheckResult result = CheckResult::Pass;
    QString text; ///< "Accepted on dev3"
    QString detail; ///< "today 10:02, same version"
    QString link = {}; ///< to what is in the way: an environment id ("shop/dev3") or an http(s) address; may be empty
    friend bool operator==(const Check &, const Check &) = default;
};

/// One config key that is not the same on both sides. Values are never known here, equality comes from keyed hashes.
struct ConfigDifference
{
    enum class Kind { Missing, Different, Extra };
    QString key;
    Kind kind = Kind::Missing; ///< seen from the target
    QString target = {}; ///< name of the target, where there are several
    friend bool operator==(const ConfigDifference &, const ConfigDifference &) = default;
};

/// A way out that the sheet offers beside its main button.
struct Remedy
{
    enum class Kind { UpdateFromStaging, Queue, TakeOver, Accept };
    Kind kind = Kind::Queue;
    QString text; ///< of the button: "Update from staging"
    QString check; ///< id of the check it would mend
    friend bool operator==(const Remedy &, const Remedy &) = default;
};

/// What the confirm sheet shows before a move; answered from the cache.
struct Preflight
{
    Intent intent; ///< complete, with the fingerprint of what was looked at
    QString title; ///< "Deploy Faster checkout to staging"
    QString summary; ///< "dev3 → staging. Releases the identical artifact."
    QString actionText; ///< "Deploy to staging", "Promote to production": the confirm button
    QList<Check> checks;
    QList<CommitGroup> groups; ///< what goes, by change; newest first. Reset, roll back: what goes away from the target
    QStringList changes; ///< titles of the changes that go (away)
    QList<Commit> commits; ///< that go (away), newest first
    QStringList notIncluded; ///< what does not go, is lost, or is not known, one sentence each
    QList<ConfigDifference> config; ///< of the target against the source; roll back: against the release
    QString wayBack; ///< what undo will look like: "Roll production back to v188 at any time"
    QString from; ///< name of the environment the move begins at; empty for a change
    QStringList targets; ///< names of the environments that change, in order
    bool offersShutDown = false; ///< of the source, afterwards
    bool offersBranchDeletion = false; ///< of the pull request that is merged, afterwards
    bool offersConfig = false; ///< whether config goes along is a choice (reset, roll back)
    bool offersData = false; ///< whether data goes along is a choice (reset)
    QList<Remedy> remedies;
    QString fingerprint; ///< of what the checks looked at: another one at confirm means "target moved since you looked"

    bool allowed() const; ///< no check blocks
    bool needsReason() const; ///< allowed, and at least one warns
    friend bool operator==(const Preflight &, const Preflight &) = default;
};

/// Whether a card or a change may be dropped on a column, and the words to say so while the drag is in flight.
struct DropAnswer
{
    bool legal = false;
    QString text; ///< legal: "Deploy Faster checkout to staging"; illegal: "Goes to staging first"
    QString target; ///< name of the environment the drop acts on; empty when illegal, or when one is to be made
    std::optional<Intent> intent = {}; ///< what the drop asks for; the sheet or dialog completes it
};

} // namespace Slipway
