// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"

namespace Slipway {

/// The password that a netrc text has for a machine; its `default` entry is no login of a command line and is not
/// taken. Invalid names line and remedy, never a word of the text, for any of them may be a password; NotFound: it has
/// no entry for that machine. `file` is what errors call it.
Result<QString> netrcPassword(const QString &text, const QString &machine, const QString &file);

/// The same from ~/.netrc, where the Heroku CLI keeps its login (netrc-parser 3: the home folder alone, $NETRC is not
/// asked). An encrypted ~/.netrc.gpg, which that CLI would prefer, is Unsupported.
Result<QString> netrcLogin(const QString &machine);

} // namespace Slipway
