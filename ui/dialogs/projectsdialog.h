// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/decision.h"
#include "models/domain/pipeline.h"
#include "ui/dialogs/sheet.h"

namespace Slipway {

class ProjectFields;

/// Where the changes of a pipeline come from and who checks its commits.
class ProjectsDialog final : public Sheet
{
    Q_OBJECT
public:
    ProjectsDialog(const Pipeline &pipeline, const QList<Account> &accounts);
    ProjectsIntent intent() const; ///< only what was changed

Q_SIGNALS:
    void accountsWanted(); ///< there is none to choose: add one first

private:
    void judge();
    Pipeline m_pipeline;
    ProjectFields *m_fields;
};

} // namespace Slipway
