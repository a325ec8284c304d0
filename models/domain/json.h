// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/environment.h"
#include "models/domain/logline.h"
#include "models/domain/operation.h"

#include <QJsonObject>

/// JSON forms of domain values, for the journal, the cache and the wire between the Local provider and its daemon.
/// Each fromJson accepts what its toJson gave; missing keys give defaults. (`status --json` is another form: app/cli.)
namespace Slipway {

QJsonObject toJson(const Change &change);
Change changeFromJson(const QJsonObject &json);
QJsonObject toJson(const Commit &commit);
Commit commitFromJson(const QJsonObject &json);
QJsonObject toJson(const Comparison &comparison);
Comparison comparisonFromJson(const QJsonObject &json);
QJsonObject toJson(const Release &release);
Release releaseFromJson(const QJsonObject &json);
QJsonObject toJson(const Process &process);
Process processFromJson(const QJsonObject &json);
QJsonObject toJson(const CiStatus &ci);
CiStatus ciFromJson(const QJsonObject &json);
QJsonObject toJson(const Environment &environment);
Environment environmentFromJson(const QJsonObject &json);
QJsonObject toJson(const Snapshot &snapshot);
Snapshot snapshotFromJson(const QJsonObject &json);
QJsonObject toJson(const LogLine &line);
LogLine logLineFromJson(const QJsonObject &json);
QJsonObject toJson(const OperationStep &step);
OperationStep operationStepFromJson(const QJsonObject &json);
QJsonObject toJson(const Operation &operation);
Operation operationFromJson(const QJsonObject &json);

QString toIso(const QDateTime &at); ///< UTC with milliseconds and Z; empty for an invalid time
QDateTime fromIso(const QString &text);

} // namespace Slipway
