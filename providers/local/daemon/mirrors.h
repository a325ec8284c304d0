// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/local/daemon/localstate.h"
#include "providers/git/mirror.h"

namespace Slipway {

/// The mirror of a pipeline, up to date with the user's repository. Blocking, thread-safe: fetches of one pipeline take
/// turns.
Result<Mirror> freshMirror(const LocalState &state, const QString &pipeline, const Cancel &cancel);
/// As freshMirror(); but a commit (full SHA) that is there already cannot change: the user's repository is not asked.
Result<Mirror> mirrorWith(const LocalState &state, const QString &pipeline, const QString &ref, const Cancel &cancel);

/// Where merges into branches are made; what is there at a start is a leftover.
QString mergeFolder(const LocalState &state, const QString &pipeline);

} // namespace Slipway
