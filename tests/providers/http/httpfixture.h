// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/http/httpclient.h"
#include "wireserver.h"

#include <QCoroTask>

/// What every test of the client needs: a setting for a server of ours, small pauses, and answers in a list.
namespace HttpFixture {

inline const QByteArray kToken = "Bearer do-not-tell-anybody";

inline Slipway::HttpClient::Setting settingFor(const WireServer &server, int attempts = 1)
{
    Slipway::HttpClient::Setting setting;
    setting.root = server.url();
    setting.authorization = kToken;
    setting.userAgent = "slipway/1 (test)";
    setting.service = QStringLiteral("Harbour");
    setting.retry.attempts = attempts;
    setting.retry.first = std::chrono::milliseconds(4);
    setting.retry.most = std::chrono::milliseconds(16);
    setting.retry.random = [] { return 0.0; };
    return setting;
}

inline Slipway::HttpRequest request(const QByteArray &method, const QUrl &url, const QByteArray &body = {})
{
    Slipway::HttpRequest made;
    made.method = method;
    made.url = url;
    made.body = body;
    return made;
}

using Answers = QList<Slipway::Result<Slipway::HttpAnswer>>;

inline QCoro::Task<> collect(Slipway::HttpClient *client, Slipway::HttpRequest request, Answers *answers)
{
    const auto answer = co_await client->send(request);
    answers->append(answer);
}

inline Slipway::Result<Slipway::HttpAnswer> answerOf(Slipway::HttpClient &client, const Slipway::HttpRequest &request)
{
    return QCoro::waitFor(client.send(request));
}

/// Answers each status once, in order, then 200 "ok" for ever.
inline void answerInTurn(WireServer &server, QList<QByteArray> answers)
{
    server.handle = [answers, at = 0](const WireServer::Request &got) mutable {
        const QByteArray bytes = at < answers.size() ? answers.at(at++) : WireServer::reply(200, "ok");
        if (bytes.isEmpty())
            got.drop();
        else
            got.answer(bytes);
    };
}

} // namespace HttpFixture
