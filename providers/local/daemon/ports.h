// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"

#include <QSet>
#include <QString>

namespace Slipway {

/// Ports of environments: below the range outgoing connections take theirs from.
constexpr int kFirstPort = 20000;
constexpr int kLastPort = 29999;

/// Nobody listens on it: tried by binding 127.0.0.1, ::1 and the wildcard addresses.
bool portIsFree(int port);
/// A free one outside `taken`. The search starts at a place `seed` decides, so that the same environment made again
/// tends to get the same port. Error Conflict when none is free.
Result<int> choosePort(const QString &seed, const QSet<int> &taken);

} // namespace Slipway
