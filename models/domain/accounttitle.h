// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Slipway {

/// What people call an account: “This machine” for the one that runs environments here, else its own name. Begins a
/// sentence.
QString accountTitle(const QString &name);

} // namespace Slipway
