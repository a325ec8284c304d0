// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"
#include "providers/http/httpmessage.h"

namespace Slipway::Heroku {

/// A refusal in words of people. `what` completes "Heroku did not …": "read the releases of shop". Heroku's own words
/// are the detail, control characters stripped. (Source of ids and statuses: Platform API reference, "Error".)
Error refusal(const HttpAnswer &answer, const QString &what);

/// The scopes that a header of an answer lists (Oauth-Scope: those of the token; Oauth-Scope-Accepted: those of which
/// one is needed; source: recorded answers of 2022).
QStringList scopesIn(const QByteArray &header);

/// Heroku's id of an error, "two_factor"; empty when the body has none.
QString refusalId(const HttpAnswer &answer);

} // namespace Slipway::Heroku
