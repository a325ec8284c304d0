// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"
#include "providers/http/budget.h"
#include "providers/http/httpmessage.h"
#include "providers/http/retrypolicy.h"

#include <QCoroTask>
#include <QObject>

#include <chrono>
#include <functional>
#include <memory>

namespace Slipway {

/// The way of one account to its service: token, retries, rate limit, kept answers. Made, used and destroyed in the
/// account's thread; the only place of the cloud providers where a coroutine meets a Qt object (STYLE section 4).
/// stop() it and wait for `drained` before it is destroyed.
class HttpClient final : public QObject
{
    Q_OBJECT
public:
    struct Setting
    {
        QUrl root = {}; ///< origin that the token belongs to
        QUrl dataRoot = {}; ///< a second one (Heroku's data API); may be empty
        QByteArray authorization = {}; ///< the whole header value, "Bearer …"; empty: none is sent
        QByteArray userAgent = {};
        RetryPolicy retry = {};
        QString service = {}; ///< as people call it, for sentences: "Heroku"
        qint64 largestBody = 64 * 1024 * 1024; ///< bytes of one answer, decompressed; streams have no limit
        int concurrent = 6; ///< requests on the wire at a time; streams are not counted
        qint64 keptBytes = 16 * 1024 * 1024; ///< of answers kept for `conditional`
        int budgetTotal = -1; ///< of a service whose answers do not tell (Heroku: 4500)
    };

    explicit HttpClient(Setting setting, QObject *parent = nullptr);
    ~HttpClient() override; ///< stops it: whoever still waits is resumed with Cancelled

    /// Any HTTP status is an answer, but for 429 (and 403 that says the same, GitHub): that holds back every request of
    /// the account until it may go on. Repeats what may be repeated, and what surely was not sent. Errors: Cancelled
    /// after stop(); Network; BadPayload (a redirect elsewhere, an address without TLS, too large, not HTTP);
    /// RateLimited when the wait would be too long; Storage when bodyFile cannot be read.
    /// No error holds a token, a query, a header or a body.
    /// A good end of a stream may still be a lost connection, which Qt does not tell reliably of chunks: ask the
    /// service whether that was all. Elsewhere a short body is an error.
    QCoro::Task<Result<HttpAnswer>> send(HttpRequest request);
    QCoro::Task<Result<void>> delay(std::chrono::milliseconds time); ///< Cancelled after stop()

    Budget budget() const;
    /// Refuses new work and ends what is in flight with Cancelled. `drained` is called once, from the event loop, when
    /// no send() and no delay() is left and their callers were resumed. Calling it again adds another `drained`.
    void stop(std::function<void()> drained);
    int inFlight() const; ///< sends and delays that have not ended

private:
    class Private;
    std::unique_ptr<Private> d;
};

/// Whether the request that ended with this error may have been carried out: providers look before they repeat it.
/// False when it surely did not go out (the connection was refused, the host is unknown), and for refusals.
bool mayHaveHappened(const Error &error);

constexpr int kLostAnswerTries = 3; ///< of a request whose answer was lost and whose effect is not there

} // namespace Slipway
