// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Slipway {

/// Unix sockets below any directory: a socket address holds 107 bytes, a home folder may be deeper than that. Longer
/// paths are reached through the open descriptor of their directory. Thread-safe; descriptors are close-on-exec.
int connectUnix(const QString &path); ///< -1 with errno set when nobody listens there
int listenUnix(const QString &path); ///< replaces what is there, mode 0600; -1 with errno set

/// Where the daemon of `home` listens.
QString daemonSocketPath(const QString &home);

} // namespace Slipway
