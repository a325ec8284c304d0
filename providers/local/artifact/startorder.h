// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"

namespace Slipway {

struct AppManifest;
struct Procfile;

/// Invalid when "after" of DIRECTORY/slipway.json speaks of a process that the Procfile does not start.
Result<void> checkStartOrder(const QString &directory, const Procfile &procfile, const AppManifest &manifest);

} // namespace Slipway
