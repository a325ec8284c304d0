// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/pipeline.h"
#include "ui/dialogs/sheet.h"

namespace Slipway {

class AccountModel;

/// All accounts: how each stands, whose it is, what is left of its budget, and what can be done with it.
class AccountsDialog final : public Sheet
{
    Q_OBJECT
public:
    /// `canAdd`: there is a service besides this machine.
    AccountsDialog(const AccountModel &accounts, bool canAdd);
    void refresh(); ///< the model or the time has moved on
    void start() override;

Q_SIGNALS:
    void checkWanted(const QString &account);
    void tokenWanted(const QString &account);
    void removalWanted(const QString &account);
    void pipelineWanted(const QString &account);

private:
    QWidget *makeRow(const AccountStatus &status);
    QWidget *makeButtons(const Account &account);
    const AccountModel &m_accounts;
};

} // namespace Slipway
