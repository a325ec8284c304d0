// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/ciprovider.h"
#include "providers/circleci/pipelines.h"
#include "providers/circleci/verdict.h"
#include "providers/circleci/workflows.h"

namespace Slipway::CircleCi {

/// How commits stand, in as few requests as it takes: a page of pipelines for a branch, and the workflows of those
/// pipelines that may still change.
class Observer
{
public:
    Observer(Pipelines &pipelines, Workflows &workflows, const WebAddress &web);

    Task<QHash<QString, CiStatus>> states(QString project, QList<CiCommit> commits);
    /// What is known of a commit with these pipelines, newest first; without jobs.
    Task<Checks> look(QList<PipelineRecord> pipelines, bool fresh);

private:
    Task<CiStatus> status(QList<PipelineRecord> pipelines);

    Pipelines &m_pipelines; ///< these outlive this
    Workflows &m_workflows;
    const WebAddress &m_web;
};

} // namespace Slipway::CircleCi
