// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/operations/step.h"
#include "models/store/changeset.h"

namespace Slipway {

/// A new environment of the same name is another one: verdict, place in the queue and lifetime go with the old one.
void forgetEnvironment(const StepContext &c, const QString &name);

/// After a look at the provider that began at `since` and put `written` into the cache: what is remembered of
/// environments that are not there any more is forgotten, and Activity says which of them went by other hands than
/// Slipway's. One that an operation has to do with is that operation's.
void forgetGone(const StepContext &c, const Snapshot &snapshot, const ChangeSet &written, const QDateTime &since);

} // namespace Slipway
