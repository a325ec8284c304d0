// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"
#include "models/domain/pipeline.h"

namespace Slipway {

/// By its spelling (127.0.0.0/8, ::1, localhost): a name that merely resolves to this machine may resolve elsewhere
/// tomorrow.
bool isLoopback(const QString &host);

/// The root of a service as a person gives it. Empty is good: the default. Otherwise https anywhere, http only to this
/// machine (127.0.0.0/8, ::1, localhost), without credentials, query and fragment. Invalid names input and remedy; an
/// address that carries credentials is not repeated.
Result<void> goodServiceUrl(const QString &url);

/// Addresses and the name of the variable. A name is checked by nameProblem().
Result<void> goodAccount(const Account &account);

/// What a person pasted or piped in, without white space at its ends. Invalid when it cannot be a token; the error
/// never repeats it.
Result<QString> tokenFrom(const QString &text);

} // namespace Slipway
