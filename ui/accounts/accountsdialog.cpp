// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/accountsdialog.h"

#include "models/board/accountmodel.h"
#include "models/domain/accounttitle.h"
#include "ui/dialogs/checksign.h"
#include "ui/theme/paint.h"
#include "ui/theme/words.h"
#include "ui/widgets/label.h"

#include <QCoreApplication>
#include <QEvent>
#include <QHBoxLayout>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

struct AccountStanding
{
    CheckSign::Shape shape = CheckSign::Shape::Dash;
    QString word;
    Label::Look look = Label::Look::Muted;
};

AccountStanding standingOf(const AccountStatus &status)
{
    if (status.state == AccountState::Stale && !status.asOf.isValid())
        return {CheckSign::Shape::Dash, Words::tr("not asked yet")};
    const QString word = Words::account(status.state);
    switch (status.state) {
    case AccountState::Live:
        return {CheckSign::Shape::Tick, word};
    case AccountState::Offline:
        return {CheckSign::Shape::Exclamation, word, Label::Look::Warning};
    case AccountState::Unauthorised:
        return {CheckSign::Shape::Cross, word, Label::Look::Error};
    case AccountState::Stale:
        break;
    }
    return {CheckSign::Shape::Dash, word};
}

/// "Answered 5 min ago · as mia@example.org (global) · 4200 of 4500 requests left"
QString detailOf(const AccountStatus &status)
{
    QStringList parts;
    if (status.asOf.isValid())
        parts += Words::tr("Answered %1").arg(Words::ago(status.asOf));
    if (!status.facts.who.isEmpty()) {
        const QString scopes = status.facts.scopes.join(u", "_s);
        parts += scopes.isEmpty() ? Words::tr("as %1").arg(status.facts.who)
                                  : Words::tr("as %1 (%2)").arg(status.facts.who, scopes);
    }
    if (status.facts.budgetLeft >= 0)
        parts += Words::tr("%1 of %2 requests left").arg(status.facts.budgetLeft).arg(status.facts.budgetTotal);
    if (!status.account.tokenVariable.isEmpty())
        parts += Words::tr("token from %1").arg(status.account.tokenVariable);
    return parts.join(u" · "_s);
}

} // namespace

AccountsDialog::AccountsDialog(const AccountModel &accounts, bool canAdd)
    : Sheet(tr("Accounts"), tr("Where environments run. Tokens are kept in the system keychain, never in a file."),
            tr("Add an account…"))
    , m_accounts(accounts)
{
    setCancelText(tr("Close"));
    if (!canAdd)
        setBlocked(tr("This Slipway knows no service but this machine."));
    refresh();
}

void AccountsDialog::start()
{
    actionButton()->setFocus();
}

void AccountsDialog::refresh()
{
    const QString focused = focusWidget() ? focusWidget()->objectName() : QString();
    clearBody();
    QList<QWidget *> rows;
    for (int row = 0; row < m_accounts.rowCount(); ++row) {
        rows += makeRow(m_accounts.index(row).data(AccountModel::StatusRole).value<AccountStatus>());
        body()->addWidget(rows.last());
    }
    body()->addStretch(1);
    if (isVisible()) { // shown now, so that the host finds room for them
        for (QWidget *row : std::as_const(rows))
            row->show();
        QCoreApplication::postEvent(this, new QEvent(QEvent::LayoutRequest));
    }
    if (!focused.isEmpty()) { // the row of the button under the keys was made anew
        const QList<Button *> buttons = findChildren<Button *>(focused);
        for (Button *button : buttons) {
            if (!button->isHidden())
                button->setFocus();
        }
    }
    updateGeometry();
}

QWidget *AccountsDialog::makeRow(const AccountStatus &status)
{
    const int unit = unitOf(this);
    auto *row = new QWidget(this);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, unit, 0, unit);
    layout->setSpacing(unit);
    const AccountStanding standing = standingOf(status);
    layout->addWidget(new CheckSign(standing.shape, row), 0, Qt::AlignTop);
    auto *text = new QVBoxLayout;
    text->setSpacing(unit / 2);
    auto *head = new QHBoxLayout;
    head->setSpacing(2 * unit);
    const QString title = accountTitle(status.account.name);
    head->addWidget(new Label(title, Label::Look::Heading, row));
    head->addWidget(new Label(standing.word, standing.look, row));
    head->addStretch(1);
    text->addLayout(head);
    const auto add = [row, text](const QString &words, Label::Look look) {
        if (words.isEmpty())
            return;
        auto *label = new Label(words, look, row);
        label->setWordWrap(true);
        text->addWidget(label);
    };
    const QString detail = detailOf(status);
    add(detail, Label::Look::Muted);
    add(status.account.url, Label::Look::Muted);
    add(status.error, Label::Look::Error);
    if (status.account.kind != u"local")
        text->addWidget(makeButtons(status.account));
    layout->addLayout(text, 1);
    QString sentence = tr("Account %1, %2").arg(title, standing.word);
    for (const QString &more : {detail, status.error}) {
        if (!more.isEmpty())
            sentence += u". "_s + more;
    }
    row->setAccessibleName(sentence);
    return row;
}

QWidget *AccountsDialog::makeButtons(const Account &account)
{
    auto *box = new QWidget(this);
    auto *line = new QHBoxLayout(box);
    line->setContentsMargins(0, unitOf(this), 0, 0);
    line->setSpacing(unitOf(this));
    const auto add = [this, box, line, name = account.name](const QString &text, auto wanted) {
        auto *button = new Button(text, Button::Look::Plain, box);
        button->setAccessibleName(tr("%1: %2").arg(text, name));
        button->setObjectName(name + u'/' + text);
        button->setAutoDefault(true); // Enter presses it while it has the focus
        connect(button, &Button::clicked, this, [this, wanted, name] { Q_EMIT(this->*wanted)(name); });
        line->addWidget(button);
    };
    add(tr("Add a pipeline…"), &AccountsDialog::pipelineWanted);
    add(tr("Check now"), &AccountsDialog::checkWanted);
    add(tr("Replace token…"), &AccountsDialog::tokenWanted);
    add(tr("Remove…"), &AccountsDialog::removalWanted);
    line->addStretch(1);
    return box;
}

} // namespace Slipway
