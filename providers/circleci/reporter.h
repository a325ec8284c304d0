// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/ciprovider.h"
#include "providers/circleci/observer.h"
#include "providers/circleci/testresults.h"

namespace Slipway::CircleCi {

/// Everything about one commit. What could not be seen is said in the report's note; only without any workflow to show
/// is it an error.
class Reporter
{
public:
    Reporter(Pipelines &pipelines, Workflows &workflows, Observer &observer, TestResults &tests, const WebAddress &web);

    Task<CiReport> report(QString project, CiCommit commit);

private:
    using Tests = QHash<int, FailedTests>; ///< by job number

    Task<Checks> withJobs(Checks checks, std::shared_ptr<QStringList> notes);
    Task<Tests> testsOf(QString project, Checks checks, std::shared_ptr<QStringList> notes);
    CiRun run(const WorkflowRecord &workflow, const Checks &checks, const Tests &tests) const;
    CiJob job(const WorkflowRecord &workflow, const JobRecord &record, const Tests &tests) const;

    Pipelines &m_pipelines; ///< these outlive this
    Workflows &m_workflows;
    Observer &m_observer;
    TestResults &m_tests;
    const WebAddress &m_web;
};

} // namespace Slipway::CircleCi
