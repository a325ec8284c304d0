// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Slipway {

/// Who sits here: git's user.name, else the login's full name, else its user name. The first call asks git, so it is
/// the engine's or the command line's to make, never the window's. Any thread.
QString personName();
/// Never waits: the login's name until personName() has answered once. Any thread.
QString personNameAtOnce();

} // namespace Slipway
