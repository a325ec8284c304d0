// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/panel.h"

class QListView;

namespace Slipway {

class AccountModel;
class NavButton;
class PipelineModel;

/// Pipelines, what lies across them, and how fresh each account is.
class Sidebar final : public Panel
{
    Q_OBJECT
public:
    Sidebar(PipelineModel &pipelines, AccountModel &accounts, QWidget *parent = nullptr);
    void showPipeline(const QString &name); ///< marks it, says nothing
    void showActivity();
    void refresh(); ///< after the models changed: sizes and ages

Q_SIGNALS:
    void pipelineChosen(const QString &name);
    void activityChosen();
    void newPipelineWanted();
    void pipelineMenuWanted(const QString &name, const QPoint &global);

private:
    QListView *makeList(const QString &name);
    void buildPipelines(class QVBoxLayout *layout);
    void buildAccounts(class QVBoxLayout *layout);

    PipelineModel &m_pipelines;
    AccountModel &m_accounts;
    QListView *m_pipelineList = nullptr;
    QListView *m_accountList = nullptr;
    NavButton *m_activity = nullptr;
    bool m_quiet = false; ///< the selection is being set from outside
};

} // namespace Slipway
