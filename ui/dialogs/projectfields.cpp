// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/projectfields.h"

#include "models/domain/remoteplace.h"
#include "ui/theme/paint.h"
#include "ui/widgets/field.h"
#include "ui/widgets/label.h"

#include <QComboBox>
#include <QRegularExpression>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

/// What people copy from the browser or from git, as the project is called.
QString cleaned(QString text)
{
    text = text.trimmed();
    if (const QString place = remotePlace(text); !place.isEmpty())
        return place.section(u'/', 1);
    while (text.endsWith(u'/'))
        text.chop(1);
    return text.endsWith(u".git"_s) ? text.chopped(4) : text;
}

bool hasParts(const QString &project, int wanted)
{
    static const QRegularExpression part(u"^[\\w.-]+$"_s);
    const QStringList parts = project.split(u'/');
    return parts.size() == wanted
        && std::all_of(parts.cbegin(), parts.cend(), [](const QString &one) { return part.match(one).hasMatch(); });
}

} // namespace

ProjectFields::ProjectFields(const QList<Account> &accounts, QWidget *parent)
    : QWidget(parent)
{
    const int unit = unitOf(this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(unit * 3 / 2);
    m_source = addRole(tr("Changes from"), tr("Its own git repository"), u"github"_s, accounts);
    m_source.project->setPlaceholderText(tr("OWNER/REPO"));
    m_ci = addRole(tr("Checked by"), tr("Who has the changes, if anybody"), u"circleci"_s, accounts);
    m_ci.project->setPlaceholderText(tr("gh/OWNER/REPO"));
    connect(m_ci.project, &QLineEdit::textEdited, this, [this] { m_typed = true; });
    judge();
}

ProjectFields::Role ProjectFields::addRole(const QString &title, const QString &none, const QString &kind,
                                           const QList<Account> &accounts)
{
    Role role{new QComboBox(this), new Field(this)};
    auto *head = new Label(title, Label::Look::Heading, this);
    role.account->addItem(none, QString());
    for (const Account &account : accounts) {
        if (account.kind == kind)
            role.account->addItem(account.name, account.name);
    }
    m_any = m_any || role.account->count() > 1;
    role.account->setAccessibleName(tr("%1: account").arg(title));
    role.project->setAccessibleName(tr("%1: project").arg(title));
    layout()->addWidget(head);
    layout()->addWidget(role.account);
    layout()->addWidget(role.project);
    connect(role.account, &QComboBox::currentIndexChanged, this, &ProjectFields::judge);
    connect(role.project, &QLineEdit::textChanged, this, &ProjectFields::judge);
    return role;
}

void ProjectFields::choose(const Role &role, const RemoteProject &project)
{
    // One that is gone, or of another kind, is not lost by looking at it.
    if (!project.account.isEmpty() && role.account->findData(project.account) < 0)
        role.account->addItem(project.account, project.account);
    role.account->setCurrentIndex(role.account->findData(project.account));
    role.project->setText(project.id);
}

void ProjectFields::setProjects(const RemoteProject &source, const RemoteProject &ci)
{
    choose(m_source, source);
    choose(m_ci, ci);
    m_typed = !ci.id.isEmpty();
    judge();
}

RemoteProject ProjectFields::read(const Role &role)
{
    const QString account = role.account->currentData().toString();
    return account.isEmpty() ? RemoteProject() : RemoteProject{account, cleaned(role.project->text())};
}

RemoteProject ProjectFields::source() const
{
    return read(m_source);
}

RemoteProject ProjectFields::ci() const
{
    return read(m_ci);
}

QString ProjectFields::problem() const
{
    const RemoteProject from = source();
    if (!from.account.isEmpty() && !hasParts(from.id, 2)) {
        return from.id.isEmpty() ? tr("Say which repository the changes come from: OWNER/REPO.")
                                 : tr("“%1” is no repository. Write OWNER/REPO, as in acme/shop.").arg(from.id);
    }
    const RemoteProject by = ci();
    if (!by.account.isEmpty() && !hasParts(by.id, 3)) {
        return by.id.isEmpty() ? tr("Say which project is checked: gh/OWNER/REPO.")
                               : tr("“%1” is no project. Write gh/OWNER/REPO, as in gh/acme/shop.").arg(by.id);
    }
    return {};
}

void ProjectFields::judge()
{
    if (!m_ci.project) // still being made
        return;
    m_source.project->setVisible(!m_source.account->currentData().toString().isEmpty());
    m_ci.project->setVisible(!m_ci.account->currentData().toString().isEmpty());
    if (const RemoteProject from = source(); !m_typed) {
        const QSignalBlocker quiet(m_ci.project);
        m_ci.project->setText(hasParts(from.id, 2) ? u"gh/"_s + from.id : QString());
    }
    Q_EMIT changed();
}

} // namespace Slipway
