// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/circleci/circleciapi.h"
#include "providers/circleci/records.h"

#include <QCache>
#include <QDeadlineTimer>
#include <QSet>

namespace Slipway::CircleCi {

/// Tests that failed in a job.
struct FailedTests
{
    QStringList names; ///< at most 50, each once
    QStringList flaky; ///< those of them that are known to fail now and then
    bool whole = true; ///< false: there are more, or more tests than are read
};

/// What jobs tell of their tests. The account's thread.
class TestResults
{
public:
    explicit TestResults(CircleCiApi &api);

    /// Of a job that has ended. Results that are there are asked for once.
    Task<FailedTests> failed(QString project, int job);

private:
    using Known = QSet<QPair<QString, QString>>; ///< (class, test)
    struct Flaky
    {
        Known tests;
        QDeadlineTimer until;
    };

    Task<QList<TestRecord>> failures(QString project, int job);
    Task<Known> flaky(QString project);

    CircleCiApi &m_api;
    QCache<QString, QList<TestRecord>> m_failures; ///< by project and job; costs the number of tests
    QHash<QString, Flaky> m_flaky; ///< by project
};

} // namespace Slipway::CircleCi
