// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/pipeline.h"
#include "models/domain/policy.h"
#include "models/domain/verdict.h"

#include <QDateTime>
#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>
#include <variant>

/// What a user decides without touching a provider: recorded at once in slipway.db with its line of Activity. Plain
/// values; they cross threads. What changes an environment is an Intent (models/domain/intent.h).
namespace Slipway {

/// A word on what an environment runs now.
struct VerdictIntent
{
    QString pipeline;
    QString environment;
    VerdictState state = VerdictState::Accepted;
    QString note;
    friend bool operator==(const VerdictIntent &, const VerdictIntent &) = default;
};

/// Take staging. One who holds it already renews it; somebody else's is Conflict unless it is taken over, which asks a
/// reason and tells the holder.
struct HoldIntent
{
    QString pipeline;
    QString reason;
    QDateTime until; ///< UTC; invalid: until released
    bool takeOver = false;
    friend bool operator==(const HoldIntent &, const HoldIntent &) = default;
};

/// Give staging back; after a roll back: say that it is resolved. Somebody else's hold asks a reason.
struct ReleaseHoldIntent
{
    QString pipeline;
    QString reason;
    friend bool operator==(const ReleaseHoldIntent &, const ReleaseHoldIntent &) = default;
};

/// Let an accepted dev environment wait for staging, at the end of the queue or at a place in it.
struct QueueIntent
{
    QString pipeline;
    QString environment;
    int place = 0; ///< from 1; 0: stays where it is, a new one at the end
    QString reason; ///< for checks that will warn
    friend bool operator==(const QueueIntent &, const QueueIntent &) = default;
};

struct LeaveQueueIntent
{
    QString pipeline;
    QString environment;
    friend bool operator==(const LeaveQueueIntent &, const LeaveQueueIntent &) = default;
};

/// Give a dev environment more time: as long again as the rule gives from now.
struct KeepIntent
{
    QString pipeline;
    QString environment;
    friend bool operator==(const KeepIntent &, const KeepIntent &) = default;
};

/// Change settings at this desktop; `unset` ones are the team's again.
struct PolicyIntent
{
    QString pipeline;
    Policy::Layer set;
    QStringList unset;
    friend bool operator==(const PolicyIntent &, const PolicyIntent &) = default;
};

/// Say where the changes of a pipeline come from and who checks its commits; what is not set here stays as it is, an
/// empty account takes the name away.
struct ProjectsIntent
{
    QString pipeline;
    std::optional<RemoteProject> source;
    std::optional<RemoteProject> ci;
    friend bool operator==(const ProjectsIntent &, const ProjectsIntent &) = default;
};

using Decision = std::variant<VerdictIntent, HoldIntent, ReleaseHoldIntent, QueueIntent, LeaveQueueIntent, KeepIntent,
                              PolicyIntent, ProjectsIntent>;

} // namespace Slipway
