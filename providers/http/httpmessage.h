// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QPair>
#include <QUrl>

#include <chrono>
#include <functional>
#include <optional>

namespace Slipway {

using HttpHeaders = QList<QPair<QByteArray, QByteArray>>;

/// One request, as a provider asks for it. HttpClient adds Authorization, User-Agent and, to a body without one,
/// `Content-Type: application/json`; a header given with an empty value is left out.
struct HttpRequest
{
    QByteArray method = "GET"; ///< upper case
    QUrl url = {}; ///< absolute: https, or http on loopback
    HttpHeaders headers = {};
    QByteArray body = {};
    QString bodyFile = {}; ///< instead of body: an upload streamed from this file, with Content-Length and no type
    bool authorized = true; ///< the account's token goes with it, but only to the root's or the data root's own origin
    bool followed = true; ///< false: a redirect is an answer like any other, with its Location
    bool conditional = false; ///< GET: asks with If-None-Match when an answer was kept
    std::optional<bool> repeatable = {}; ///< may be sent again after a lost answer; unset: everything but POST
    std::chrono::milliseconds timeout{30000}; ///< without a byte in either direction; 0: none
    /// A stream: the body of a 2xx answer as it comes; HttpAnswer::body stays empty. Must not delete the client. Never sent again
    /// once a byte came. Takes no place among the concurrent requests.
    std::function<void(const QByteArray &)> chunk = {};
    /// Asked after each chunk: true ends the request there and then, and what came is its whole answer.
    std::function<bool()> enough = {};
};

/// What the service answered, whatever its status.
struct HttpAnswer
{
    int status = 0; ///< when notModified: of the answer that was kept (200, 206)
    QByteArray body = {};
    HttpHeaders headers = {}; ///< when notModified: those kept, overridden by those of the 304
    bool notModified = false; ///< a 304: body is the one kept
    QByteArray header(QByteArrayView name) const; ///< case-insensitive; several are joined by ", "; empty when absent
    bool good() const { return status >= 200 && status < 300; }
};

} // namespace Slipway
