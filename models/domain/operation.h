// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"

#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <QString>

#include <optional>

namespace Slipway {

enum class OperationState { Requested, Waiting, Running, Live, Failed, Cancelled };
QString toString(OperationState state); ///< "requested", "waiting", "running", "live", "failed", "cancelled"
OperationState operationStateFromString(const QString &text);

enum class StepState { Pending, Running, Done, Failed, Undone, Skipped };
QString toString(StepState state);
StepState stepStateFromString(const QString &text);

struct OperationStep
{
    QString name; ///< "Build 9f2c1ab": what a user reads
    StepState state = StepState::Pending;
    QString text; ///< progress while running, result or failure afterwards
    QJsonObject result; ///< what later steps need; private to app/operations
    QDateTime startedAt; ///< UTC
    QDateTime endedAt;
    friend bool operator==(const OperationStep &, const OperationStep &) = default;
};

/// One user action carried out as journaled steps. A row of the journal in slipway.db.
struct Operation
{
    QString id; ///< UUID without braces
    QString kind; ///< "clone", "deploy", "promote", "rollback", "suspend", "resume", "restart", "shutdown", "setup" …
    QString pipeline;
    QString environment; ///< name of the environment that changes; the card that shows progress
    QString from; ///< name of the source environment of a clone or promotion; may be empty
    QString title; ///< "Deploy Faster checkout to staging"
    OperationState state = OperationState::Requested;
    QString waitingFor; ///< a sentence, while Waiting
    QDateTime startsAt; ///< UTC; valid only while its undo window is open: until then it can be taken back whole
    QList<OperationStep> steps;
    int step = 0; ///< index of the current step
    std::optional<Error> error; ///< when Failed: names the step, what has changed and what has not
    QJsonObject intent; ///< what was asked, enough to rebuild the steps after a crash
    QString by;
    QDateTime requestedAt; ///< UTC
    QDateTime endedAt; ///< UTC; invalid while not ended
    bool undoable = false; ///< a failed one whose effects can be taken back
    bool dismissed = false; ///< a failed one that was taken off its card; set by the store alone, ignored when saving
    QStringList targets = {}; ///< all environments that change, in order, where there are several
    QString reason = {}; ///< why it goes in spite of a warning, or the rule that asked for it
    QStringList overridden = {}; ///< the warnings that were passed with that reason
    QString wayBackText = {}; ///< of one that ended well: "Roll staging back to v3"; empty: there is none
    QJsonObject wayBack = {}; ///< the intent that does it, see intentFromJson()

    bool isActive() const
    {
        return state == OperationState::Requested || state == OperationState::Waiting
            || state == OperationState::Running;
    }
    QString environmentId() const { return pipeline + QLatin1Char('/') + environment; }
    friend bool operator==(const Operation &, const Operation &) = default;
};

/// One line of the record of who did what.
struct ActivityEntry
{
    qint64 id = 0;
    QDateTime at; ///< UTC
    QString by;
    QString pipeline;
    QString environment;
    QString kind; ///< as Operation::kind, or "accepted", "changes_requested", "hold", "queue", "policy" …
    QString text; ///< one sentence: "Promoted 9f2c1ab from staging to production"
    QString version; ///< full SHA; may be empty
    QString reason; ///< given where a check warned
    QString result; ///< "live", "failed: …", "cancelled"
    QString operation; ///< id, may be empty
    QString from = {}; ///< environment (or what was before) and …
    QString to = {}; ///< … environment it went to; may be empty
    QStringList overridden = {}; ///< the checks that were passed with a reason
    qint64 durationMs = -1; ///< of an operation, from its request to its end; -1: took no time
    friend bool operator==(const ActivityEntry &, const ActivityEntry &) = default;
};

} // namespace Slipway
