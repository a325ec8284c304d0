// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/github/deviceflow.h"

#include "models/domain/accountinput.h"
#include "providers/github/githuberrors.h"
#include "providers/github/phrases.h"
#include "providers/github/reading.h"
#include "providers/http/origin.h"

#include <QJsonDocument>

#include <algorithm>

namespace Slipway::GitHub {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Kind = Error::Kind;

namespace {

/// Private repositories are not had for less; "repo" includes commit statuses and deployments (source: GitHub Docs,
/// "Scopes for OAuth apps").
constexpr QStringView kScopes = u"repo";
constexpr QStringView kGrant = u"urn:ietf:params:oauth:grant-type:device_code";
constexpr auto kUsualInterval = 5s;
constexpr auto kLongestInterval = 60s;
constexpr auto kUsualLife = 900s;
constexpr auto kLongestLife = 3600s;
constexpr int kLongestCode = 40; ///< characters; GitHub's have nine
constexpr int kMostDoublings = 4;

QJsonObject bodyOf(const HttpAnswer &answer)
{
    return QJsonDocument::fromJson(answer.body).object();
}

std::chrono::seconds secondsAt(const QJsonObject &object, const QString &name, std::chrono::seconds usual,
                               std::chrono::seconds most)
{
    const auto told = numberAt(object, name);
    return told && *told >= 0 ? std::min<std::chrono::seconds>(std::chrono::seconds(*told), most) : usual;
}

bool mayPass(const Error &error)
{
    return error.kind() == Kind::Network || error.kind() == Kind::RateLimited;
}

Error unknownClient(const QString &client, const QString &host)
{
    return Error(
        Kind::Invalid, Phrases::tr("%1 knows no app with the client id “%2”.").arg(host, oneLine(client)),
        Phrases::tr("Check the id that Slipway was given (%1): it is the one that the settings of the app show "
                    "there. Or give the account a token.")
            .arg(QString::fromUtf16(kClientVariable)));
}

Error disabled(const QString &client, const QString &host)
{
    return Error(
        Kind::Unsupported,
        Phrases::tr("The app “%1” may not sign anybody in by a code at %2.").arg(oneLine(client), host),
        Phrases::tr("Its owner allows it there: Settings, Developer settings, the app, Enable Device Flow. Until "
                    "then give the account a token."));
}

Error gone()
{
    return Error(Kind::Unauthorized, Phrases::tr("GitHub does not know this code any more."),
                 Phrases::tr("Sign in again: another code is shown then."));
}

Error refusedByPerson()
{
    return Error(Kind::Unauthorized, Phrases::tr("The sign-in was refused at GitHub."),
                 Phrases::tr("Sign in again if that was a mistake, and authorise Slipway there; or give the account a "
                             "token."));
}

} // namespace

std::chrono::seconds slowedDown(std::chrono::seconds interval, const QJsonObject &answer)
{
    return secondsAt(answer, u"interval"_s, std::min<std::chrono::seconds>(interval + 5s, kLongestInterval),
                     kLongestInterval);
}

DeviceFlow::DeviceFlow(const QUrl &web, std::chrono::milliseconds least)
    : m_web(web)
    , m_least(least)
{
    HttpClient::Setting setting; // without a token: there is none yet
    setting.root = web;
    setting.userAgent = "slipway/" SLIPWAY_VERSION;
    setting.service = u"GitHub"_s;
    setting.largestBody = 1024 * 1024;
    m_http = std::make_unique<HttpClient>(setting);
}

DeviceFlow::~DeviceFlow()
{
    m_http->stop({}); // resumes whoever still waits while this object is whole
}

void DeviceFlow::stop(std::function<void()> drained)
{
    m_http->stop(std::move(drained));
}

HttpRequest DeviceFlow::request(const QString &path, const QList<QPair<QString, QString>> &words) const
{
    QByteArrayList form;
    for (const auto &[name, value] : words)
        form.append(QUrl::toPercentEncoding(name) + '=' + QUrl::toPercentEncoding(value));
    HttpRequest request;
    request.method = "POST";
    request.url = QUrl(m_web.toString() + path, QUrl::StrictMode);
    request.headers.append(qMakePair(QByteArray("Accept"), QByteArray("application/json")));
    request.headers.append(qMakePair(QByteArray("Content-Type"), QByteArray("application/x-www-form-urlencoded")));
    request.body = form.join('&');
    request.followed = false; // the device code is for this place alone
    return request;
}

Task<SignInCode> DeviceFlow::beginSignIn(QString client)
{
    m_flow = {};
    HttpRequest asked = request(u"/login/device/code"_s, {{u"client_id"_s, client}, {u"scope"_s, kScopes.toString()}});
    asked.repeatable = true; // a code that nobody saw is forgotten by itself
    const auto answer = co_await m_http->send(asked);
    if (!answer)
        co_return Result<SignInCode>(tl::unexpect, answer.error());
    co_return begun(client, *answer);
}

Result<SignInCode> DeviceFlow::begun(const QString &client, const HttpAnswer &answer)
{
    const QString what = Phrases::tr("begin the sign-in");
    const QJsonObject body = bodyOf(answer);
    const QString device = textAt(body, u"device_code"_s);
    if (!answer.good() || device.isEmpty())
        return tl::unexpected(refusal(answer, client, what));
    SignInCode code;
    code.code = lineAt(body, u"user_code"_s);
    code.page = webAddressAt(body, u"verification_uri"_s);
    if (code.code.isEmpty() || code.code.size() > kLongestCode || !isSafeAddress(code.page))
        return tl::unexpected(unreadable(what));
    const auto life = secondsAt(body, u"expires_in"_s, kUsualLife, kLongestLife);
    code.minutes = int(std::chrono::ceil<std::chrono::minutes>(life).count());
    m_flow.client = client;
    m_flow.device = device;
    m_flow.interval = secondsAt(body, u"interval"_s, kUsualInterval, kLongestInterval);
    m_flow.until = QDeadlineTimer(life);
    return code;
}

Task<QString> DeviceFlow::finishSignIn()
{
    const QString device = m_flow.device;
    if (device.isEmpty())
        co_return Result<QString>(tl::unexpect, gone());
    const HttpRequest asked =
        request(u"/login/oauth/access_token"_s,
                {{u"client_id"_s, m_flow.client}, {u"device_code"_s, device}, {u"grant_type"_s, kGrant.toString()}});
    while (true) {
        const std::chrono::milliseconds left = pause();
        const auto waited = co_await m_http->delay(left);
        if (!waited)
            co_return Result<QString>(tl::unexpect, waited.error());
        if (m_flow.device != device) // another one was begun
            co_return Result<QString>(tl::unexpect, gone());
        if (m_flow.until.hasExpired())
            break;
        const auto answer = co_await m_http->send(asked);
        if (m_flow.device != device)
            co_return Result<QString>(tl::unexpect, gone());
        const auto ended = judged(answer);
        if (ended) {
            m_flow = {};
            co_return *ended;
        }
    }
    const Error over = late();
    m_flow = {};
    co_return Result<QString>(tl::unexpect, over);
}

/// Never beyond the end of the code's time. A service that is not there is asked less and less often (RFC 8628, 3.5).
std::chrono::milliseconds DeviceFlow::pause() const
{
    const auto usual = std::max<std::chrono::milliseconds>(m_flow.interval, m_least);
    const auto slower = usual * (1 << std::min(m_flow.failures, kMostDoublings));
    const auto wanted = std::max(usual, std::min<std::chrono::milliseconds>(slower, kLongestInterval));
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(m_flow.until.remainingTimeAsDuration());
    return std::min(wanted, left);
}

std::optional<Result<QString>> DeviceFlow::judged(const Result<HttpAnswer> &answer)
{
    const QString what = Phrases::tr("complete the sign-in");
    const bool passing = answer ? answer->status >= 500 : mayPass(answer.error());
    if (passing) {
        ++m_flow.failures;
        m_flow.lost = answer ? refusal(*answer, m_flow.client, what) : answer.error();
        return {};
    }
    if (!answer)
        return Result<QString>(tl::unexpect, answer.error());
    m_flow.failures = 0;
    const QJsonObject body = bodyOf(*answer);
    const QString error = textAt(body, u"error"_s);
    if (error == u"slow_down")
        m_flow.interval = slowedDown(m_flow.interval, body);
    if (error == u"slow_down" || error == u"authorization_pending")
        return {};
    const auto token = tokenFrom(textAt(body, u"access_token"_s));
    if (answer->good() && error.isEmpty() && token)
        return token;
    return Result<QString>(tl::unexpect, refusal(*answer, m_flow.client, what));
}

Error DeviceFlow::refusal(const HttpAnswer &answer, const QString &client, const QString &what) const
{
    const QJsonObject body = bodyOf(answer);
    const QString error = textAt(body, u"error"_s);
    const QString host = m_web.host() == u"github.com" ? u"GitHub"_s : m_web.host();
    if (error == u"access_denied")
        return refusedByPerson();
    if (error == u"expired_token" || error == u"token_expired")
        return late();
    if (error == u"device_flow_disabled")
        return disabled(client, host);
    if (error == u"incorrect_client_credentials" || answer.status == 404)
        return unknownClient(client, host);
    if (error == u"incorrect_device_code")
        return gone();
    if (!error.isEmpty() && answer.status < 500) {
        const QString said = lineAt(body, u"error_description"_s);
        return Error(Kind::Blocked,
                     Phrases::tr("GitHub did not %1: %2").arg(what, said.isEmpty() ? oneLine(error) : said),
                     Phrases::tr("Give the account a token instead."));
    }
    if (answer.status / 100 == 3) {
        return Error(Kind::BadPayload, Phrases::tr("GitHub did not %1: it passed the request on elsewhere.").arg(what),
                     Phrases::tr("Slipway does not follow there. Check the address of the account, and whether the "
                                 "network wants a login in the browser."));
    }
    return answer.good() ? unreadable(what) : GitHub::refusal(answer, what);
}

Error DeviceFlow::late() const
{
    if (m_flow.failures > 0) {
        return Error(m_flow.lost.kind(),
                     Phrases::tr("The time of the code is over, and GitHub did not answer at last: %1")
                         .arg(m_flow.lost.message()),
                     Phrases::tr("Sign in again when it can be reached."));
    }
    return Error(Kind::Unauthorized, Phrases::tr("The code was not allowed at GitHub in time."),
                 Phrases::tr("Sign in again: another code is shown then."));
}

} // namespace Slipway::GitHub
