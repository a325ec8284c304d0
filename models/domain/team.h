// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/environment.h"
#include "models/domain/verdict.h"

#include <QDateTime>
#include <QJsonObject>
#include <QString>
#include <QUrl>

#include <optional>
#include <variant>

/// What a team shares through the place its code is at (DESIGN section 7).
namespace Slipway {

/// A verdict, said to everybody.
struct VerdictNote
{
    QString version; ///< full SHA of the commit that was looked at
    std::optional<int> number; ///< of the pull request; none: the commit alone gets the verdict
    QString environment; ///< where it was looked at: "shop/dev1"
    QUrl address; ///< of that environment
    Verdict verdict; ///< by, note and at; None takes it back
    friend bool operator==(const VerdictNote &, const VerdictNote &) = default;
};

enum class DeploymentState { Running, Live, Failed, Gone };

/// A deploy, promotion or shut-down of an environment, for the record.
struct DeploymentNote
{
    QString id; ///< of the operation: the same one again changes the state of what was recorded
    QString environment; ///< "shop/dev1"
    Stage stage = Stage::Development;
    QString version; ///< full SHA
    DeploymentState state = DeploymentState::Running;
    QUrl address;
    QString text; ///< "Promoted from staging v12 by Ines"
    friend bool operator==(const DeploymentNote &, const DeploymentNote &) = default;
};

/// What is still to be told to the team's shared place: kept until it was, so that nothing is lost to a bad line.
struct TeamNote
{
    qint64 id = 0; ///< given by the store
    QString pipeline;
    std::variant<VerdictNote, DeploymentNote> what;
    friend bool operator==(const TeamNote &, const TeamNote &) = default;
};

QJsonObject toJson(const TeamNote &note); ///< without its id and its pipeline
std::optional<TeamNote> teamNoteFromJson(const QJsonObject &json);

/// Something said on a pull request.
struct Comment
{
    QString id; ///< the source's; grows with time
    int number = 0; ///< of the pull request
    QString by; ///< login
    QString text;
    QDateTime at; ///< UTC
    friend bool operator==(const Comment &, const Comment &) = default;
};

} // namespace Slipway
