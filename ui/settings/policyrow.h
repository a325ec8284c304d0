// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/policy.h"

#include <QWidget>

namespace Slipway {

class Button;
class Label;
class PolicyEditor;

/// One setting: what it means, what is in force and who said so, and what to change it with.
class PolicyRow final : public QWidget
{
    Q_OBJECT
public:
    /// `team`: what is in force when nothing is set at this desktop.
    PolicyRow(const PolicyKey &key, const Policy &now, const Policy &team, QWidget *parent = nullptr);
    QString key() const { return m_key.name; }
    /// Undefined: the team's is in force here.
    QJsonValue own() const;
    QString problem() const; ///< why the value will not do; empty when it will

Q_SIGNALS:
    void changed();

private:
    void follow(); ///< words and button after a change
    PolicyKey m_key;
    QJsonValue m_teamValue;
    PolicySource m_teamSource;
    bool m_own; ///< set at this desktop
    PolicyEditor *m_editor;
    Label *m_source;
    Label *m_problem;
    Button *m_unset;
};

} // namespace Slipway
