// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QNetworkAccessManager;
class QObject;

namespace Slipway {

/// A network manager that uses the system's proxies (environment variables), but none to reach this machine; it keeps
/// no cookies and no cache. Call it in the thread where it works.
QNetworkAccessManager *makeNetworkManager(QObject *parent);

} // namespace Slipway
