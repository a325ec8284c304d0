// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/registry.h"

#include <functional>

class QObject;

namespace Slipway {

/// Whether a login of the service's own command line can be taken over here, as far as can be told without running it.
bool hasCliLogin(const TokenSource &source);

/// That login's token: from the netrc file, or printed by the command itself, which is asked without a prompt and for
/// at most 15 seconds. `url`: the account's root; a service of one's own is named to the command. `done` is called once
/// from the event loop, unless `context` is gone by then. NotFound names what to install or to run.
void askCliLogin(const TokenSource &source, const QString &url, QObject *context,
                 std::function<void(Result<QString>)> done);

} // namespace Slipway
