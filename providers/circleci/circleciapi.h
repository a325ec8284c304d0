// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/http/httpclient.h"
#include "providers/provider.h"

#include <QJsonArray>
#include <QJsonObject>

namespace Slipway::CircleCi {

/// One question to the API.
struct Call
{
    QByteArray method = "GET";
    QString path; ///< "/workflow/…": below /api/v2, ids and names percent-encoded by segment()
    QString what; ///< completes "CircleCI did not …", for errors
    QList<QPair<QString, QString>> query = {};
    QJsonObject body = {}; ///< sent when not empty
    bool first = false; ///< the older API, v1.1, instead
    std::optional<bool> repeatable = {}; ///< HttpRequest::repeatable
};

/// A page of a list.
struct Page
{
    QJsonArray items;
    QString next; ///< the token of the next one; empty: this was the last one
};

/// Pages of a list, up to a bound.
struct Listed
{
    QJsonArray items;
    bool whole = true; ///< false: there were more
};

/// A name or an id as one segment of a path.
QString segment(const QString &nameOrId);

/// The start of addresses at a service, without a slash at the end (QUrl keeps the one of "https://ci.example.com/").
QString baseOf(const QUrl &root);

/// A project ("gh/acme/shop", "circleci/ORG/PROJECT") as part of a path; Invalid says what one looks like.
Result<QString> slugPath(const QString &project);

/// The API of one account as calls that answer JSON or an Error in words. Account's thread.
class CircleCiApi
{
public:
    /// `root`: of the service; the API is below /api. `pace`: between two looks at something that is under way.
    CircleCiApi(HttpClient &http, const QUrl &root, std::chrono::milliseconds pace);

    Task<QJsonObject> object(Call call); ///< of an answer that is one; an empty body is an empty object
    Task<Page> page(Call call, QString token); ///< an empty token: the first one
    Task<Listed> list(Call call, int mostPages);
    /// Whatever it answers, when it is not an error.
    Task<HttpAnswer> send(Call call);
    /// Something elsewhere that CircleCI gave the address of: without the token. Its status is not looked at.
    Task<HttpAnswer> fetch(QUrl address);
    Task<void> pause(); ///< one pace
    /// No answer is quoted with it, whatever it says. Without one every call ends with Unauthorized and nothing is
    /// sent.
    void setToken(const QString &token) { m_token = token.toUtf8(); }

private:
    HttpRequest request(const Call &call) const;

    HttpClient &m_http; ///< outlives this
    QString m_base;
    std::chrono::milliseconds m_pace;
    QByteArray m_token;
};

} // namespace Slipway::CircleCi
