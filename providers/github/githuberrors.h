// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"
#include "providers/http/httpmessage.h"

#include <QJsonArray>

namespace Slipway::GitHub {

/// A refusal in words of people. `what` completes "GitHub did not …": "read the pull requests of acme/shop". GitHub's
/// own words are the detail, control characters stripped. (Source of statuses and headers: GitHub's REST reference,
/// "Troubleshooting" and "Permissions required for fine-grained personal access tokens".)
Error refusal(const HttpAnswer &answer, const QString &what);

/// What GitHub itself says of a refusal: its message and its list of errors, one line; empty when it says nothing.
QString saidBy(const HttpAnswer &answer);

/// Of the errors of a GraphQL answer without data.
Error graphRefusal(const QJsonArray &errors, const QString &what);

Error unreadable(const QString &what); ///< BadPayload

/// Whether the token lacks the right, as opposed to anything else that may go wrong: something else may do instead.
bool isForbidden(const Error &error);

} // namespace Slipway::GitHub
