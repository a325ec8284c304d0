// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/confirmdialog.h"

#include "ui/widgets/field.h"
#include "ui/widgets/label.h"

#include <QVBoxLayout>

namespace Slipway {

ConfirmDialog::ConfirmDialog(const QString &title, const QString &summary, const QString &action, const QString &typed,
                             bool dangerous)
    : Sheet(title, summary, action)
{
    if (dangerous)
        setAction(action, Button::Look::Danger);
    if (typed.isEmpty())
        return;
    auto *label = new Label(tr("Type %1 to go on").arg(typed), Label::Look::Normal, this);
    m_name = new Field(this);
    m_name->setAccessibleName(label->text());
    label->setBuddy(m_name);
    body()->addWidget(label);
    body()->addWidget(m_name);
    const auto judge = [this, typed] { setBlocked(m_name->text() == typed ? QString() : tr("Type the name first.")); };
    connect(m_name, &QLineEdit::textChanged, this, judge);
    judge();
}

void ConfirmDialog::start()
{
    if (m_name)
        m_name->setFocus();
    else
        actionButton()->setFocus();
}

} // namespace Slipway
