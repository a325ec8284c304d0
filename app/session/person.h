// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Slipway {

/// Who sits here: the login's full name, else its user name.
QString personName();

} // namespace Slipway
