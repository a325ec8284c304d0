// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/panel.h"

class QListView;
class QVBoxLayout;

namespace Slipway {

class AccountModel;
class BoardReader;
class ChangeList;
struct ChangeSet;
class Label;
class NavButton;
class OpenChangeModel;
class PipelineModel;

/// Pipelines, the open changes of the shown one, what lies across them, and how fresh each account is.
class Sidebar final : public Panel
{
    Q_OBJECT
public:
    Sidebar(const BoardReader &reader, PipelineModel &pipelines, AccountModel &accounts, QWidget *parent = nullptr);
    void apply(const ChangeSet &changes);
    void showPipeline(const QString &name); ///< marks it, says nothing
    ChangeList &changes() { return *m_changeList; }
    void showActivity();
    void refresh(); ///< ages and how fresh the accounts are

Q_SIGNALS:
    void pipelineChosen(const QString &name);
    void activityChosen();
    void newPipelineWanted();
    void accountsWanted();
    void pipelineMenuWanted(const QString &name, const QPoint &global);

private:
    QListView *makeList(const QString &name);
    void buildPipelines(QVBoxLayout *layout);
    void buildChanges(QVBoxLayout *layout);
    void buildAccounts(QVBoxLayout *layout);
    void fit(); ///< what the models hold now
    void fitChanges();

    PipelineModel &m_pipelines;
    AccountModel &m_accounts;
    OpenChangeModel *m_changes;
    QListView *m_pipelineList = nullptr;
    Label *m_changeTitle = nullptr;
    ChangeList *m_changeList = nullptr;
    QListView *m_accountList = nullptr;
    NavButton *m_activity = nullptr;
    bool m_quiet = false; ///< the selection is being set from outside
};

} // namespace Slipway
