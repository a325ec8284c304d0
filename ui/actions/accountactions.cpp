// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/accountactions.h"

#include "models/board/boardreader.h"
#include "models/store/changeset.h"
#include "ui/accounts/accountdialog.h"
#include "ui/accounts/accountsdialog.h"
#include "ui/accounts/adoptdialog.h"
#include "ui/dialogs/confirmdialog.h"
#include "ui/dialogs/sheethost.h"

namespace Slipway {

AccountActions::AccountActions(const BoardModels &models, SheetHost &host, QObject *parent)
    : QObject(parent)
    , m_models(models)
    , m_host(host)
{ }

void AccountActions::showAccounts()
{
    auto *sheet = new AccountsDialog(m_models.accounts, !m_kinds.isEmpty());
    m_sheet = sheet;
    // Not from within the sheet, which the next one takes the place of.
    connect(sheet, &Sheet::confirmed, this, &AccountActions::add, Qt::QueuedConnection);
    connect(sheet, &AccountsDialog::tokenWanted, this, &AccountActions::replaceToken, Qt::QueuedConnection);
    connect(sheet, &AccountsDialog::removalWanted, this, &AccountActions::remove, Qt::QueuedConnection);
    connect(sheet, &AccountsDialog::checkWanted, this,
            [this](const QString &name) { Q_EMIT requested(CheckAccount{name}); });
    connect(sheet, &AccountsDialog::pipelineWanted, this,
            [this](const QString &name) { Q_EMIT requested(ListPipelines{name}); });
    m_host.open(sheet);
}

void AccountActions::add()
{
    QStringList taken;
    for (const Account &account : m_models.reader.store().accounts())
        taken += account.name;
    open(new AccountDialog(m_kinds, taken));
}

void AccountActions::open(AccountDialog *dialog)
{
    connect(dialog, &Sheet::confirmed, this, [this, dialog] { Q_EMIT requested(dialog->request()); });
    connect(dialog, &AccountDialog::signInWanted, this, [this](const QString &kind, const QString &url) {
        Q_EMIT requested(BeginSignIn{kind, url});
    });
    connect(dialog, &AccountDialog::signInEnded, this, [this] { Q_EMIT requested(EndSignIn{}); });
    m_host.open(dialog);
}

void AccountActions::showSignInCode(const SignInCode &code)
{
    if (auto *dialog = qobject_cast<AccountDialog *>(m_host.current()))
        dialog->showSignInCode(code);
}

void AccountActions::showSignedIn(const Result<void> &done)
{
    if (auto *dialog = qobject_cast<AccountDialog *>(m_host.current()))
        dialog->showSignedIn(done);
}

void AccountActions::replaceToken(const QString &name)
{
    for (const Account &account : m_models.reader.store().accounts()) {
        if (account.name != name)
            continue;
        open(new AccountDialog(m_kinds, account));
        return;
    }
}

void AccountActions::remove(const QString &name)
{
    auto *dialog = new ConfirmDialog(tr("Remove the account %1?").arg(name),
                                     tr("Its token leaves the keychain. Nothing changes at the service."),
                                     tr("Remove account"), {}, true);
    connect(dialog, &Sheet::confirmed, this, [this, name] { Q_EMIT requested(RemoveAccount{name}); });
    m_host.open(dialog);
}

void AccountActions::choosePipeline(const QString &account, const QList<ListedPipeline> &pipelines)
{
    QStringList taken;
    QStringList shown;
    for (const Pipeline &pipeline : m_models.reader.store().pipelines()) {
        taken += pipeline.name;
        if (pipeline.deploysAccount == account)
            shown += pipeline.deploysId;
    }
    auto *dialog = new AdoptDialog(account, pipelines, taken, shown, m_models.reader.store().accounts());
    connect(dialog, &Sheet::confirmed, this, [this, dialog] { Q_EMIT raised(dialog->intent()); });
    m_host.open(dialog);
}

void AccountActions::done()
{
    if (!m_host.pending())
        return;
    m_host.settle();
    showAccounts();
}

void AccountActions::apply(const ChangeSet &changes)
{
    if (m_sheet && m_host.current() == m_sheet && (changes.everything || !changes.accounts.isEmpty()))
        m_sheet->refresh();
}

} // namespace Slipway
