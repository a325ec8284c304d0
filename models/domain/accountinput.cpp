// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/accountinput.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

struct AccountTr
{
    Q_DECLARE_TR_FUNCTIONS(Slipway::Account)
};

constexpr qsizetype kMaxToken = 4096; ///< characters; JSON web tokens have about a thousand

} // namespace

bool isLoopback(const QString &host)
{
    static const QRegularExpression numbers(u"^127(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}\\z"_s);
    return host.compare(u"localhost", Qt::CaseInsensitive) == 0 || host == u"::1" || numbers.match(host).hasMatch();
}

Result<void> goodServiceUrl(const QString &text)
{
    if (text.isEmpty())
        return {};
    const QUrl url(text, QUrl::StrictMode);
    if (!url.userInfo().isEmpty() || (!url.isValid() && text.contains(u'@'))) {
        return fail(Error::Kind::Invalid,
                    AccountTr::tr("The address of the service contains a user name or a password."),
                    AccountTr::tr("Write it without; the token is given apart."));
    }
    const QString remedy = AccountTr::tr("Write it like https://api.example.com.");
    const bool web = url.scheme() == u"https" || url.scheme() == u"http";
    if (!url.isValid() || !web || url.host().isEmpty())
        return fail(Error::Kind::Invalid, AccountTr::tr("“%1” is not the address of a service.").arg(text), remedy);
    if (url.hasQuery() || url.hasFragment()) {
        return fail(Error::Kind::Invalid,
                    AccountTr::tr("“%1” goes on after the path.").arg(url.toString(QUrl::RemoveQuery)), remedy);
    }
    if (url.scheme() == u"http" && !isLoopback(url.host())) {
        return fail(Error::Kind::Invalid, AccountTr::tr("“%1” would send the token unencrypted.").arg(text),
                    AccountTr::tr("Use https; http is for this machine only (127.0.0.1, ::1, localhost)."));
    }
    return {};
}

Result<void> goodAccount(const Account &account)
{
    for (const QString &url : {account.url, account.dataUrl}) {
        if (const auto good = goodServiceUrl(url); !good)
            return good;
    }
    static const QRegularExpression variable(u"^[A-Za-z_][A-Za-z0-9_]*$"_s);
    if (!account.tokenVariable.isEmpty() && !variable.match(account.tokenVariable).hasMatch()) {
        // Not repeated: somebody may have put the token itself there.
        return fail(Error::Kind::Invalid, AccountTr::tr("That is not the name of an environment variable."),
                    AccountTr::tr("Give the name of the variable that holds the token, such as HEROKU_API_KEY."));
    }
    return {};
}

Result<QString> tokenFrom(const QString &text)
{
    const QString token = text.trimmed();
    if (token.isEmpty()) {
        return fail(Error::Kind::Invalid, AccountTr::tr("The token is empty."),
                    AccountTr::tr("Give the token as the service shows it."));
    }
    const bool printable = std::all_of(token.cbegin(), token.cend(), [](QChar c) { return c > u' ' && c < u'\x7f'; });
    if (!printable || token.size() > kMaxToken) {
        return fail(Error::Kind::Invalid,
                    printable
                        ? AccountTr::tr("That is too long for a token.")
                        : AccountTr::tr("The token contains a space, a line break or a character that no token has."),
                    AccountTr::tr("Copy it again from the service, alone and whole."));
    }
    return token;
}

} // namespace Slipway
