// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/http/httpmessages.h"

#include "providers/http/httpclient.h"

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

// Code reads these back: they are no sentences to translate.
constexpr QStringView kNotSent = u"not sent";
constexpr QStringView kAnswerLost = u"answer lost";

constexpr QStringView kCheckNetwork = u"Check the network; Slipway tries again by itself.";
constexpr QStringView kCheckProxy = u"Check the proxy in the network settings of this computer.";

QString reasonOf(QNetworkReply::NetworkError error)
{
    switch (error) {
    case QNetworkReply::ConnectionRefusedError:
        return u"the connection was refused"_s;
    case QNetworkReply::RemoteHostClosedError:
    case QNetworkReply::ContentReSendError:
        return u"it closed the connection without an answer"_s;
    case QNetworkReply::HostNotFoundError:
        return u"its name was not found"_s;
    case QNetworkReply::TimeoutError:
        return u"it took too long"_s;
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
        return u"the proxy refused the connection"_s;
    case QNetworkReply::ProxyNotFoundError:
        return u"the name of the proxy was not found"_s;
    case QNetworkReply::ProxyTimeoutError:
        return u"the proxy took too long"_s;
    case QNetworkReply::ProxyAuthenticationRequiredError:
        return u"the proxy wants a user name and a password"_s;
    case QNetworkReply::SslHandshakeFailedError:
        return u"no encrypted connection came about"_s;
    default:
        return u"the network failed"_s;
    }
}

} // namespace

bool mayHaveHappened(const Error &error)
{
    if (error.detail() == kNotSent)
        return false;
    if (error.detail() == kAnswerLost)
        return true;
    switch (error.kind()) {
    case Error::Kind::Network:
    case Error::Kind::Cancelled:
    case Error::Kind::Server:
    case Error::Kind::BadPayload:
        return true;
    default:
        return false; // a refusal in words
    }
}

namespace HttpMessages {

Error unreachable(const QString &service, QNetworkReply::NetworkError error, bool answering)
{
    if (error >= QNetworkReply::ProtocolUnknownError) {
        return Error(Error::Kind::BadPayload, u"%1 answered something that is not HTTP."_s.arg(service),
                     u"Check the address of the account, and whether the network wants a login in the browser."_s);
    }
    if (answering)
        return cutShort(service);
    const bool proxy = error >= QNetworkReply::ProxyConnectionRefusedError && error <= QNetworkReply::UnknownProxyError;
    return Error(Error::Kind::Network, u"%1 cannot be reached: %2."_s.arg(service, reasonOf(error)),
                 (proxy ? kCheckProxy : kCheckNetwork).toString());
}

Error silent(const QString &service, std::chrono::milliseconds time)
{
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(time).count();
    return Error(Error::Kind::Network,
                 seconds == 1 ? u"%1 was silent for a second."_s.arg(service)
                              : u"%1 was silent for %2 seconds."_s.arg(service).arg(seconds),
                 kCheckNetwork.toString());
}

Error cutShort(const QString &service)
{
    return Error(Error::Kind::Network, u"The answer of %1 was cut short."_s.arg(service), kCheckNetwork.toString());
}

Error untrusted(const QString &service, const QString &reason)
{
    const QString why = reason.endsWith(u'.') ? reason.chopped(1) : reason;
    return Error(Error::Kind::Network, u"%1 cannot be trusted: %2."_s.arg(service, why),
                 u"Nothing was sent. Check the date of this computer, and whether the network looks into encrypted "
                 u"connections."_s);
}

Error unsafeAddress(const QString &service, const QUrl &url)
{
    return Error(Error::Kind::BadPayload,
                 u"The address of %1 (%2) is not one that Slipway connects to."_s.arg(service, url.host()),
                 u"It takes https, and http on this machine only; no user name or password in the address."_s);
}

Error sentElsewhere(const QString &service, const QUrl &to)
{
    return Error(Error::Kind::BadPayload,
                 u"%1 passed the request on to %2, where Slipway does not follow."_s.arg(
                     service, to.host().isEmpty() ? u"an unreadable address"_s : to.host()),
                 u"Check the address of the account, and whether the network wants a login in the browser."_s);
}

Error sentInCircles(const QString &service)
{
    return Error(Error::Kind::BadPayload, u"%1 passed the request on again and again."_s.arg(service),
                 u"Check the address of the account."_s);
}

Error tooLarge(const QString &service, qint64 limit)
{
    constexpr qint64 kMebi = 1024 * 1024;
    const QString size = limit < kMebi ? u"%1 bytes"_s.arg(limit) : u"%1 MiB"_s.arg(limit / kMebi);
    return Error(Error::Kind::BadPayload, u"The answer of %1 is larger than %2."_s.arg(service, size),
                 u"Slipway does not read further. Check the address of the account."_s);
}

Error unreadableFile(const QString &file, const QString &reason)
{
    return Error(Error::Kind::Storage, u"%1 cannot be read: %2."_s.arg(file, reason));
}

Error rateLimited(const QString &service, std::chrono::milliseconds wait)
{
    const auto minutes = std::chrono::ceil<std::chrono::minutes>(wait).count();
    return Error(Error::Kind::RateLimited, u"%1 asks to wait: too much was asked of it in a short time."_s.arg(service),
                 minutes <= 1 ? u"Try again in a minute."_s : u"Try again in %1 minutes."_s.arg(minutes));
}

Error ended(const QString &service)
{
    return Error(Error::Kind::Cancelled, u"Slipway ended the connection with %1."_s.arg(service));
}

Error withFate(const Error &error, bool maySent)
{
    return Error(error.kind(), error.message(), error.remedy(), (maySent ? kAnswerLost : kNotSent).toString());
}

} // namespace HttpMessages
} // namespace Slipway
