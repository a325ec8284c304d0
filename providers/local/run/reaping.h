// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include <sys/types.h>

/// What whoever keeps children does with its blocked signals.
namespace Slipway::Run {

/// Takes every signal that waits at the signalfd; `ask` hears of each that asks to end, SIGCHLD is no such one.
void takeSignals(int signalFd, const std::function<void()> &ask);

/// Waits for the children that have ended, never for one to end; `ended` gets each with its wait status. Answers
/// whether no child is left at all.
bool reapChildren(const std::function<void(pid_t pid, int waitStatus)> &ended);

} // namespace Slipway::Run
