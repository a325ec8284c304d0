// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QUrl>

namespace Slipway {

/// Scheme, host and port: what a token belongs to. "https://api.heroku.com:443"
QString originOf(const QUrl &url);

/// Whether anything may be sent there: https, or http to this machine, and no user name or password in it.
bool isSafeAddress(const QUrl &url);

} // namespace Slipway
