// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/board/boardreader.h"
#include "models/domain/preflight.h"

#include <QJsonArray>
#include <QJsonObject>

/// The JSON documents of DESIGN section 11: a contract, keys may be added but not changed. (The journal and the wire to
/// the daemon have forms of their own, models/domain/json.h.)
namespace Slipway::Cli {

QJsonValue orNull(const QString &text); ///< null for an empty text
QJsonValue orNull(const QUrl &url);
QJsonValue orNull(const QDateTime &at); ///< ISO 8601 UTC
QJsonValue orNull(const std::optional<int> &number);
QString releaseName(int number); ///< "v3"

QJsonValue changeDocument(const Change &change); ///< null for none
QJsonObject commitDocument(const Commit &commit);
QJsonArray commitDocuments(const QList<Commit> &commits);
/// "version" is the commit, "artifact" what the verdict is bound to where that is not the commit.
QJsonObject verdictDocument(const Verdict &verdict, const Card &card);
QJsonObject ciDocument(const CiStatus &ci);
QJsonObject releaseDocument(const Release &release);
QJsonObject errorDocument(const Error &error);

QJsonValue holdDocument(const std::optional<Hold> &hold); ///< null for none
QJsonArray queueDocument(const QList<QueuedChange> &queue);
QJsonObject environmentDocument(const Card &card);
/// One pipeline of `status --json`.
QJsonObject statusDocument(const BoardReader &reader, const QString &pipeline);
/// Every setting with what is in force and who said it.
QJsonObject policyDocument(const Policy &policy);
/// `check --json`.
QJsonObject preflightDocument(const Preflight &preflight);
/// What an operation came to, and each row of `operations --json`.
QJsonObject operationDocument(const Operation &operation);

/// Cards in the order of the board: development, staging, production; each by age.
QList<Card> boardOrder(const BoardReader &reader, const QString &pipeline);
/// How fresh what the cache says of this account is: "live" only where somebody asked lately.
AccountStatus freshness(const BoardReader &reader, const QString &account);

} // namespace Slipway::Cli
