// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/pipeline.h"

#include <QWidget>

class QComboBox;
class QLineEdit;

namespace Slipway {

/// Where a pipeline's changes come from and who checks its commits: an account each, and what it calls the project.
/// Both may stay unnamed.
class ProjectFields final : public QWidget
{
    Q_OBJECT
public:
    /// `accounts`: all that there are; those that can do it are offered.
    explicit ProjectFields(const QList<Account> &accounts, QWidget *parent = nullptr);
    void setProjects(const RemoteProject &source, const RemoteProject &ci);
    RemoteProject source() const;
    RemoteProject ci() const;
    QString problem() const; ///< what is wrong and what is right, a sentence; empty: it is good
    bool offersAny() const { return m_any; } ///< there is an account to choose

Q_SIGNALS:
    void changed();

private:
    struct Role
    {
        QComboBox *account = nullptr;
        QLineEdit *project = nullptr;
    };
    Role addRole(const QString &title, const QString &none, const QString &kind, const QList<Account> &accounts);
    void choose(const Role &role, const RemoteProject &project);
    static RemoteProject read(const Role &role);
    void judge();
    Role m_source;
    Role m_ci;
    bool m_any = false;
    bool m_typed = false; ///< the project at CI: not proposed any more
};

} // namespace Slipway
