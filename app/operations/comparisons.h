// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/operations/step.h"

namespace Slipway {

/// base...head, from the memory of the cache when it is there: two commits are what they are. Else the source is asked,
/// for as many commits as are ever asked for at once. Engine thread.
Task<Comparison> compared(StepContext c, QString base, QString head);

/// A part of base...head: who reads on sees the next ones without having waited for all. What is known is not asked
/// again, and what was read from the beginning on is known afterwards, up to CommitRange's most. Engine thread.
Task<Comparison> comparedPart(StepContext c, QString base, QString head, CommitRange range);

/// Whether what runs as the version `runs` has a commit: it is the very one, or came after it. Engine thread.
Task<bool> hasCommit(StepContext c, QString runs, QString commit);

/// How far the environments of a pipeline are apart, and which of them run what production has. Engine thread.
Task<void> compareAll(StepContext c, Snapshot *snapshot);

} // namespace Slipway
