// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/accountrequest.h"
#include "models/domain/error.h"
#include "models/domain/signincode.h"
#include "ui/mainwindow.h"

#include <QObject>
#include <QPointer>

namespace Slipway {

class AccountDialog;
class AccountsDialog;
class SheetHost;

/// The sheets of accounts, and what is asked in them.
class AccountActions final : public QObject
{
    Q_OBJECT
public:
    AccountActions(const BoardModels &models, SheetHost &host, QObject *parent);
    void setKinds(const QList<AccountKind> &kinds) { m_kinds = kinds; }
    void showAccounts();
    void add();
    void choosePipeline(const QString &account, const QList<ListedPipeline> &pipelines);
    void done(); ///< the last request was carried out
    void showSignInCode(const SignInCode &code); ///< answers BeginSignIn
    void showSignedIn(const Result<void> &done); ///< its end
    void apply(const ChangeSet &changes);

Q_SIGNALS:
    void requested(const Slipway::AccountRequest &request);
    void raised(const Slipway::Intent &intent);

private:
    void open(AccountDialog *dialog);
    void replaceToken(const QString &name);
    void remove(const QString &name);
    const BoardModels m_models;
    SheetHost &m_host;
    QList<AccountKind> m_kinds;
    QPointer<AccountsDialog> m_sheet;
};

} // namespace Slipway
