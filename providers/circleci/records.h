// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"

#include <QDateTime>
#include <QJsonArray>
#include <QList>
#include <QStringList>

#include <optional>

/// What CircleCI answers, as values (source: circleci.md, "Objects and calls"). Names are fit to be shown.
namespace Slipway::CircleCi {

/// What one push started.
struct PipelineRecord
{
    QString id;
    QString slug; ///< of its project; may be empty
    std::optional<int> number;
    QString state; ///< of its creation, not of the checks: "created", "errored", "pending", "setup" …
    QString revision; ///< full SHA; empty: not told
    QStringList errors; ///< why it is "errored", in CircleCI's words
};

struct WorkflowRecord
{
    QString id;
    QString name;
    QString status;
    QString slug; ///< of its project; may be empty
    QString pipeline; ///< its id; may be empty
    std::optional<int> pipelineNumber;
    bool setup = false; ///< only decides which others there will be
    QDateTime createdAt; ///< UTC, whole seconds
};

struct JobRecord
{
    QString id;
    QString name;
    QString status;
    bool approval = false;
    std::optional<int> number;
    QString approvalRequest; ///< of an approval
    QDateTime startedAt; ///< UTC; invalid: not yet, or not known
    QDateTime stoppedAt; ///< UTC; invalid: not yet, or not known
};

struct TestRecord
{
    QString name;
    QString classname;
    bool failed = false;
};

Result<QList<PipelineRecord>> pipelinesFrom(const QJsonArray &entries);
Result<WorkflowRecord> workflowFrom(const QJsonObject &entry);
Result<QList<WorkflowRecord>> workflowsFrom(const QJsonArray &entries);
Result<QList<JobRecord>> jobsFrom(const QJsonArray &entries);
QList<TestRecord> testsFrom(const QJsonArray &entries); ///< those without a name left out
QList<TestRecord> flakyTestsFrom(const QJsonObject &answer); ///< field names in snake_case or with hyphens

} // namespace Slipway::CircleCi
