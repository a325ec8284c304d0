// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/http/httpclient.h"
#include "providers/provider.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace Slipway::Heroku {

/// One question to the Platform API.
struct Call
{
    QByteArray method = "GET";
    QString path; ///< "/apps/shop", ids and names percent-encoded by segment()
    QString what; ///< completes "Heroku did not …", for errors
    QJsonObject body = {}; ///< sent when not empty
    QByteArray variant = {}; ///< of the version asked for: "filters"; empty: plain version 3
    QByteArray range = {}; ///< "version ..; order=desc,max=10"
    bool data = false; ///< the data API's root instead
    bool kept = true; ///< a GET may be answered from what was kept when Heroku says that nothing changed
    QByteArray expansion = {}; ///< Accept-Expansion: "addon_service,plan"
};

/// Range of the largest page there is (source: Dev Center, "Ranges").
inline constexpr char kAll[] = "id ..; max=1000";

/// A name or an id as one segment of a path.
QString segment(const QString &nameOrId);

/// The Platform API and the data API of one account as calls that answer JSON or an Error in words. Account's thread.
class HerokuApi
{
public:
    /// `root` and `dataRoot` without a path. `pace`: between two looks at something that is under way.
    HerokuApi(HttpClient &http, QUrl root, QUrl dataRoot, std::chrono::milliseconds pace);

    Task<QJsonObject> object(Call call); ///< of an answer that is one; an empty body is an empty object
    /// Of a POST whose answer must name what was made; BadPayload otherwise, and it may have been made all the same.
    Task<QJsonObject> created(Call call, QString key = QStringLiteral("id"));
    /// All pages, or with `first` the first one alone.
    Task<QJsonArray> list(Call call, bool first = false);
    /// Whatever it answers, when it is not an error.
    Task<HttpAnswer> send(Call call);
    /// DELETE; what is gone already is success.
    Task<void> remove(QString path, QString what);
    Task<void> pause(); ///< one pace
    /// No answer is quoted with it, whatever it says. Without one every call ends with Unauthorized and nothing is
    /// sent.
    void setToken(const QString &token) { m_token = token.toUtf8(); }
    std::chrono::milliseconds pace() const { return m_pace; }
    HttpClient &http() { return m_http; }
    /// What the token may do, as the last answer told: "read", "write-protected". Empty before the first one.
    QStringList scopes() const { return m_scopes; }

    /// The next answers that ask for a second factor are asked again with this code, once.
    void setSecondFactor(const QString &code) { m_secondFactor = code; }

private:
    HttpRequest request(const Call &call) const;
    QCoro::Task<bool> openWith(QByteArray code, HttpAnswer refused);

    HttpClient &m_http; ///< outlives this
    QUrl m_root;
    QUrl m_dataRoot;
    std::chrono::milliseconds m_pace;
    QString m_secondFactor;
    QByteArray m_token;
    QStringList m_scopes;
};

} // namespace Slipway::Heroku
