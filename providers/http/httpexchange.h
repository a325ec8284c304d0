// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/http/httpclient.h"
#include "providers/http/httpoutcome.h"
#include "providers/later.h"

#include <QNetworkReply>
#include <QTimer>

class QNetworkAccessManager;

namespace Slipway {

class RequestBody;

/// One attempt of one request, redirects included: from the bytes out to the whole answer or what went wrong. Deletes
/// itself (later) once its outcome is settled.
class HttpExchange final : public QObject
{
    Q_OBJECT
public:
    /// `shared` carries what may be repeated. Anything else gets a manager, and so a fresh connection, of its own: on
    /// one that the service is about to close, a POST would be lost without need; and a stream would take one of the
    /// six places that a manager has for a host.
    HttpExchange(const HttpClient::Setting &setting, QNetworkAccessManager *shared, HttpRequest request,
                 QByteArray etag, QObject *parent);

    Later<HttpOutcome> outcome() const { return m_outcome; } ///< the answer to a 304 is the 304
    void start();
    void cancel(); ///< settles with Cancelled, at once

private:
    void send(const QUrl &url);
    QNetworkRequest prepared(const QUrl &url) const;
    std::optional<Error> prepareBody();
    void watch();
    void heard(); ///< a byte went or came
    void headersCame();
    void bytesCame();
    void finished();
    void redirected();
    void lost(QNetworkReply::NetworkError error);
    void fail(const Error &error, bool passing);
    void settleWithAnswer();
    void settle(const HttpOutcome &outcome);
    bool mayBeSent(QNetworkReply::NetworkError error) const;
    bool isShort() const;
    int status() const;
    HttpAnswer answer() const;

    const HttpClient::Setting &m_setting; ///< the client's, which outlives this
    QNetworkAccessManager *m_manager = nullptr;
    HttpRequest m_request;
    QByteArray m_etag;
    bool m_repeatable = false;
    Later<HttpOutcome> m_outcome;
    QTimer m_silence;
    QNetworkReply *m_reply = nullptr; ///< the manager's child
    RequestBody *m_body = nullptr; ///< nullptr: none
    QByteArray m_received;
    QString m_distrust; ///< what is wrong with the certificate
    int m_redirects = 0;
    bool m_sent = false; ///< Qt told that the request was written
    bool m_delivered = false;
};

} // namespace Slipway
