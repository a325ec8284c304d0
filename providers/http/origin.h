// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QUrl>

namespace Slipway {

/// Scheme, host and port: what a token belongs to. "https://api.heroku.com:443"
QString originOf(const QUrl &url);

/// By its spelling (127.0.0.0/8, ::1, localhost): a name that merely resolves to this machine may resolve elsewhere
/// tomorrow.
bool isLoopback(const QString &host);

/// Whether anything may be sent there: https, or http to this machine, and no user name or password in it.
bool isSafeAddress(const QUrl &url);

} // namespace Slipway
