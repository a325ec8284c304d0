// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/circleci/circleciapi.h"
#include "providers/circleci/records.h"

#include <QCache>

namespace Slipway::CircleCi {

/// The workflows of pipelines and the jobs of workflows. What cannot change any more is asked once.
class Workflows
{
public:
    explicit Workflows(CircleCiApi &api);

    /// All of a pipeline, earlier tries included, newest first. One whose workflows have all passed is not asked again,
    /// unless `fresh`. (One that failed is: somebody may run it again at CircleCI.)
    Task<QList<WorkflowRecord>> of(QString pipeline, bool fresh);
    Task<WorkflowRecord> one(QString workflow);
    /// Of one that has ended once; of one that waits for an approval once, unless `fresh`.
    Task<QList<JobRecord>> jobs(WorkflowRecord workflow, bool fresh);
    Task<QList<JobRecord>> jobsNow(QString workflow);
    void forgetPipeline(const QString &pipeline);
    void forgetJobs(const QString &workflow);

private:
    struct Jobs
    {
        QString status; ///< of the workflow at that time
        QList<JobRecord> jobs;
    };

    CircleCiApi &m_api;
    QCache<QString, QList<WorkflowRecord>> m_passed; ///< by pipeline
    QCache<QString, Jobs> m_jobs; ///< by workflow; costs the number of jobs
};

} // namespace Slipway::CircleCi
