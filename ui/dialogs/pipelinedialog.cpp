// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/pipelinedialog.h"

#include "models/domain/accounttitle.h"
#include "ui/dialogs/projectfields.h"
#include "ui/widgets/field.h"
#include "ui/widgets/label.h"

#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QRegularExpression>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Slipway {

PipelineDialog::PipelineDialog(const QStringList &accounts, const QStringList &taken, const QList<Account> &known)
    : Sheet(tr("Add your repository"),
            tr("Slipway makes production and staging from its main branch. The repository itself is only read."),
            tr("Add pipeline"))
    , m_taken(taken)
    , m_folder(new Field(this))
    , m_name(new Field(this))
    , m_account(new QComboBox(this))
    , m_projects(new ProjectFields(known, this))
{
    for (const QString &account : accounts)
        m_account->addItem(accountTitle(account), account);
    m_account->setAccessibleName(tr("Account that runs the environments"));
    m_folder->setPlaceholderText(tr("A git repository with a Procfile"));
    m_folder->setAccessibleName(tr("Folder of the repository"));
    m_name->setAccessibleName(tr("Name of the pipeline"));
    auto *browse = new Button(tr("Choose…"), Button::Look::Plain, this);
    connect(browse, &Button::clicked, this, &PipelineDialog::pickFolder);
    auto *row = new QWidget(this);
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins({});
    line->addWidget(m_folder, 1);
    line->addWidget(browse);
    body()->addWidget(new Label(tr("Repository folder"), Label::Look::Heading, this));
    body()->addWidget(row);
    body()->addWidget(new Label(tr("Name"), Label::Look::Heading, this));
    body()->addWidget(m_name);
    // With one account there is nothing to choose.
    auto *runs = new Label(tr("Runs on"), Label::Look::Heading, this);
    body()->addWidget(runs);
    body()->addWidget(m_account);
    runs->setVisible(accounts.size() > 1);
    m_account->setVisible(accounts.size() > 1);
    body()->addWidget(m_projects);
    m_projects->setVisible(m_projects->offersAny());
    auto *other = new Button(tr("Take one from an account instead…"), Button::Look::Link, this);
    other->setAutoDefault(true); // Enter presses it while it has the focus
    connect(other, &Button::clicked, this, &PipelineDialog::accountsWanted);
    body()->addWidget(other, 0, Qt::AlignLeft);
    connect(m_name, &QLineEdit::textEdited, this, [this] { m_nameTyped = true; });
    connect(m_folder, &QLineEdit::textChanged, this, &PipelineDialog::proposeName);
    connect(m_name, &QLineEdit::textChanged, this, &PipelineDialog::judge);
    connect(m_projects, &ProjectFields::changed, this, &PipelineDialog::judge);
    judge();
}

SetUpIntent PipelineDialog::intent() const
{
    SetUpIntent intent;
    intent.pipeline = m_name->text().trimmed();
    intent.account = m_account->currentData().toString();
    intent.source = m_projects->source();
    intent.ci = m_projects->ci();
    intent.repository = QDir::cleanPath(m_folder->text().trimmed());
    return intent;
}

void PipelineDialog::start()
{
    m_folder->setFocus();
}

void PipelineDialog::proposeName()
{
    if (!m_nameTyped) {
        static const QRegularExpression other(u"[^a-z0-9]+"_s);
        QString name = QDir(QDir::cleanPath(m_folder->text().trimmed())).dirName().toLower();
        name.replace(other, u"-"_s);
        while (name.startsWith(u'-'))
            name.remove(0, 1);
        name.truncate(40);
        while (name.endsWith(u'-'))
            name.chop(1);
        m_name->setText(name);
    }
    judge();
}

void PipelineDialog::judge()
{
    const QString folder = m_folder->text().trimmed();
    const QString name = m_name->text().trimmed();
    if (folder.isEmpty())
        setBlocked(tr("Choose the folder of a git repository."));
    else if (!QDir::isAbsolutePath(folder) || !QFileInfo(folder).isDir())
        setBlocked(tr("There is no folder “%1”.").arg(folder));
    else if (const QString wrong = nameProblem(name); !wrong.isEmpty())
        setBlocked(wrong);
    else if (m_taken.contains(name))
        setBlocked(tr("There is a pipeline “%1” already. Choose another name.").arg(name));
    else
        setBlocked(m_projects->problem());
}

void PipelineDialog::pickFolder()
{
    auto *dialog = new QFileDialog(window(), tr("Choose a repository"), m_folder->text());
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &folder) { m_folder->setText(folder); });
    dialog->open();
}

} // namespace Slipway
