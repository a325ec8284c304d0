// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/accounts/signin.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

constexpr int kLongestClient = 200; ///< characters; GitHub's have twenty

struct SignInTr
{
    Q_DECLARE_TR_FUNCTIONS(Slipway::SignIn)
};

Error noSignIn(const QString &title)
{
    return Error(Error::Kind::Unsupported, SignInTr::tr("%1 has no sign-in by a code.").arg(title),
                 SignInTr::tr("Give the account a token."));
}

} // namespace

Result<QString> signInClient(const ProviderKind &kind, const QString &given)
{
    const TokenSource &source = kind.token;
    if (source.clientVariable.isEmpty())
        return tl::unexpected(noSignIn(kind.title));
    QString client = given.trimmed();
    if (client.isEmpty())
        client = qEnvironmentVariable(source.clientVariable.toUtf8().constData()).trimmed();
    if (client.isEmpty())
        client = source.client;
    if (client.isEmpty()) {
        return fail(
            Error::Kind::Invalid,
            SignInTr::tr("%1 does not know this Slipway: no client id was given to it.").arg(kind.title),
            SignInTr::tr("Set %1 to the client id of an OAuth app that has the device flow, or give the account a "
                         "token.")
                .arg(source.clientVariable));
    }
    const bool printable = std::all_of(client.cbegin(), client.cend(), [](QChar c) { return c > u' ' && c < u'\x7f'; });
    if (!printable || client.size() > kLongestClient) {
        return fail(Error::Kind::Invalid, SignInTr::tr("That is no client id of an app at %1.").arg(kind.title),
                    SignInTr::tr("It is short, without spaces, and stands in the settings of the app."));
    }
    return client;
}

SignIn::SignIn(const ProviderKind &kind, const QString &home, const QString &url, QObject *parent)
    : QObject(parent)
    , m_host({home, Account{kind.title, kind.kind, url}}, kind.create, {})
{ }

void SignIn::start(const QString &client, std::function<void(SignInCode)> shown,
                   const std::function<void(Result<QString>)> &done)
{
    const QString title = m_host.account().name;
    const std::function<Task<SignInCode>(Provider &)> begin = [client, title](Provider &provider) {
        if (SignInProvider *signIn = provider.signIn())
            return signIn->beginSignIn(client);
        return ended<SignInCode>(tl::unexpected(noSignIn(title)));
    };
    const std::function<Task<QString>(Provider &)> finish = [](Provider &provider) {
        return provider.signIn()->finishSignIn();
    };
    m_host.call<SignInCode>(this, begin,
                            [this, finish, shown = std::move(shown), done](const Result<SignInCode> &code) {
                                if (!code) {
                                    done(tl::unexpected(code.error()));
                                    return;
                                }
                                shown(*code);
                                m_host.call<QString>(this, finish, done);
                            });
}

} // namespace Slipway
