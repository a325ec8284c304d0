// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The rest of BoardController: accounts.
#include "app/accounts/netrc.h"
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
        const bool login = !known.token.cliMachine.isEmpty() && netrcLogin(known.token.cliMachine);
        kinds.append({known.kind, known.title, known.token.page, login ? known.token.cliTitle : QString()});
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

namespace {

Result<QString> tokenOf(const QString &kind, const GivenToken &given)
{
    if (!given.fromCli)
        return given.text;
    const ProviderKind *known = providerKind(kind);
    return netrcLogin(known ? known->token.cliMachine : QString());
}

} // namespace

void BoardController::addAccount(const AddAccount &request)
{
    const auto token = tokenOf(request.account.kind, request.token);
    if (!token) {
        m_window.showError(token.error());
        return;
    }
    m_session.saveAccount(request.account, [this, name = request.account.name, token](const Result<void> &saved) {
        if (saved)
            keepToken(name, *token);
        else
            m_window.showError(saved.error());
    });
}

void BoardController::replaceToken(const ReplaceToken &request)
{
    const QList<Account> accounts = m_session.reader().store().accounts();
    for (Account account : accounts) {
        if (account.name != request.account)
            continue;
        const auto token = tokenOf(account.kind, request.token);
        if (!token) {
            m_window.showError(token.error());
            return;
        }
        account.tokenVariable.clear(); // one that was named before is not asked any more
        addAccount({account, {*token, false}});
    }
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
