// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/freshstatus.h"

#include "providers/local/client/unixsocket.h"

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Slipway::Cli {

namespace {

/// Whether somebody listens: answered by the kernel at once, without a thread, an event loop or a question.
bool daemonListens(const QString &home)
{
    const int socket = connectUnix(daemonSocketPath(home));
    if (socket < 0)
        return false;
    ::close(socket);
    return true;
}

} // namespace

Result<void> refreshForStatus(Context &context, const Pipeline &pipeline, bool insist)
{
    if (!insist) {
        if (!pipeline.runsHere() || !daemonListens(context.session().home()))
            return {};
    }
    return context.refresh(pipeline.name);
}

} // namespace Slipway::Cli
