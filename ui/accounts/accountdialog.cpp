// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/accountdialog.h"

#include "models/domain/accountinput.h"
#include "ui/accounts/signinbox.h"
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
    , m_signIn(new SignInBox(this))
    , m_token(new Field(this))
    , m_fromCli(new QCheckBox(this))
    , m_advanced(new QCheckBox(tr("The service is at another address"), this))
    , m_url(new Field(account.url, this))
    , m_dataUrl(new Field(account.dataUrl, this))
    , m_page(new Label({}, Label::Look::Muted, this))
{
    buildSettings();
    body()->addWidget(m_signIn);
    buildToken();
    buildAdvanced();
    orderStops();
    for (QLineEdit *field : {m_name, m_token, m_url, m_dataUrl})
        connect(field, &QLineEdit::textChanged, this, &AccountDialog::judge);
    connect(m_fromCli, &QCheckBox::toggled, this, &AccountDialog::judge);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &AccountDialog::showKind);
    connect(m_signIn, &SignInBox::begun, this, &AccountDialog::beginSignIn);
    connect(m_signIn, &SignInBox::stopped, this, [this] {
        Q_EMIT signInEnded();
        showParts();
        m_token->setFocus();
    });
    showKind();
}

AccountDialog::~AccountDialog()
{
    if (m_signIn->state() != SignInBox::State::Idle)
        Q_EMIT signInEnded();
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
    m_tokenBox = labelled(tr("Token"), m_token);
    m_tokenTitle = m_tokenBox->findChild<Label *>();
    m_page->setWordWrap(true);
    body()->addWidget(m_page);
    body()->addWidget(m_fromCli);
}

void AccountDialog::buildAdvanced()
{
    body()->addWidget(m_advanced);
    m_url->setPlaceholderText(tr("https://…, empty for the usual one"));
    m_dataUrl->setPlaceholderText(tr("https://…, empty for the usual one"));
    const QList<QWidget *> parts{labelled(tr("Address"), m_url),
                                 labelled(tr("Address of its data service"), m_dataUrl)};
    const auto show = [this, parts](bool on) {
        for (QWidget *part : parts)
            part->setVisible(on);
        judge();
    };
    connect(m_advanced, &QCheckBox::toggled, this, show);
    for (QWidget *part : parts)
        part->hide();
    m_advanced->setVisible(m_account.name.isEmpty());
}

void AccountDialog::orderStops()
{
    QList<QWidget *> stops{m_kind, m_name};
    stops += m_signIn->stops();
    stops += {m_token, m_fromCli, m_advanced, m_url, m_dataUrl, cancelButton(), actionButton()};
    for (int at = 1; at < stops.size(); ++at)
        setTabOrder(stops.at(at - 1), stops.at(at));
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
    if (login)
        m_fromCli->setText(tr("Use the login of the %1 instead").arg(now->cliTitle));
    else
        m_fromCli->setChecked(false);
    if (now)
        m_signIn->setService(now->title, now->signInProblem);
    const QString page = now ? now->tokenPage : QString();
    m_page->setText(page.isEmpty() ? QString() : tr("You find it at %1").arg(page));
    showParts();
}

void AccountDialog::showParts()
{
    const AccountKind *now = kind();
    const bool offered = now && now->signsIn;
    const bool typing = m_signIn->state() == SignInBox::State::Idle; // else the token comes by itself
    m_signIn->setVisible(offered);
    m_tokenTitle->setText(offered ? tr("Or a token") : tr("Token"));
    m_tokenBox->setVisible(typing);
    m_page->setVisible(typing && !m_page->text().isEmpty());
    m_fromCli->setVisible(typing && now && !now->cliTitle.isEmpty());
    for (QWidget *part : QList<QWidget *>{m_kind, m_advanced, m_url, m_dataUrl})
        part->setEnabled(typing);
    m_name->setEnabled(typing || m_signIn->state() == SignInBox::State::Done);
    judge();
}

void AccountDialog::beginSignIn()
{
    showError(Error());
    m_fromCli->setChecked(false);
    showParts();
    Q_EMIT signInWanted(kind()->kind, m_url->text().trimmed());
}

void AccountDialog::showSignInCode(const SignInCode &code)
{
    if (m_signIn->state() == SignInBox::State::Asking)
        m_signIn->showCode(code);
}

void AccountDialog::showSignedIn(const Result<void> &done)
{
    const bool waited = m_signIn->state() == SignInBox::State::Asking || m_signIn->state() == SignInBox::State::Waiting;
    if (!waited)
        return;
    m_signIn->setState(done ? SignInBox::State::Done : SignInBox::State::Idle);
    showParts();
    if (done) {
        accept();
        return;
    }
    showError(done.error());
    m_signIn->stops().constFirst()->setFocus();
}

QString AccountDialog::whatIsMissing() const
{
    if (!m_account.name.isEmpty())
        return {};
    if (m_kinds.isEmpty())
        return tr("This Slipway knows no service but this machine.");
    const QString name = m_name->text().trimmed();
    if (const QString wrong = nameProblem(name); !wrong.isEmpty())
        return wrong;
    if (m_taken.contains(name))
        return tr("There is an account “%1” already. Choose another name.").arg(name);
    for (const QLineEdit *field : {m_url, m_dataUrl}) {
        if (const auto good = goodServiceUrl(field->text().trimmed()); !good)
            return good.error().text();
    }
    return {};
}

QString AccountDialog::whyNoToken() const
{
    if (m_signIn->state() == SignInBox::State::Done || m_fromCli->isChecked())
        return {};
    if (m_signIn->state() != SignInBox::State::Idle)
        return tr("The sign-in is not over yet.");
    const auto token = tokenFrom(m_token->text());
    if (token)
        return {};
    if (!m_token->text().isEmpty())
        return token.error().text();
    const AccountKind *now = kind();
    return now && now->signsIn && now->signInProblem.isEmpty() ? tr("Sign in, or paste a token.")
                                                               : tr("Paste the token.");
}

void AccountDialog::judge()
{
    const QString missing = whatIsMissing();
    m_token->setEnabled(!m_fromCli->isChecked());
    m_signIn->setReady(missing.isEmpty());
    setBlocked(missing.isEmpty() ? whyNoToken() : missing);
}

AccountRequest AccountDialog::request() const
{
    const bool signedIn = m_signIn->state() == SignInBox::State::Done;
    const bool fromCli = !signedIn && m_fromCli->isChecked();
    const GivenToken token{signedIn || fromCli ? QString() : m_token->text().trimmed(), fromCli, signedIn};
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
