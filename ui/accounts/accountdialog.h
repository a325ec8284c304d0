// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/accountrequest.h"
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
    AccountRequest request() const;
    void start() override;

private:
    AccountDialog(const QList<AccountKind> &kinds, const QStringList &taken, const Account &account);
    void buildSettings();
    void buildToken();
    void buildAdvanced();
    QWidget *labelled(const QString &label, QWidget *field);
    const AccountKind *kind() const;
    void showKind();
    void judge();

    QList<AccountKind> m_kinds;
    QStringList m_taken;
    Account m_account; ///< whose token it is; without a name: a new one
    QComboBox *m_kind;
    QLineEdit *m_name;
    QLineEdit *m_token;
    QCheckBox *m_fromCli;
    QLineEdit *m_url;
    QLineEdit *m_dataUrl;
    class Label *m_page;
};

} // namespace Slipway
