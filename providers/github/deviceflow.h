// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/http/httpclient.h"
#include "providers/signinprovider.h" // not first: moc of Qt 6.4 fails on <coroutine> before it has seen a header of Qt

#include <QDeadlineTimer>
#include <QJsonObject>

#include <chrono>
#include <optional>

namespace Slipway::GitHub {

/// Names the client id of an OAuth app at GitHub that Slipway signs in as.
inline constexpr char16_t kClientVariable[] = u"SLIPWAY_GITHUB_CLIENT_ID";

/// OAuth's device flow at GitHub (source: GitHub Docs, "Authorizing OAuth apps", "Device flow"). Account's thread.
class DeviceFlow final : public SignInProvider
{
public:
    /// `web`: GitHub's pages, "https://github.com". `least`: between two looks, whatever GitHub says.
    DeviceFlow(const QUrl &web, std::chrono::milliseconds least);
    ~DeviceFlow() override; ///< whoever still waits ends with Cancelled

    Task<SignInCode> beginSignIn(QString client) override;
    Task<QString> finishSignIn() override;
    void stop(std::function<void()> drained);

private:
    /// A sign-in that was begun.
    struct Flow
    {
        QString client;
        QString device; ///< the secret half of the code; empty: none was begun
        std::chrono::seconds interval{5};
        QDeadlineTimer until; ///< of this machine's clock
        int failures = 0; ///< looks in a row that came to nothing
        Error lost; ///< what the last of them came to
    };

    HttpRequest request(const QString &path, const QList<QPair<QString, QString>> &words) const;
    Result<SignInCode> begun(const QString &client, const HttpAnswer &answer);
    /// The end of the sign-in; nothing when GitHub is to be asked again.
    std::optional<Result<QString>> judged(const Result<HttpAnswer> &answer);
    std::chrono::milliseconds pause() const;
    Error refusal(const HttpAnswer &answer, const QString &client, const QString &what) const;
    Error late() const;

    QUrl m_web;
    std::chrono::milliseconds m_least;
    std::unique_ptr<HttpClient> m_http;
    Flow m_flow;
};

/// What "slow_down" makes of the interval: the one it tells, else five seconds more (RFC 8628, 3.5).
std::chrono::seconds slowedDown(std::chrono::seconds interval, const QJsonObject &answer);

} // namespace Slipway::GitHub
