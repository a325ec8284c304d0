// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"
#include "providers/git/git.h"

#include <QString>

namespace Slipway {

/// Whether the branch may be moved as far as the work trees of the repository go: where it is checked out nothing may
/// be uncommitted or half merged, and nowhere may it be being rebased. Conflict names the folder and says what to do
/// there.
Result<void> checkWorkTrees(const Git &repository, const QString &branch);

} // namespace Slipway
