// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/adoptdialog.h"

#include "ui/dialogs/projectfields.h"
#include "ui/widgets/field.h"
#include "ui/widgets/label.h"

#include <QListWidget>
#include <QRegularExpression>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

/// What of a name can stand in an address.
QString addressable(QString name)
{
    static const QRegularExpression other(u"[^a-z0-9]+"_s);
    static const QRegularExpression edges(u"^-+|-+$"_s);
    name = name.toLower().replace(other, u"-"_s).left(40);
    return name.remove(edges);
}

} // namespace

AdoptDialog::AdoptDialog(const QString &account, const QList<ListedPipeline> &pipelines, const QStringList &taken,
                         const QStringList &shown, const QList<Account> &known)
    : Sheet(tr("Add a pipeline of %1").arg(account),
            tr("It comes onto the board as it is. Nothing is made or changed at %1.").arg(account), tr("Add pipeline"))
    , m_account(account)
    , m_taken(taken)
    , m_list(new QListWidget(this))
    , m_name(new Field(this))
    , m_projects(new ProjectFields(known, this))
{
    for (const ListedPipeline &one : pipelines) {
        const bool there = shown.contains(one.id);
        auto *item = new QListWidgetItem(there ? tr("%1 (on the board)").arg(one.name) : one.name, m_list);
        item->setData(Qt::UserRole, one.id);
        item->setData(Qt::UserRole + 1, one.name);
        if (there)
            item->setFlags(Qt::NoItemFlags);
    }
    m_list->setAccessibleName(tr("Pipelines of %1").arg(account));
    m_list->setMinimumHeight(unitOf(this) * 24);
    m_name->setAccessibleName(tr("Name on the board"));
    body()->addWidget(new Label(tr("Pipeline"), Label::Look::Heading, this));
    body()->addWidget(m_list);
    body()->addWidget(new Label(tr("Name on the board"), Label::Look::Heading, this));
    body()->addWidget(m_name);
    body()->addWidget(m_projects);
    m_projects->setVisible(m_projects->offersAny());
    connect(m_projects, &ProjectFields::changed, this, &AdoptDialog::judge);
    connect(m_list, &QListWidget::currentItemChanged, this, &AdoptDialog::propose);
    connect(m_name, &QLineEdit::textChanged, this, &AdoptDialog::judge);
    for (int row = 0; row < m_list->count(); ++row) {
        if (m_list->item(row)->flags() & Qt::ItemIsEnabled) {
            m_list->setCurrentRow(row);
            break;
        }
    }
    judge();
}

void AdoptDialog::start()
{
    m_list->setFocus();
}

void AdoptDialog::propose()
{
    if (const QListWidgetItem *item = m_list->currentItem())
        m_name->setText(addressable(item->data(Qt::UserRole + 1).toString()));
    judge();
}

void AdoptDialog::judge()
{
    const QString name = m_name->text().trimmed();
    if (m_list->count() == 0)
        setBlocked(tr("%1 shows no pipeline to this token.").arg(m_account));
    else if (!m_list->currentItem())
        setBlocked(tr("Choose a pipeline."));
    else if (const QString wrong = nameProblem(name); !wrong.isEmpty())
        setBlocked(wrong);
    else if (m_taken.contains(name))
        setBlocked(tr("There is a pipeline “%1” already. Choose another name.").arg(name));
    else
        setBlocked(m_projects->problem());
}

SetUpIntent AdoptDialog::intent() const
{
    SetUpIntent intent;
    intent.pipeline = m_name->text().trimmed();
    intent.account = m_account;
    intent.source = m_projects->source();
    intent.ci = m_projects->ci();
    if (const QListWidgetItem *item = m_list->currentItem())
        intent.adopt = item->data(Qt::UserRole).toString();
    return intent;
}

} // namespace Slipway
