// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/commandline.h"

namespace Slipway::Cli {

/// The table of all commands, in the order of the help.
const QList<Command> &allCommands();

// Each group lives in one file of app/cli/commands.
QList<Command> accountCommands();
QList<Command> activityCommands();
QList<Command> agentCommands();
QList<Command> boardCommands();
QList<Command> changeCommands();
QList<Command> ciCommands();
QList<Command> configCommands();
QList<Command> deployCommands();
QList<Command> holdCommands();
QList<Command> insightsCommands();
QList<Command> lifecycleCommands();
QList<Command> logCommands();
QList<Command> moveCommands();
QList<Command> operationCommands();
QList<Command> pipelineCommands();
QList<Command> policyCommands();
QList<Command> promoteCommands();
QList<Command> queueCommands();
QList<Command> releaseCommands();
QList<Command> verdictCommands();
QList<Command> whereCommands();

} // namespace Slipway::Cli
