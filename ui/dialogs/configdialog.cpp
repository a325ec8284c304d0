// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/configdialog.h"

#include "models/domain/configkey.h"
#include "ui/dialogs/configedit.h"
#include "ui/theme/paint.h"

#include <QVBoxLayout>

#include <algorithm>
#include <iterator>

namespace Slipway {

namespace {

QString summary(const Environment &environment)
{
    const QString what = environment.stage == Stage::Production
        ? ConfigDialog::tr("This is production: it restarts with the new config, as a new release.")
        : ConfigDialog::tr("%1 restarts with the new config, as a new release.").arg(environment.name);
    return ConfigDialog::tr("%1 Values go to its provider and are kept nowhere else.").arg(what);
}

} // namespace

ConfigDialog::ConfigDialog(const Environment &environment, const QString &key)
    : Sheet(key.isEmpty() ? tr("Add config keys to %1").arg(environment.name)
                          : tr("Change the config of %1").arg(environment.name),
            summary(environment), tr("Change"))
    , m_environment(environment)
{
    auto *more = new Button(tr("Another key"), Button::Look::Plain, this);
    more->setAccessibleName(tr("Stage a change of another key"));
    setFootWidget(more);
    connect(more, &Button::clicked, this, [this] { addEdit({})->start(); });
    body()->setSpacing(unitOf(this) * 3 / 2);
    addEdit(key);
}

ConfigEdit *ConfigDialog::addEdit(const QString &key)
{
    auto *edit = new ConfigEdit(key, this);
    m_edits.append(edit);
    body()->addWidget(edit);
    connect(edit, &ConfigEdit::changed, this, &ConfigDialog::judge);
    judge();
    return edit;
}

QList<ConfigEdit *> ConfigDialog::staged() const
{
    QList<ConfigEdit *> staged;
    std::copy_if(m_edits.cbegin(), m_edits.cend(), std::back_inserter(staged),
                 [](const ConfigEdit *edit) { return !edit->isUntouched(); });
    return staged;
}

ConfigIntent ConfigDialog::intent() const
{
    ConfigIntent intent{m_environment.pipeline, m_environment.name, {}, {}};
    const QList<ConfigEdit *> edits = staged();
    for (const ConfigEdit *edit : edits) {
        if (edit->removes())
            intent.unset.append(edit->key());
        else
            intent.set.insert(edit->key(), edit->value());
    }
    return intent;
}

void ConfigDialog::start()
{
    m_edits.constFirst()->start();
}

QString ConfigDialog::problem() const
{
    const QList<ConfigEdit *> edits = staged();
    if (edits.isEmpty())
        return tr("Name the key.");
    QStringList keys;
    for (const ConfigEdit *edit : edits) {
        const QString key = edit->key();
        if (key.isEmpty())
            return tr("Name the key.");
        if (!isConfigKey(key))
            return tr("A key is made of letters, digits and underscores and does not start with a digit.");
        if (keys.contains(key))
            return tr("%1 is here twice.").arg(key);
        keys.append(key);
    }
    return {};
}

void ConfigDialog::judge()
{
    for (ConfigEdit *edit : std::as_const(m_edits))
        edit->setExisting(m_environment.config.contains(edit->key()));
    const qsizetype count = staged().size();
    const Button::Look look = m_environment.stage == Stage::Production ? Button::Look::Danger : Button::Look::Primary;
    setAction(count > 1 ? tr("Change %1 keys").arg(count) : tr("Change"), look);
    setBlocked(problem());
}

} // namespace Slipway
