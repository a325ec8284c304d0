// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The rest of BoardController: accounts.
#include "app/accounts/clilogin.h"
#include "app/accounts/signin.h"
#include "app/desktop/boardcontroller.h"
#include "app/operations/detached.h"
#include "app/session/session.h"
#include "providers/registry.h"

namespace Slipway {

void BoardController::tellKinds()
{
    QList<AccountKind> kinds;
    for (const ProviderKind &known : providerKinds()) {
        if (!known.token.wanted)
            continue;
        const QString login = hasCliLogin(known.token) ? known.token.cliTitle : QString();
        AccountKind kind{known.kind, known.title, known.token.page, login};
        kind.signsIn = !known.token.clientVariable.isEmpty();
        if (const auto client = signInClient(known); kind.signsIn && !client)
            kind.signInProblem = client.error().text();
        kinds.append(kind);
    }
    m_window.setAccountKinds(kinds);
}

void BoardController::carryOut(const AccountRequest &request)
{
    if (const auto *add = std::get_if<AddAccount>(&request)) {
        addAccount(*add);
    } else if (const auto *replace = std::get_if<ReplaceToken>(&request)) {
        replaceToken(*replace);
    } else if (const auto *remove = std::get_if<RemoveAccount>(&request)) {
        m_session.removeAccount(remove->account, accountDone());
    } else if (const auto *check = std::get_if<CheckAccount>(&request)) {
        m_session.checkAccount(check->account, reporting());
    } else if (const auto *begin = std::get_if<BeginSignIn>(&request)) {
        beginSignIn(*begin);
    } else if (std::holds_alternative<EndSignIn>(request)) {
        endSignIn();
    } else if (const auto *list = std::get_if<ListPipelines>(&request)) {
        listPipelines(list->account);
    }
}

std::function<void(Result<void>)> BoardController::accountDone()
{
    return [this](const Result<void> &done) {
        if (done)
            m_window.accountDone();
        else
            m_window.showError(done.error());
    };
}

void BoardController::withToken(const Account &account, const GivenToken &given,
                                const std::function<void(QString)> &then)
{
    const ProviderKind *known = providerKind(account.kind);
    if (!given.fromCli || !known) {
        then(given.signedIn ? m_signedIn : given.text);
        return;
    }
    askCliLogin(known->token, account.url, this, [this, then](const Result<QString> &token) {
        if (token)
            then(*token);
        else
            m_window.showError(token.error());
    });
}

void BoardController::beginSignIn(const BeginSignIn &request)
{
    endSignIn();
    const ProviderKind *known = providerKind(request.kind);
    if (!known)
        return;
    const auto client = signInClient(*known);
    if (!client) {
        m_window.showSignedIn(tl::unexpected(client.error()));
        return;
    }
    m_signIn = std::make_unique<SignIn>(*known, m_session.home(), request.url);
    m_signIn->start(
        *client, [this](const SignInCode &code) { m_window.showSignInCode(code); },
        [this](const Result<QString> &token) {
            m_signedIn = token.value_or(QString());
            m_window.showSignedIn(token ? Result<void>() : Result<void>(tl::unexpect, token.error()));
        });
}

void BoardController::endSignIn()
{
    m_signedIn.clear();
    if (SignIn *over = m_signIn.release()) {
        over->setParent(this);
        over->deleteLater(); // it may be what calls
    }
}

void BoardController::addAccount(const AddAccount &request)
{
    withToken(request.account, request.token, [this, account = request.account](const QString &token) {
        m_session.saveAccount(account, [this, name = account.name, token](const Result<void> &saved) {
            if (saved)
                keepToken(name, token);
            else
                m_window.showError(saved.error());
        });
    });
}

void BoardController::replaceToken(const ReplaceToken &request)
{
    auto account = m_session.reader().store().account(request.account);
    if (!account) {
        m_window.showError(account.error());
        return;
    }
    account->tokenVariable.clear(); // one that was named before is not asked any more
    addAccount({*account, request.token});
}

/// The account then shows by itself whether the token is good.
void BoardController::keepToken(const QString &account, const QString &token)
{
    m_session.giveToken(account, token, [this, account](const Result<TokenVault::Kept> &kept) {
        m_window.accountDone();
        if (kept && *kept == TokenVault::Kept::Session) {
            m_window.showNotice(tr("There is no keychain, or it is locked: the token of %1 is kept until Slipway "
                                   "closes, and is asked for again then.")
                                    .arg(account));
        }
        m_session.checkAccount(account, [](const Result<void> &) {});
    });
}

void BoardController::listPipelines(const QString &account)
{
    using Listed = QList<RemotePipeline>;
    const auto work = [](Provider &provider) {
        DeployProvider *deploys = provider.deploys();
        return deploys ? deploys->pipelines() : ended<Listed>(Listed());
    };
    m_session.withAccount<Listed>(account, work, [this, account](const Result<Listed> &listed) {
        if (!listed) {
            m_window.showError(listed.error());
            return;
        }
        QList<ListedPipeline> pipelines;
        for (const RemotePipeline &one : *listed)
            pipelines.append({one.id, one.name});
        m_window.showPipelinesOf(account, pipelines);
    });
}

} // namespace Slipway
