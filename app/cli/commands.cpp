// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"

namespace Slipway::Cli {

const QList<Command> &allCommands()
{
    static const QList<Command> commands = boardCommands() + changeCommands() + ciCommands() + whereCommands()
        + deployCommands() + verdictCommands() + promoteCommands() + moveCommands() + holdCommands() + queueCommands()
        + releaseCommands() + lifecycleCommands() + logCommands() + configCommands() + activityCommands()
        + insightsCommands() + operationCommands() + agentCommands() + pipelineCommands() + policyCommands()
        + accountCommands();
    return commands;
}

} // namespace Slipway::Cli
