// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/intent.h"
#include "models/domain/pipeline.h"
#include "ui/dialogs/sheet.h"

#include <QStringList>

class QComboBox;
class QLineEdit;

namespace Slipway {

class ProjectFields;

/// A pipeline from a repository: a folder, a name, and the account that runs it; and if there are such accounts, where
/// its changes come from and who checks its commits.
class PipelineDialog final : public Sheet
{
    Q_OBJECT
public:
    /// `accounts`: those that can run it; `known`: all that there are.
    PipelineDialog(const QStringList &accounts, const QStringList &taken, const QList<Account> &known);
    SetUpIntent intent() const;
    void start() override;

Q_SIGNALS:
    void accountsWanted(); ///< instead: a pipeline that an account runs already

private:
    void pickFolder();
    void proposeName();
    void judge();
    QStringList m_taken;
    QLineEdit *m_folder;
    QLineEdit *m_name;
    QComboBox *m_account;
    ProjectFields *m_projects;
    bool m_nameTyped = false;
};

} // namespace Slipway
