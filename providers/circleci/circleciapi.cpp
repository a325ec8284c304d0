// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/circleci/circleciapi.h"

#include "providers/circleci/circleerrors.h"
#include "providers/circleci/phrases.h"

#include <QJsonDocument>

#include <algorithm>

namespace Slipway::CircleCi {

using namespace Qt::StringLiterals;

QString segment(const QString &nameOrId)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(nameOrId));
}

QString baseOf(const QUrl &root)
{
    QString base = root.toString();
    while (base.endsWith(u'/'))
        base.chop(1);
    return base;
}

Result<QString> slugPath(const QString &project)
{
    QStringList parts = project.split(u'/');
    const bool good = parts.size() == 3 && std::all_of(parts.cbegin(), parts.cend(), [](const QString &part) {
                          return !part.trimmed().isEmpty() && part != u"." && part != u"..";
                      });
    if (!good) {
        return fail(Error::Kind::Invalid, Phrases::tr("“%1” is not a project at CircleCI.").arg(project),
                    Phrases::tr("One is called like gh/acme/shop, or circleci/ORGANISATION/PROJECT with the ids of its "
                                "settings page."));
    }
    std::transform(parts.begin(), parts.end(), parts.begin(), segment);
    return parts.join(u'/');
}

CircleCiApi::CircleCiApi(HttpClient &http, const QUrl &root, std::chrono::milliseconds pace)
    : m_http(http)
    , m_base(baseOf(root))
    , m_pace(pace)
{ }

HttpRequest CircleCiApi::request(const Call &call) const
{
    QString address = m_base + (call.first ? u"/api/v1.1"_s : u"/api/v2"_s);
    address += call.path;
    QChar before = u'?';
    for (const auto &[name, value] : call.query) { // QUrlQuery would leave a plus, which means a space
        address += before + name + u'=' + segment(value);
        before = u'&';
    }
    HttpRequest request;
    request.method = call.method;
    request.url = QUrl(address, QUrl::StrictMode);
    request.headers = {{"Accept", "application/json"}}; // v1.1 answers EDN without it
    if (!call.body.isEmpty())
        request.body = QJsonDocument(call.body).toJson(QJsonDocument::Compact);
    request.repeatable = call.repeatable;
    return request;
}

Task<HttpAnswer> CircleCiApi::send(Call call)
{
    if (m_token.isEmpty())
        co_return Result<HttpAnswer>(tl::unexpect, noToken());
    const HttpRequest asked = request(call);
    Result<HttpAnswer> answer = co_await m_http.send(asked);
    if (!answer || answer->good())
        co_return answer;
    answer->body.replace(m_token, "…");
    co_return Result<HttpAnswer>(tl::unexpect, refusal(*answer, call.what));
}

Task<QJsonObject> CircleCiApi::object(Call call)
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

Task<Page> CircleCiApi::page(Call call, QString token)
{
    if (!token.isEmpty())
        call.query.append({u"page-token"_s, token});
    const auto answer = co_await object(call);
    if (!answer)
        co_return Result<Page>(tl::unexpect, answer.error());
    const QJsonValue items = answer->value(u"items"_s);
    const QJsonValue next = answer->value(u"next_page_token"_s);
    if (!items.isArray() || (!next.isString() && !next.isNull() && !next.isUndefined()))
        co_return Result<Page>(tl::unexpect, unreadable(call.what));
    Page page;
    page.items = items.toArray();
    page.next = next.toString();
    co_return Result<Page>(page);
}

Task<Listed> CircleCiApi::list(Call call, int mostPages)
{
    Listed all;
    QString token;
    for (int count = 0; count < mostPages; ++count) {
        const auto one = co_await page(call, token);
        if (!one)
            co_return Result<Listed>(tl::unexpect, one.error());
        for (const auto &item : one->items)
            all.items.append(item);
        token = one->next;
        if (token.isEmpty())
            co_return Result<Listed>(all);
    }
    all.whole = false;
    co_return Result<Listed>(all);
}

Task<HttpAnswer> CircleCiApi::fetch(QUrl address)
{
    HttpRequest asked;
    asked.url = address;
    asked.authorized = false;
    Result<HttpAnswer> answer = co_await m_http.send(asked);
    co_return answer;
}

Task<void> CircleCiApi::pause()
{
    Result<void> waited = co_await m_http.delay(m_pace);
    co_return waited;
}

} // namespace Slipway::CircleCi
