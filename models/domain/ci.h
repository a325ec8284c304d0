// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <optional>

namespace Slipway {

enum class CiState { Passed, Failed, Running, None, Unknown };
QString toString(CiState state); ///< "passed" …: the contract of `status --json`
CiState ciStateFromString(const QString &text); ///< Unknown for anything else

/// What CI says of one commit, in short. None: it never ran; Unknown: nobody could tell.
struct CiStatus
{
    CiState state = CiState::None;
    QUrl url;
    std::optional<int> passed; ///< jobs
    std::optional<int> failed; ///< jobs
    friend bool operator==(const CiStatus &, const CiStatus &) = default;
};

/// One job of a run.
struct CiJob
{
    QString id; ///< the provider's
    QString name;
    CiState state = CiState::Unknown; ///< None: it does not run (skipped, cancelled, waits for others)
    QString stateText; ///< in words: "timed out", "waits for approval"
    bool waits = false; ///< for somebody's approval
    bool hasLog = false;
    QUrl url;
    QDateTime startedAt; ///< UTC; invalid: not yet, or not known
    QDateTime endedAt; ///< UTC; invalid: not yet, or not known
    QStringList failing; ///< names of failing tests, at most 50
    QStringList flaky; ///< those of `failing` that are known to fail now and then
    friend bool operator==(const CiJob &, const CiJob &) = default;
};

/// Jobs that were started together: a workflow, a check suite. Of several tries the newest one.
struct CiRun
{
    QString id; ///< the provider's
    QString name;
    CiState state = CiState::Unknown;
    bool mayRerun = false; ///< from what failed
    bool mayCancel = false;
    QList<CiJob> jobs;
    friend bool operator==(const CiRun &, const CiRun &) = default;
};

/// Everything CI says of one commit.
struct CiReport
{
    QString version; ///< full SHA
    CiStatus status;
    QList<CiRun> runs;
    QString note; ///< what could not be seen and why, a sentence: "This token may not read checks."
    friend bool operator==(const CiReport &, const CiReport &) = default;
};

} // namespace Slipway
