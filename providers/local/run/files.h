// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outcome.h"

#include <string>
#include <string_view>

namespace Slipway::Run {

/// The whole file. Fails with the system's words; also reads files of /proc, whose size is unknown beforehand.
Outcome<std::string> readFile(const std::string &path);

/// Replaces a file so that a reader, or a power cut, finds either the old or the new text. Mode 0600 under the shim's
/// umask.
Outcome<void> replaceFile(const std::string &path, std::string_view text);

/// Writes all of it, going on after interruptions and short writes. Returns 0 or errno.
int writeAll(int fd, std::string_view text);

Outcome<void> makeDirectories(const std::string &path); ///< With parents, mode 0700 under the shim's umask.

std::string systemWords(int error); ///< "No such file or directory"

} // namespace Slipway::Run
