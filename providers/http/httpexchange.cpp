// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/http/httpexchange.h"

#include "providers/http/httpmessages.h"
#include "providers/http/networkmanager.h"
#include "providers/http/origin.h"
#include "providers/http/requestbody.h"
#include "providers/http/wholejson.h"

#include <QBuffer>
#include <QFile>
#include <QNetworkAccessManager>
#include <QNetworkRequest>
#include <QSslError>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMostRedirects = 5;

bool isRedirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/// Of the connection or the proxy, not of the answer: those that Qt makes of a status (201 to 299, 401 to 499, and 302
/// of 400 and 418) are not.
bool isTransportError(QNetworkReply::NetworkError error)
{
    return (error > QNetworkReply::NoError && error <= QNetworkReply::UnknownProxyError)
        || error == QNetworkReply::ContentReSendError || error == QNetworkReply::ProtocolUnknownError
        || error == QNetworkReply::ProtocolFailure;
}

bool isBeforeSending(QNetworkReply::NetworkError error)
{
    switch (error) {
    case QNetworkReply::ConnectionRefusedError:
    case QNetworkReply::HostNotFoundError:
    case QNetworkReply::SslHandshakeFailedError:
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyAuthenticationRequiredError:
        return true;
    default:
        return false;
    }
}

const QByteArray *given(const HttpHeaders &headers, QByteArrayView name)
{
    for (const auto &[key, value] : headers) {
        if (QByteArrayView(key).compare(name, Qt::CaseInsensitive) == 0)
            return &value;
    }
    return nullptr;
}

} // namespace

HttpExchange::HttpExchange(const HttpClient::Setting &setting, QNetworkAccessManager *shared, HttpRequest request,
                           QByteArray etag, QObject *parent)
    : QObject(parent)
    , m_setting(setting)
    , m_request(std::move(request))
    , m_etag(std::move(etag))
    , m_repeatable(m_request.repeatable.value_or(m_request.method != "POST"))
{
    m_manager = m_repeatable && !m_request.chunk ? shared : makeNetworkManager(this);
    m_silence.setSingleShot(true);
    m_silence.setInterval(m_request.timeout);
    connect(&m_silence, &QTimer::timeout, this,
            [this] { fail(HttpMessages::silent(m_setting.service, m_request.timeout), true); });
}

void HttpExchange::start()
{
    if (!isSafeAddress(m_request.url)) {
        fail(HttpMessages::unsafeAddress(m_setting.service, m_request.url), false);
        return;
    }
    if (const auto problem = prepareBody()) {
        fail(*problem, false);
        return;
    }
    send(m_request.url);
}

void HttpExchange::cancel()
{
    fail(HttpMessages::ended(m_setting.service), false);
}

std::optional<Error> HttpExchange::prepareBody()
{
    std::unique_ptr<QIODevice> source;
    if (!m_request.bodyFile.isEmpty()) {
        source = std::make_unique<QFile>(m_request.bodyFile);
    } else {
        const QByteArray &method = m_request.method;
        const bool expected = method == "POST" || method == "PUT" || method == "PATCH";
        if (m_request.body.isEmpty() && m_repeatable && !expected)
            return {};
        auto buffer = std::make_unique<QBuffer>();
        buffer->setData(m_request.body);
        source = std::move(buffer);
    }
    if (!source->open(QIODevice::ReadOnly))
        return HttpMessages::unreadableFile(m_request.bodyFile, source->errorString());
    m_body = new RequestBody(std::move(source), m_repeatable, this);
    return {};
}

QNetworkRequest HttpExchange::prepared(const QUrl &url) const
{
    QNetworkRequest request(url);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false); // hangs or crashes in Qt 6.4
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setRawHeader("User-Agent", m_setting.userAgent);
    if (!m_request.body.isEmpty() && !given(m_request.headers, "Content-Type"))
        request.setRawHeader("Content-Type", "application/json");
    if (m_request.chunk)
        request.setRawHeader("Accept-Encoding", "identity"); // compressed lines would come late
    for (const auto &[name, value] : m_request.headers) {
        if (!value.isEmpty())
            request.setRawHeader(name, value);
    }
    if (!m_etag.isEmpty())
        request.setRawHeader("If-None-Match", m_etag);
    const QString origin = originOf(url);
    const bool ours = origin == originOf(m_setting.root)
        || (m_setting.dataRoot.isValid() && !m_setting.dataRoot.isEmpty() && origin == originOf(m_setting.dataRoot));
    if (m_request.authorized && ours && !m_setting.authorization.isEmpty())
        request.setRawHeader("Authorization", m_setting.authorization);
    return request;
}

void HttpExchange::send(const QUrl &url)
{
    const QNetworkRequest request = prepared(url);
    if (m_body)
        m_reply = m_manager->sendCustomRequest(request, m_request.method, m_body);
    else if (m_request.method == "GET")
        m_reply = m_manager->get(request);
    else if (m_request.method == "HEAD")
        m_reply = m_manager->head(request);
    else
        m_reply = m_manager->sendCustomRequest(request, m_request.method);
    watch();
    heard();
}

void HttpExchange::watch()
{
    connect(m_reply, &QNetworkReply::requestSent, this, [this] {
        m_sent = true;
        heard();
    });
    connect(m_reply, &QNetworkReply::uploadProgress, this, &HttpExchange::heard);
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &HttpExchange::headersCame);
    connect(m_reply, &QNetworkReply::readyRead, this, &HttpExchange::bytesCame);
    connect(m_reply, &QNetworkReply::finished, this, &HttpExchange::finished);
    connect(m_reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) {
        m_distrust = errors.value(0).errorString(); // and nothing is ignored
    });
}

