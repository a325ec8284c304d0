// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/accountdialog.h"

#include "models/domain/accountinput.h"
#include "ui/widgets/field.h"
#include "ui/widgets/label.h"

#include <QCheckBox>
#include <QComboBox>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Slipway {

AccountDialog::AccountDialog(const QList<AccountKind> &kinds, const QStringList &taken)
    : AccountDialog(kinds, taken, Account())
{ }

AccountDialog::AccountDialog(const QList<AccountKind> &kinds, const Account &account)
    : AccountDialog(kinds, {}, account)
{ }

AccountDialog::AccountDialog(const QList<AccountKind> &kinds, const QStringList &taken, const Account &account)
    : Sheet(account.name.isEmpty() ? tr("Add an account") : tr("Replace the token of %1").arg(account.name),
            tr("The token goes into the system keychain, never into a file."),
            account.name.isEmpty() ? tr("Add account") : tr("Replace token"))
    , m_kinds(kinds)
    , m_taken(taken)
    , m_account(account)
    , m_kind(new QComboBox(this))
    , m_name(new Field(this))
    , m_token(new Field(this))
    , m_fromCli(new QCheckBox(this))
    , m_url(new Field(account.url, this))
    , m_dataUrl(new Field(account.dataUrl, this))
    , m_page(new Label({}, Label::Look::Muted, this))
{
    buildSettings();
    buildToken();
    buildAdvanced();
    for (QLineEdit *field : {m_name, m_token, m_url, m_dataUrl})
        connect(field, &QLineEdit::textChanged, this, &AccountDialog::judge);
    connect(m_fromCli, &QCheckBox::toggled, this, &AccountDialog::judge);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &AccountDialog::showKind);
    showKind();
}

QWidget *AccountDialog::labelled(const QString &label, QWidget *field)
{
    auto *box = new QWidget(this);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins({});
    auto *title = new Label(label, Label::Look::Heading, box);
    title->setBuddy(field);
    layout->addWidget(title);
    layout->addWidget(field);
    field->setAccessibleName(label);
    body()->addWidget(box);
    return box;
}

void AccountDialog::buildSettings()
{
    for (const AccountKind &one : std::as_const(m_kinds))
        m_kind->addItem(one.title, one.kind);
    const bool isNew = m_account.name.isEmpty();
    if (!isNew)
        m_kind->setCurrentIndex(m_kind->findData(m_account.kind));
    labelled(tr("Service"), m_kind)->setVisible(isNew && m_kinds.size() > 1);
    m_name->setPlaceholderText(tr("How it is called here, such as “team”"));
    labelled(tr("Name"), m_name)->setVisible(isNew);
}

void AccountDialog::buildToken()
{
    m_token->setEchoMode(QLineEdit::Password);
    m_token->setPlaceholderText(tr("Paste it here"));
    labelled(tr("Token"), m_token);
    m_page->setWordWrap(true);
    body()->addWidget(m_page);
    body()->addWidget(m_fromCli);
}

void AccountDialog::buildAdvanced()
{
    auto *advanced = new QCheckBox(tr("The service is at another address"), this);
    body()->addWidget(advanced);
    m_url->setPlaceholderText(tr("https://…, empty for the usual one"));
    m_dataUrl->setPlaceholderText(tr("https://…, empty for the usual one"));
    const QList<QWidget *> parts{labelled(tr("Address"), m_url),
                                 labelled(tr("Address of its data service"), m_dataUrl)};
    const auto show = [this, parts](bool on) {
        for (QWidget *part : parts)
            part->setVisible(on);
        judge();
    };
    connect(advanced, &QCheckBox::toggled, this, show);
    for (QWidget *part : parts)
        part->hide();
    advanced->setVisible(m_account.name.isEmpty());
}

const AccountKind *AccountDialog::kind() const
{
    const int at = m_kind->currentIndex();
    return at >= 0 && at < m_kinds.size() ? &m_kinds.at(at) : nullptr;
}

void AccountDialog::showKind()
{
    const AccountKind *now = kind();
    const bool login = now && !now->cliTitle.isEmpty();
    m_fromCli->setVisible(login);
    if (login)
        m_fromCli->setText(tr("Use the login of the %1 instead").arg(now->cliTitle));
    else
        m_fromCli->setChecked(false);
    const QString page = now ? now->tokenPage : QString();
    m_page->setText(page.isEmpty() ? QString() : tr("You find it at %1").arg(page));
    m_page->setVisible(!page.isEmpty());
    judge();
}

void AccountDialog::judge()
{
    m_token->setEnabled(!m_fromCli->isChecked());
    const bool isNew = m_account.name.isEmpty();
    const QString name = m_name->text().trimmed();
    const auto url = goodServiceUrl(m_url->text().trimmed());
    const auto dataUrl = goodServiceUrl(m_dataUrl->text().trimmed());
    const auto token = tokenFrom(m_token->text());
    if (isNew && m_kinds.isEmpty())
        setBlocked(tr("This Slipway knows no service but this machine."));
    else if (const QString wrong = isNew ? nameProblem(name) : QString(); !wrong.isEmpty())
        setBlocked(wrong);
    else if (isNew && m_taken.contains(name))
        setBlocked(tr("There is an account “%1” already. Choose another name.").arg(name));
    else if (!m_fromCli->isChecked() && !token)
        setBlocked(m_token->text().isEmpty() ? tr("Paste the token.") : token.error().text());
    else if (isNew && !url)
        setBlocked(url.error().text());
    else if (isNew && !dataUrl)
        setBlocked(dataUrl.error().text());
    else
        setBlocked({});
}

AccountRequest AccountDialog::request() const
{
    const bool fromCli = m_fromCli->isChecked();
    const GivenToken token{fromCli ? QString() : m_token->text().trimmed(), fromCli};
    if (!m_account.name.isEmpty())
        return ReplaceToken{m_account.name, token};
    Account account;
    account.name = m_name->text().trimmed();
    account.kind = m_kind->currentData().toString();
    account.url = m_url->text().trimmed();
    account.dataUrl = m_dataUrl->text().trimmed();
    return AddAccount{account, token};
}

void AccountDialog::start()
{
    if (m_account.name.isEmpty())
        m_name->setFocus();
    else
        m_token->setFocus();
}

} // namespace Slipway
