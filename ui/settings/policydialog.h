// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/decision.h"
#include "ui/dialogs/sheet.h"

namespace Slipway {

class PolicyRow;

/// The settings of one pipeline: every one there is, in groups, and where its value comes from.
class PolicyDialog final : public Sheet
{
    Q_OBJECT
public:
    /// `now`: in force; `team`: would be if nothing was set at this desktop.
    PolicyDialog(const QString &pipeline, const Policy &now, const Policy &team);
    PolicyIntent intent() const; ///< what differs from what was in force
    void start() override;

private:
    void addProblem(const Error &error);
    void addGroup(const QString &title, const QList<PolicyKey> &keys);
    void judge();

    QString m_pipeline;
    Policy m_now;
    Policy m_team;
    QList<PolicyRow *> m_rows;
};

} // namespace Slipway
