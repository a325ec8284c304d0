// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/circleci/workflows.h"

namespace Slipway::CircleCi {

/// What somebody does to a workflow. Each looks before it sends, so that repeating it after a lost answer, or after
/// somebody else was faster, does no harm.
class Actions
{
public:
    Actions(CircleCiApi &api, Workflows &workflows);

    Task<void> rerun(QString workflow);
    Task<void> cancel(QString workflow);
    Task<void> approve(QString workflow, QString request); ///< done once CircleCI shows it as approved

private:
    Task<bool> hasNewerTry(WorkflowRecord workflow);
    Task<JobRecord> approval(QString workflow, QString request);
    Task<void> post(QString path, QString what, QJsonObject body, bool repeatable);

    CircleCiApi &m_api; ///< these outlive this
    Workflows &m_workflows;
};

} // namespace Slipway::CircleCi
