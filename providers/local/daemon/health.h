// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"

#include <QByteArray>
#include <QString>

#include <functional>
#include <optional>

namespace Slipway {

/// One look at a web process from outside.
struct Probe
{
    bool accepts = false; ///< a connection was made
    bool ipv6 = false; ///< on ::1; 127.0.0.1 refused
    int status = 0; ///< of the answer; 0: none
};

/// GET `path` on 127.0.0.1, else ::1, with the environment's own name as Host. Blocking, at most 5 s.
Probe probe(int port, const QByteArray &host, const QString &path);

struct HealthCheck
{
    int port = 0;
    QByteArray host;
    QString path; ///< empty: none declared, any answer below 500 to GET / will do; else 2xx or 3xx
    int timeoutMs = 60000;
};

struct Health
{
    bool healthy = false;
    bool ipv6 = false;
    Probe last;
};

/// Asks until it answered well twice in a row, or the time is over, or `ended` says so (the process is gone,
/// cancelled).
Health waitHealthy(const HealthCheck &check, const std::function<bool()> &ended);

} // namespace Slipway
