// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sidebar/sidebar.h"

#include "models/board/accountmodel.h"
#include "models/board/openchangemodel.h"
#include "models/board/pipelinemodel.h"
#include "models/domain/accounttitle.h"
#include "ui/sidebar/changelist.h"
#include "ui/sidebar/navbutton.h"
#include "ui/sidebar/navdelegate.h"
#include "ui/theme/paint.h"
#include "ui/theme/words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"

#include <QContextMenuEvent>
#include <QListView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Slipway {

namespace {

NavRow pipelineRow(const QModelIndex &index)
{
    return {index.data(PipelineModel::NameRole).toString(),
            QString::number(index.data(PipelineModel::CountRole).toInt()),
            EnvironmentState(index.data(PipelineModel::StateRole).toInt()),
            {}};
}

NavRow accountRow(const QModelIndex &index)
{
    const auto status = index.data(AccountModel::StatusRole).value<AccountStatus>();
    const bool asked = status.asOf.isValid() || status.state != AccountState::Stale;
    QString aside = asked ? Words::account(status.state) : Words::tr("not asked");
    if (status.state == AccountState::Stale && status.asOf.isValid())
        aside = Words::ago(status.asOf);
    return {accountTitle(status.account.name), aside, {}, toneOf(status.state)};
}

} // namespace

Sidebar::Sidebar(const BoardReader &reader, PipelineModel &pipelines, AccountModel &accounts, QWidget *parent)
    : Panel(Qt::RightEdge, parent)
    , m_pipelines(pipelines)
    , m_accounts(accounts)
    , m_changes(new OpenChangeModel(reader, this))
{
    const int unit = unitOf(this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * unit, 2 * unit, 2 * unit + 1, 2 * unit);
    layout->setSpacing(0);
    layout->addWidget(new Brand(this));
    layout->addSpacing(unit);
    buildPipelines(layout);
    buildChanges(layout);
    layout->addSpacing(2 * unit);
    auto *across = new Label(tr("Across pipelines"), Label::Look::Section, this);
    across->setContentsMargins(2 * unit, 0, 0, unit);
    layout->addWidget(across);
    m_activity = new NavButton(tr("Activity"), this);
    m_activity->setAccessibleName(tr("Activity of all pipelines"));
    connect(m_activity, &NavButton::clicked, this, [this] {
        m_activity->setChecked(true);
        Q_EMIT activityChosen();
    });
    layout->addWidget(m_activity);
    layout->addStretch(1);
    buildAccounts(layout);
    setMinimumWidth(unit * 34);
    refresh();
}

QListView *Sidebar::makeList(const QString &name)
{
    auto *list = new QListView(this);
    list->setFrameShape(QFrame::NoFrame);
    list->viewport()->setAutoFillBackground(false);
    list->setUniformItemSizes(true);
    list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list->setTabKeyNavigation(false);
    list->setMouseTracking(true);
    list->viewport()->setAttribute(Qt::WA_Hover);
    list->setAccessibleName(name);
    return list;
}

void Sidebar::buildPipelines(QVBoxLayout *layout)
{
    const int unit = unitOf(this);
    auto *head = new QHBoxLayout;
    auto *title = new Label(tr("Pipelines"), Label::Look::Section, this);
    title->setContentsMargins(2 * unit, 0, 0, 0);
    auto *add = new Button(tr("+"), Button::Look::Quiet, this);
    add->setAccessibleName(tr("Add a pipeline"));
    add->setToolTip(tr("Add a pipeline"));
    head->addWidget(title);
    head->addStretch(1);
    head->addWidget(add);
    connect(add, &Button::clicked, this, &Sidebar::newPipelineWanted);
    layout->addLayout(head);
    m_pipelineList = makeList(tr("Pipelines"));
    m_pipelineList->setModel(&m_pipelines);
    m_pipelineList->setItemDelegate(new NavDelegate(pipelineRow, m_pipelineList));
    m_pipelineList->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_pipelineList->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &now) {
                if (!m_quiet && now.isValid())
                    Q_EMIT pipelineChosen(now.data(PipelineModel::NameRole).toString());
            });
    connect(m_pipelineList, &QListView::clicked, this, [this](const QModelIndex &index) {
        Q_EMIT pipelineChosen(index.data(PipelineModel::NameRole).toString());
    });
    connect(m_pipelineList, &QListView::customContextMenuRequested, this, [this](const QPoint &at) {
        // By key the position is the middle of the list: the current row is meant.
        const QModelIndex under = m_pipelineList->indexAt(at);
        const QModelIndex index = under.isValid() ? under : m_pipelineList->currentIndex();
        if (index.isValid())
            Q_EMIT pipelineMenuWanted(index.data(PipelineModel::NameRole).toString(),
                                      m_pipelineList->viewport()->mapToGlobal(at));
    });
    layout->addWidget(m_pipelineList, 1000);
}

