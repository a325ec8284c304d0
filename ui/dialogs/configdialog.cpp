// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/configdialog.h"

#include "models/domain/configkey.h"
#include "ui/widgets/field.h"
#include "ui/widgets/label.h"

#include <QVBoxLayout>

namespace Slipway {

namespace {

QString summary(const Environment &environment)
{
    const QString what = environment.stage == Stage::Production
        ? ConfigDialog::tr("This is production: it restarts with the new config, as a new release.")
        : ConfigDialog::tr("%1 restarts with the new config, as a new release.").arg(environment.name);
    return ConfigDialog::tr("%1 The value goes to its provider and is kept nowhere else.").arg(what);
}

} // namespace

ConfigDialog::ConfigDialog(const Environment &environment, const QString &key)
    : Sheet(key.isEmpty() ? tr("Add a config key to %1").arg(environment.name)
                          : tr("Change %1 on %2").arg(key, environment.name),
            summary(environment), key.isEmpty() ? tr("Add key") : tr("Change"))
    , m_environment(environment)
    , m_key(new Field(key, this))
    , m_value(new Field(this))
{
    if (environment.stage == Stage::Production)
        setAction(actionButton()->text(), Button::Look::Danger);
    auto *keyLabel = new Label(tr("Key"), Label::Look::Heading, this);
    keyLabel->setBuddy(m_key);
    m_key->setAccessibleName(tr("Name of the key"));
    m_key->setPlaceholderText(tr("PAYMENTS_KEY"));
    auto *valueLabel = new Label(tr("Value"), Label::Look::Heading, this);
    valueLabel->setBuddy(m_value);
    m_value->setAccessibleName(key.isEmpty() ? tr("Value") : tr("New value of %1").arg(key));
    m_value->setEchoMode(QLineEdit::PasswordEchoOnEdit); // read while it is typed, masked when the eye moves on
    for (QWidget *widget : {static_cast<QWidget *>(keyLabel), static_cast<QWidget *>(m_key)}) {
        body()->addWidget(widget);
        widget->setVisible(key.isEmpty());
    }
    body()->addWidget(valueLabel);
    body()->addWidget(m_value);
    connect(m_key, &QLineEdit::textChanged, this, &ConfigDialog::judge);
    judge();
}

ConfigIntent ConfigDialog::intent() const
{
    return {m_environment.pipeline, m_environment.name, {{m_key->text().trimmed(), m_value->text()}}, {}};
}

void ConfigDialog::start()
{
    (m_key->isHidden() ? m_value : m_key)->setFocus();
}

void ConfigDialog::judge()
{
    const QString key = m_key->text().trimmed();
    if (key.isEmpty())
        setBlocked(tr("Name the key."));
    else if (!isConfigKey(key))
        setBlocked(tr("A key is made of letters, digits and underscores and does not start with a digit."));
    else if (!m_key->isHidden() && m_environment.config.contains(key))
        setBlocked(tr("%1 has a key “%2” already: choose it in the list to change it.").arg(m_environment.name, key));
    else
        setBlocked({});
}

} // namespace Slipway
