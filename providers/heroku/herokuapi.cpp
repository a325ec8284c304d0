// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/heroku/herokuapi.h"

#include "providers/heroku/herokuerrors.h"
#include "providers/heroku/phrases.h"

#include <utility>

namespace Slipway::Heroku {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMostPages = 100; ///< of 1000 entries: nobody has more; a service that goes on for ever is broken

/// A refusal may quote what it was sent, and what is said is recorded: config values and addresses of databases must
/// not.
QByteArray withoutSecrets(QByteArray said, const Call &call, const QByteArray &token)
{
    if (!token.isEmpty())
        said.replace(token, "…");
    constexpr qsizetype kShortest = 4; // of a value that can be told from ordinary words
    if (!call.data && !call.path.endsWith(u"/config-vars"))
        return said;
    for (const auto &value : call.body) {
        const QByteArray secret = value.toString().toUtf8();
        if (secret.size() >= kShortest)
            said.replace(secret, "…");
    }
    return said;
}

Error unreadable(const QString &what)
{
    return Error(Error::Kind::BadPayload, Phrases::tr("Heroku's answer cannot be understood (to %1).").arg(what),
                 Phrases::tr("Try again; a proxy in between may have answered instead of Heroku."));
}

} // namespace

QString segment(const QString &nameOrId)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(nameOrId));
}

HerokuApi::HerokuApi(HttpClient &http, QUrl root, QUrl dataRoot, std::chrono::milliseconds pace)
    : m_http(http)
    , m_root(std::move(root))
    , m_dataRoot(std::move(dataRoot))
    , m_pace(pace)
{ }

HttpRequest HerokuApi::request(const Call &call) const
{
    HttpRequest request;
    request.method = call.method;
    const QString root = (call.data ? m_dataRoot : m_root).toString(QUrl::StripTrailingSlash);
    request.url = QUrl(root + call.path, QUrl::StrictMode);
    const QByteArray variant = call.variant.isEmpty() ? QByteArray() : '.' + call.variant;
    request.headers.append({"Accept", "application/vnd.heroku+json; version=3" + variant});
    if (!call.range.isEmpty())
        request.headers.append({"Range", call.range});
    if (!call.expansion.isEmpty())
        request.headers.append({"Accept-Expansion", call.expansion});
    if (!call.body.isEmpty())
        request.body = QJsonDocument(call.body).toJson(QJsonDocument::Compact);
    request.conditional = call.kept && call.method == "GET";
    return request;
}

/// An operation asks an app several times and a code is good for once: where Heroku says which app it is, that one is
/// opened for a while. False: it could not be, and the code is unspent.
QCoro::Task<bool> HerokuApi::openWith(QByteArray code, HttpAnswer refused)
{
    const QString app =
        QJsonDocument::fromJson(refused.body).object().value(u"app"_s).toObject().value(u"id"_s).toString();
    if (app.isEmpty())
        co_return false;
    Call call;
    call.method = "PUT";
    call.path = u"/apps/"_s + segment(app) + u"/pre-authorizations"_s;
    HttpRequest opening = request(call);
    opening.headers.append({"Heroku-Two-Factor-Code", code});
    const auto opened = co_await m_http.send(opening);
    co_return opened && opened->good();
}

Task<HttpAnswer> HerokuApi::send(Call call)
{
    if (m_token.isEmpty()) {
        const Error missing(Error::Kind::Unauthorized, Phrases::tr("There is no token for this Heroku account."),
                            Phrases::tr("Sign in: give the account a token, or take the Heroku CLI's login over."));
        co_return Result<HttpAnswer>(tl::unexpect, missing);
    }
    HttpRequest asked = request(call);
    Result<HttpAnswer> answer = co_await m_http.send(asked);
    if (!answer)
        co_return answer;
    if (answer->status == 403 && !m_secondFactor.isEmpty() && refusalId(*answer) == u"two_factor") {
        const QByteArray code = std::exchange(m_secondFactor, QString()).toUtf8(); // good for one request
        const bool opened = co_await openWith(code, *answer);
        if (!opened)
            asked.headers.append({"Heroku-Two-Factor-Code", code});
        answer = co_await m_http.send(asked);
        if (!answer)
            co_return answer;
    }
    if (const QStringList scopes = scopesIn(answer->header("Oauth-Scope")); !scopes.isEmpty())
        m_scopes = scopes;
    if (!answer->good()) {
        answer->body = withoutSecrets(answer->body, call, m_token);
        co_return Result<HttpAnswer>(tl::unexpect, refusal(*answer, call.what));
    }
    co_return answer;
}

Task<QJsonObject> HerokuApi::object(Call call)
{
    const auto answer = co_await send(call);
    if (!answer)
        co_return Result<QJsonObject>(tl::unexpect, answer.error());
    if (answer->body.trimmed().isEmpty())
        co_return Result<QJsonObject>(QJsonObject());
    const QJsonDocument document = QJsonDocument::fromJson(answer->body);
    if (!document.isObject())
        co_return Result<QJsonObject>(tl::unexpect, unreadable(call.what));
    co_return Result<QJsonObject>(document.object());
}

Task<QJsonObject> HerokuApi::created(Call call, QString key)
{
    Result<QJsonObject> answer = co_await object(call);
    if (answer && answer->value(key).toString().isEmpty())
        co_return Result<QJsonObject>(tl::unexpect, unreadable(call.what));
    co_return answer;
}

Task<QJsonArray> HerokuApi::list(Call call, bool first)
{
    QJsonArray all;
    for (int page = 0; page < kMostPages; ++page) {
        const auto answer = co_await send(call);
        if (!answer)
            co_return Result<QJsonArray>(tl::unexpect, answer.error());
        const QJsonDocument document = QJsonDocument::fromJson(answer->body);
        if (!document.isArray())
            co_return Result<QJsonArray>(tl::unexpect, unreadable(call.what));
        const QJsonArray entries = document.array();
        for (const auto &entry : entries)
            all.append(entry);
        call.range = answer->header("Next-Range");
        if (first || call.range.isEmpty())
            co_return Result<QJsonArray>(all);
    }
    co_return Result<QJsonArray>(tl::unexpect, unreadable(call.what));
}

Task<void> HerokuApi::remove(QString path, QString what)
{
    Call call;
    call.method = "DELETE";
    call.path = std::move(path);
    call.what = std::move(what);
    const auto answer = co_await send(call);
    if (!answer && answer.error().kind() != Error::Kind::NotFound)
        co_return Result<void>(tl::unexpect, answer.error());
    co_return Result<void>();
}

Task<void> HerokuApi::pause()
{
    Result<void> waited = co_await m_http.delay(m_pace);
    co_return waited;
}

} // namespace Slipway::Heroku
