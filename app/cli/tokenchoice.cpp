// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/tokenchoice.h"

#include "app/accounts/clilogin.h"
#include "app/accounts/signin.h"
#include "models/domain/accountinput.h"

#include <QFile>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace Slipway::Cli {

namespace {

Result<QString> readToken()
{
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly)) {
        return fail(Error::Kind::Invalid, u"There is nothing on stdin to read a token from."_s,
                    u"Pipe the token in, or name its variable with --token-env."_s);
    }
    return tokenFrom(QString::fromUtf8(input.readLine(8192)));
}

Result<QString> cliLogin(Context &context, const ProviderKind &kind, const QString &url)
{
    const TokenSource &source = kind.token;
    if (source.cliMachine.isEmpty() && source.cliCommand.isEmpty()) {
        return fail(Error::Kind::Invalid,
                    u"--from-cli: %1 has no command line whose login could be taken."_s.arg(kind.title),
                    u"Pipe the token in with --token-stdin."_s);
    }
    const auto login =
        context.wait<QString>([&](auto done) { askCliLogin(source, url, &context.session(), std::move(done)); });
    if (login)
        return login;
    const Error &error = login.error();
    if (source.cliMachine.isEmpty() || source.cliCommand.isEmpty() || error.kind() == Error::Kind::Invalid)
        return login;
    return fail(error.kind(), error.message(),
                u"`%1` prints the token: pipe it in with --token-stdin."_s.arg(source.cliCommand));
}

/// On stderr: stdout is the command's one document.
void tell(Context &context, const ProviderKind &kind, const SignInCode &code)
{
    context.terminal().warn(u"Open %1 and type in this code: %2"_s.arg(code.page.toString(), code.code));
    context.terminal().warn(
        u"Waiting until you allow it at %1. The code is good for %2 minutes; Ctrl+C ends this."_s.arg(kind.title)
            .arg(code.minutes));
    context.terminal().flush();
}

Result<QString> signedIn(Context &context, const ProviderKind &kind, const QString &url, const QString &given)
{
    const auto client = signInClient(kind, given);
    if (!client && kind.token.clientVariable.isEmpty())
        return fail(client.error().kind(), u"--device: "_s + client.error().message(),
                    u"Pipe its token in with --token-stdin."_s);
    if (!client) {
        return fail(
            client.error().kind(), client.error().message(),
            u"Name an OAuth app of yours that has the device flow: --client-id ID, or the variable %1; or pipe a "
            u"token in with --token-stdin."_s.arg(kind.token.clientVariable));
    }
    SignIn signIn(kind, context.session().home(), url);
    return context.wait<QString>([&](auto done) {
        signIn.start(
            *client, [&context, &kind](const SignInCode &code) { tell(context, kind, code); }, std::move(done));
    });
}

Result<void> atMostOne(const Invocation &invocation)
{
    QStringList given;
    for (const QString &option : {u"token-stdin"_s, u"token-env"_s, u"from-cli"_s, u"device"_s}) {
        if (invocation.has(option))
            given << u"--"_s + option;
    }
    if (given.size() > 1) {
        return fail(Error::Kind::Invalid, u"%1 name different tokens."_s.arg(given.join(u" and "_s)),
                    u"Give one of them."_s);
    }
    if (invocation.has(u"client-id"_s) && !invocation.has(u"device"_s)) {
        return fail(Error::Kind::Invalid, u"--client-id says who signs in, and nobody does."_s,
                    u"Give --device with it."_s);
    }
    return {};
}

} // namespace

QList<OptionSpec> tokenOptions()
{
    return {{{u"token-stdin"_s}, {}, u"Read the token from the first line of stdin."_s},
            {{u"token-env"_s}, u"VAR"_s, u"Read it at each start from the variable VAR; it is not stored."_s},
            {{u"from-cli"_s}, {}, u"Take the login of the service's own command line, such as gh or heroku."_s},
            {{u"device"_s}, {}, u"Sign in by a code that you allow in a browser, here or elsewhere (GitHub)."_s},
            {{u"client-id"_s},
             u"ID"_s,
             u"With --device: the OAuth app to sign in as; default: SLIPWAY_GITHUB_CLIENT_ID, or the one built in."_s}};
}

Result<TokenChoice> chosenToken(Context &context, const Account &account, const Invocation &invocation)
{
    if (const auto good = atMostOne(invocation); !good)
        return tl::unexpected(good.error());
    if (invocation.has(u"token-env"_s))
        return TokenChoice{{}, invocation.value(u"token-env"_s)};
    const ProviderKind &kind = *providerKind(account.kind);
    Result<QString> token;
    if (invocation.has(u"token-stdin"_s))
        token = readToken();
    else if (invocation.has(u"from-cli"_s))
        token = cliLogin(context, kind, account.url);
    else if (invocation.has(u"device"_s))
        token = signedIn(context, kind, account.url, invocation.value(u"client-id"_s));
    if (!token)
        return tl::unexpected(token.error());
    return TokenChoice{*token, {}};
}

} // namespace Slipway::Cli
