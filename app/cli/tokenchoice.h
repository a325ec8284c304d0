// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/context.h"

namespace Slipway::Cli {

/// Where the command line says that a token is.
struct TokenChoice
{
    QString token; ///< to keep; empty: none was given
    QString variable; ///< or where to read it at each start
};

/// The options that say so: --token-stdin, --token-env, --from-cli, --device.
QList<OptionSpec> tokenOptions();

/// The token of this account by at most one of them; neither is one when none was given. `account`: its kind is one
/// that there is, its addresses are good. --device shows a code on stderr and waits until it is allowed.
Result<TokenChoice> chosenToken(Context &context, const Account &account, const Invocation &invocation);

} // namespace Slipway::Cli
