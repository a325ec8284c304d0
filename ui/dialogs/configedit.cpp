// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/configedit.h"

#include "ui/widgets/field.h"

#include <QCheckBox>
#include <QHBoxLayout>

namespace Slipway {

ConfigEdit::ConfigEdit(const QString &key, QWidget *parent)
    : QWidget(parent)
    , m_key(new Field(key, this))
    , m_value(new Field(this))
    , m_remove(new QCheckBox(tr("Remove"), this))
    , m_named(!key.isEmpty())
{
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins({});
    line->addWidget(m_key, 2);
    line->addWidget(m_value, 3);
    line->addWidget(m_remove);
    m_key->setAccessibleName(tr("Name of the key"));
    m_key->setPlaceholderText(tr("PAYMENTS_KEY"));
    m_key->setReadOnly(m_named);
    m_key->setFocusPolicy(m_named ? Qt::NoFocus : Qt::StrongFocus);
    m_value->setPlaceholderText(tr("Value"));
    m_value->setEchoMode(QLineEdit::PasswordEchoOnEdit); // read while it is typed, masked when the eye moves on
    QSizePolicy kept = m_remove->sizePolicy();
    kept.setRetainSizeWhenHidden(true); // fields of all rows stay in line
    m_remove->setSizePolicy(kept);
    m_remove->hide();
    connect(m_key, &QLineEdit::textChanged, this, &ConfigEdit::judge);
    connect(m_value, &QLineEdit::textChanged, this, &ConfigEdit::changed);
    connect(m_remove, &QCheckBox::toggled, this, &ConfigEdit::judge);
    judge();
}

QString ConfigEdit::key() const
{
    return m_key->text().trimmed();
}

QString ConfigEdit::value() const
{
    return m_value->text();
}

bool ConfigEdit::removes() const
{
    return m_remove->isVisibleTo(this) && m_remove->isChecked();
}

bool ConfigEdit::isUntouched() const
{
    return !m_named && key().isEmpty() && value().isEmpty();
}

void ConfigEdit::setExisting(bool existing)
{
    m_remove->setVisible(existing);
    m_value->setEnabled(!removes());
}

void ConfigEdit::start()
{
    (m_named ? m_value : m_key)->setFocus();
}

void ConfigEdit::judge()
{
    m_value->setEnabled(!removes());
    m_value->setAccessibleName(key().isEmpty() ? tr("Value") : tr("New value of %1").arg(key()));
    m_remove->setAccessibleName(tr("Remove %1").arg(key()));
    Q_EMIT changed();
}

} // namespace Slipway
