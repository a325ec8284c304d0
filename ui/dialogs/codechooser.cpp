// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/codechooser.h"

#include "models/board/changemodel.h"
#include "ui/sidebar/navdelegate.h"
#include "ui/theme/paint.h"
#include "ui/theme/words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/field.h"

#include <QButtonGroup>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QListView>
#include <QRadioButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

NavRow changeRow(const QModelIndex &index)
{
    const auto change = index.data(ChangeModel::ChangeRole).value<Change>();
    const QString mark = Words::mark(change);
    QStringList aside;
    if (!mark.isEmpty() && mark != change.title)
        aside += mark;
    if (!change.author.isEmpty())
        aside += change.author;
    if (change.commitsBehind.value_or(0) > 0)
        aside += Words::tr("%1 behind").arg(*change.commitsBehind);
    return {change.title, aside.join(", "_L1), {}, {}};
}

} // namespace

CodeChooser::CodeChooser(ChangeModel &changes, const QString &asIs, QWidget *parent)
    : QWidget(parent)
    , m_changes(changes)
    , m_ways(new QButtonGroup(this))
    , m_list(new QListView(this))
    , m_version(new Field(this))
    , m_folderRow(new QWidget(this))
    , m_folder(new Field(m_folderRow))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(unitOf(this));
    m_list->setModel(&changes);
    m_list->setItemDelegate(new NavDelegate(changeRow, m_list));
    m_list->setUniformItemSizes(true);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setAccessibleName(tr("Open changes"));
    m_list->setTabKeyNavigation(false);
    m_list->setFixedHeight(NavDelegate::rowHeight(fontMetrics()) * qBound(1, changes.rowCount(), 4) + 4);
    m_version->setPlaceholderText(tr("A branch, a tag or a commit"));
    m_version->setAccessibleName(tr("Version to deploy"));
    m_folder->setPlaceholderText(tr("A folder with the application’s Procfile"));
    m_folder->setAccessibleName(tr("Folder to deploy, uncommitted work included"));
    auto *row = new QHBoxLayout(m_folderRow);
    row->setContentsMargins({});
    auto *browse = new Button(tr("Choose…"), Button::Look::Plain, m_folderRow);
    row->addWidget(m_folder, 1);
    row->addWidget(browse);
    connect(browse, &Button::clicked, this, &CodeChooser::pickFolder);

    if (!asIs.isEmpty())
        addWay(AsIs, asIs, nullptr);
    addWay(OfChange, changes.rowCount() > 0 ? tr("A change") : tr("A change (none is open)"), m_list);
    addWay(OfVersion, tr("A version"), m_version);
    addWay(OfDirectory, tr("A folder on this computer, uncommitted work included"), m_folderRow);
    m_ways->button(OfChange)->setEnabled(changes.rowCount() > 0);
    if (changes.rowCount() > 0)
        m_list->setCurrentIndex(changes.index(0));
    m_ways->button(changes.rowCount() > 0 ? OfChange : asIs.isEmpty() ? OfVersion : AsIs)->setChecked(true);
    connect(m_ways, &QButtonGroup::idToggled, this, &CodeChooser::follow);
    connect(m_version, &QLineEdit::textChanged, this, &CodeChooser::changed);
    connect(m_folder, &QLineEdit::textChanged, this, &CodeChooser::changed);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &CodeChooser::changed);
    follow();
}

void CodeChooser::addWay(Way way, const QString &text, QWidget *field)
{
    auto *radio = new QRadioButton(text, this);
    m_ways->addButton(radio, way);
    layout()->addWidget(radio);
    if (!field)
        return;
    auto *indent = new QHBoxLayout;
    indent->setContentsMargins(unitOf(this) * 6, 0, 0, 0);
    indent->addWidget(field);
    static_cast<QVBoxLayout *>(layout())->addLayout(indent);
}

void CodeChooser::follow()
{
    const int way = m_ways->checkedId();
    m_list->setVisible(way == OfChange);
    m_version->setVisible(way == OfVersion);
    m_folderRow->setVisible(way == OfDirectory);
    updateGeometry();
    if (isVisible())
        start();
    Q_EMIT changed();
}

void CodeChooser::start()
{
    const int way = m_ways->checkedId();
    if (way == OfVersion)
        m_version->setFocus();
    else if (way == OfDirectory)
        m_folder->setFocus();
}

CodeChoice CodeChooser::choice() const
{
    CodeChoice choice;
    switch (m_ways->checkedId()) {
    case OfChange:
        choice.change = m_list->currentIndex().data(ChangeModel::RefRole).toString();
        break;
    case OfVersion:
        choice.version = m_version->text().trimmed();
        break;
    case OfDirectory:
        choice.directory = m_folder->text().trimmed();
        break;
    default:
        break;
    }
    return choice;
}

void CodeChooser::choose(const CodeChoice &choice)
{
    if (!choice.change.isEmpty()) {
        for (int row = 0; row < m_changes.rowCount(); ++row) {
            if (m_changes.index(row).data(ChangeModel::RefRole).toString() == choice.change)
                m_list->setCurrentIndex(m_changes.index(row));
        }
        m_ways->button(OfChange)->setChecked(true);
    } else if (!choice.version.isEmpty()) {
        m_version->setText(choice.version);
        m_ways->button(OfVersion)->setChecked(true);
    } else if (!choice.directory.isEmpty()) {
        m_folder->setText(choice.directory);
        m_ways->button(OfDirectory)->setChecked(true);
    } else if (QAbstractButton *asIs = m_ways->button(AsIs)) {
        asIs->setChecked(true);
    }
}

QString CodeChooser::problem() const
{
    const CodeChoice chosen = choice();
    switch (m_ways->checkedId()) {
    case OfChange:
        return chosen.change.isEmpty() ? tr("Choose a change.") : QString();
    case OfVersion:
        return chosen.version.isEmpty() ? tr("Name a branch, a tag or a commit.") : QString();
    case OfDirectory:
        if (chosen.directory.isEmpty())
            return tr("Choose a folder.");
        if (!QDir::isAbsolutePath(chosen.directory) || !QFileInfo(chosen.directory).isDir())
            return tr("There is no folder “%1”.").arg(chosen.directory);
        return {};
    default:
        return {};
    }
}

void CodeChooser::pickFolder()
{
    auto *dialog = new QFileDialog(window(), tr("Deploy a folder"), m_folder->text());
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &folder) { m_folder->setText(folder); });
    dialog->open();
}

} // namespace Slipway
