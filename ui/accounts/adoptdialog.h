// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/intent.h"
#include "models/domain/pipeline.h"
#include "ui/dialogs/sheet.h"

class QLineEdit;
class QListWidget;

namespace Slipway {

class ProjectFields;

/// The pipelines that an account runs; the chosen one comes onto the board as it is.
class AdoptDialog final : public Sheet
{
    Q_OBJECT
public:
    /// `taken`: names on the board; `shown`: ids of this account's that are on it; `known`: all accounts.
    AdoptDialog(const QString &account, const QList<ListedPipeline> &pipelines, const QStringList &taken,
                const QStringList &shown, const QList<Account> &known);
    SetUpIntent intent() const;
    void start() override;

private:
    void propose();
    void judge();
    QString m_account;
    QStringList m_taken;
    QListWidget *m_list;
    QLineEdit *m_name;
    ProjectFields *m_projects;
};

} // namespace Slipway