void Sidebar::buildChanges(QVBoxLayout *layout)
{
    const int unit = unitOf(this);
    m_changeTitle = new Label({}, Label::Look::Section, this);
    m_changeTitle->setContentsMargins(2 * unit, 0, 0, 0);
    m_changeTitle->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_changeList = new ChangeList(*m_changes, this);
    auto *part = new QVBoxLayout; // with room above it, unless all of it is hidden
    part->setContentsMargins(0, 3 * unit, 0, 0);
    part->setSpacing(unit);
    part->addWidget(m_changeTitle);
    part->addWidget(m_changeList, 1);
    layout->addLayout(part, 1000);
}

/// Without an open change, and over what is not a board, there is nothing of it.
void Sidebar::fitChanges()
{
    constexpr int kLeast = 2;
    const int rows = m_changes->rowCount();
    const bool shown = rows > 0 && !m_activity->isChecked();
    m_changeTitle->setVisible(shown);
    m_changeList->setVisible(shown);
    m_changeList->measure();
    const QString title = tr("Open changes");
    m_changeTitle->setText(tr("%1  %2").arg(title).arg(rows));
    m_changeList->setAccessibleName(Words::some(rows, tr("1 open change"), tr("%1 open changes"))
                                    + tr(", %1 without a dev environment").arg(m_changes->waiting()));
    m_changeList->setMinimumHeight(qMin(rows, kLeast) * m_changeList->rowHeight());
    m_changeList->setMaximumHeight(qMax(1, rows) * m_changeList->rowHeight() + 2);
}

void Sidebar::apply(const ChangeSet &changes)
{
    m_changes->apply(changes);
    fit();
}

void Sidebar::buildAccounts(QVBoxLayout *layout)
{
    const int unit = unitOf(this);
    auto *title = new Label(tr("Accounts"), Label::Look::Section, this);
    title->setContentsMargins(2 * unit, 0, 0, 0);
    auto *manage = new Button(tr("…"), Button::Look::Quiet, this);
    manage->setAccessibleName(tr("Manage accounts"));
    manage->setToolTip(tr("Manage accounts"));
    connect(manage, &Button::clicked, this, &Sidebar::accountsWanted);
    auto *head = new QHBoxLayout;
    head->addWidget(title);
    head->addStretch(1);
    head->addWidget(manage);
    layout->addLayout(head);
    m_accountList = makeList(tr("Accounts"));
    m_accountList->setModel(&m_accounts);
    m_accountList->setItemDelegate(new NavDelegate(accountRow, m_accountList));
    m_accountList->setSelectionMode(QAbstractItemView::NoSelection);
    m_accountList->setFocusPolicy(Qt::TabFocus);
    layout->addWidget(m_accountList);
}

void Sidebar::showPipeline(const QString &name)
{
    m_quiet = true;
    m_activity->setChecked(false);
    const int row = m_pipelines.rowOf(name);
    if (row >= 0)
        m_pipelineList->setCurrentIndex(m_pipelines.index(row));
    else
        m_pipelineList->clearSelection();
    m_quiet = false;
    m_changes->setPipeline(row >= 0 ? name : QString());
    fitChanges();
}

void Sidebar::showActivity()
{
    m_quiet = true;
    m_activity->setChecked(true);
    m_pipelineList->clearSelection();
    m_pipelineList->selectionModel()->clearCurrentIndex();
    m_quiet = false;
    fitChanges();
}

void Sidebar::fit()
{
    constexpr int kMostAccounts = 6;
    const int row = NavDelegate::rowHeight(fontMetrics());
    // As high as its rows, so that what follows stands right below; it scrolls when there is no more room.
    m_pipelineList->setMaximumHeight(qMax(1, m_pipelines.rowCount()) * row + 2);
    m_accountList->setFixedHeight(qBound(1, m_accounts.rowCount(), kMostAccounts) * row + 2);
    fitChanges();
}

void Sidebar::refresh()
{
    fit();
    m_accountList->viewport()->update();
    m_changeList->viewport()->update();
}

} // namespace Slipway
