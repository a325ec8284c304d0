// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/accountrequest.h"
#include "models/domain/error.h"
#include "models/domain/signincode.h"
#include "ui/dialogs/sheet.h"

class QCheckBox;
class QComboBox;
class QLineEdit;

namespace Slipway {

/// A new account, or another token for one that is there.
class AccountDialog final : public Sheet
{
    Q_OBJECT
public:
    AccountDialog(const QList<AccountKind> &kinds, const QStringList &taken); ///< a new one
    AccountDialog(const QList<AccountKind> &kinds, const Account &account); ///< its token
    ~AccountDialog() override; ///< ends a sign-in that nobody waits for any more
    AccountRequest request() const;
    void showSignInCode(const SignInCode &code); ///< the answer to signInWanted()
    /// Its end: good confirms the sheet, for nothing is left to fill in; an error is said here.
    void showSignedIn(const Result<void> &done);
    void start() override;

Q_SIGNALS:
    void signInWanted(const QString &kind, const QString &url);
    void signInEnded(); ///< nobody wants it, or what came of it, any more

private:
    AccountDialog(const QList<AccountKind> &kinds, const QStringList &taken, const Account &account);
    void buildSettings();
    void buildToken();
    void buildAdvanced();
    void orderStops();
    void beginSignIn();
    QWidget *labelled(const QString &label, QWidget *field);
    const AccountKind *kind() const;
    void showKind();
    void showParts(); ///< those that a sign-in leaves to be filled in
    void judge();
    QString whatIsMissing() const; ///< but for the token; empty: nothing
    QString whyNoToken() const;

    QList<AccountKind> m_kinds;
    QStringList m_taken;
    Account m_account; ///< whose token it is; without a name: a new one
    QComboBox *m_kind;
    QLineEdit *m_name;
    class SignInBox *m_signIn;
    QWidget *m_tokenBox = nullptr;
    class Label *m_tokenTitle = nullptr;
    QLineEdit *m_token;
    QCheckBox *m_fromCli;
    QCheckBox *m_advanced;
    QLineEdit *m_url;
    QLineEdit *m_dataUrl;
    class Label *m_page;
};

} // namespace Slipway