void HttpExchange::heard()
{
    if (m_request.timeout.count() > 0 && !m_outcome.settled())
        m_silence.start();
}

int HttpExchange::status() const
{
    return m_reply ? m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() : 0;
}

void HttpExchange::headersCame()
{
    heard();
    const bool stream = m_request.chunk && status() / 100 == 2;
    if (!stream && m_reply->rawHeader("Content-Length").toLongLong() > m_setting.largestBody
        && m_request.method != "HEAD")
        fail(HttpMessages::tooLarge(m_setting.service, m_setting.largestBody), false);
}

void HttpExchange::bytesCame()
{
    heard();
    const QByteArray bytes = m_reply->readAll();
    if (bytes.isEmpty())
        return;
    if (m_request.chunk && status() / 100 == 2) {
        m_delivered = true;
        m_request.chunk(bytes); // may stop the client
        if (m_request.enough && !m_outcome.settled() && m_request.enough())
            settleWithAnswer();
        return;
    }
    m_received += bytes;
    if (m_received.size() > m_setting.largestBody)
        fail(HttpMessages::tooLarge(m_setting.service, m_setting.largestBody), false);
}

/// Qt 6.4 answers RemoteHostClosedError to a body that ends before its Content-Length or last chunk (tst_httpwire cuts
/// at every byte), with two exceptions: a cut within a chunk's line end goes unseen until the silence, and now and
/// then, when the end of the connection overtakes its bytes, a cut body counts as a whole one. So this looks once more.
bool HttpExchange::isShort() const
{
    const bool bodiless = m_request.method == "HEAD" || status() == 204 || status() == 304 || status() / 100 == 1;
    if (bodiless || m_delivered)
        return false;
    bool told = false;
    const qint64 length = m_reply->rawHeader("Content-Length").toLongLong(&told);
    if (told && m_reply->rawHeader("Content-Encoding").isEmpty())
        return m_received.size() < length;
    return m_reply->rawHeader("Content-Type").toLower().contains("json") && !isWholeJson(m_received);
}

void HttpExchange::finished()
{
    bytesCame();
    if (m_outcome.settled())
        return;
    const QNetworkReply::NetworkError error = m_reply->error();
    if (isTransportError(error) || status() == 0) {
        lost(error);
        return;
    }
    if (isShort()) {
        lost(QNetworkReply::RemoteHostClosedError);
        return;
    }
    if (m_request.followed && isRedirect(status()) && !m_reply->rawHeader("Location").isEmpty()) {
        redirected();
        return;
    }
    settleWithAnswer();
}

void HttpExchange::settleWithAnswer()
{
    HttpOutcome outcome;
    outcome.answer = answer();
    settle(outcome);
}

HttpAnswer HttpExchange::answer() const
{
    HttpAnswer answer;
    answer.status = status();
    answer.body = m_received;
    answer.headers = m_reply->rawHeaderPairs();
    return answer;
}

/// Only reads: a POST that is passed on was answered, and nothing tells whether it was carried out. (To 307 and 308 Qt
/// rewinds the body before anybody sees the answer; one that must not be repeated ends as a lost answer there.)
void HttpExchange::redirected()
{
    const QUrl from = m_reply->url();
    const QUrl to = from.resolved(QUrl::fromEncoded(m_reply->rawHeader("Location"), QUrl::StrictMode));
    const bool reads = m_request.method == "GET" || m_request.method == "HEAD";
    if (!reads || !isSafeAddress(to) || originOf(to) != originOf(from)) {
        fail(HttpMessages::sentElsewhere(m_setting.service, to), false);
        return;
    }
    if (++m_redirects > kMostRedirects) {
        fail(HttpMessages::sentInCircles(m_setting.service), false);
        return;
    }
    m_reply->disconnect(this);
    m_reply->deleteLater();
    m_received.clear();
    send(to);
}

void HttpExchange::lost(QNetworkReply::NetworkError error)
{
    if (!m_distrust.isEmpty()) {
        fail(HttpMessages::untrusted(m_setting.service, m_distrust), false);
        return;
    }
    HttpOutcome outcome;
    outcome.answer = tl::unexpected(HttpMessages::unreachable(m_setting.service, error, status() != 0));
    outcome.maySent = mayBeSent(error);
    outcome.passing = error < QNetworkReply::ProtocolUnknownError;
    settle(outcome);
}

void HttpExchange::fail(const Error &error, bool passing)
{
    HttpOutcome outcome;
    outcome.answer = tl::unexpected(error);
    const bool untrusted = !m_distrust.isEmpty();
    outcome.maySent = m_reply && mayBeSent(untrusted ? QNetworkReply::SslHandshakeFailedError : QNetworkReply::NoError);
    outcome.passing = passing;
    settle(outcome);
}

/// A body is read on its way out, in this thread: one of which nothing was read did not go out.
bool HttpExchange::mayBeSent(QNetworkReply::NetworkError error) const
{
    if (m_sent || status() != 0)
        return true;
    if (m_body && m_body->size() > 0)
        return m_body->wasRead();
    return !isBeforeSending(error);
}

void HttpExchange::settle(const HttpOutcome &outcome)
{
    if (m_outcome.settled())
        return;
    m_silence.stop();
    if (m_reply) {
        m_reply->disconnect(this);
        m_reply->deleteLater(); // ends what still runs; abort() would meet Qt's own errors on their way here
    }
    deleteLater();
    HttpOutcome told = outcome;
    told.delivered = m_delivered;
    m_outcome.settle(std::move(told));
}

} // namespace Slipway
