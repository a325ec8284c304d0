// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Slipway {

/// Letters, digits and underscores, no digit first: what every shell and provider takes as a variable's name.
bool isConfigKey(const QString &key);

} // namespace Slipway
