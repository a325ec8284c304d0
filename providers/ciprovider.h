// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/ci.h"
#include "models/domain/logline.h"
#include "providers/task.h"

#include <QHash>

namespace Slipway {

/// A commit to ask CI about.
struct CiCommit
{
    QString version; ///< full SHA
    QString branch; ///< that it was pushed on; empty: not known
    friend bool operator==(const CiCommit &, const CiCommit &) = default;
};

/// Who checks commits. `project` is RemoteProject::id of Pipeline::ci.
class CiProvider
{
public:
    virtual ~CiProvider() = default;
    /// By full SHA. One that CI never heard of is CiState::None; one that could not be asked about is not in it.
    virtual Task<QHash<QString, CiStatus>> states(QString project, QList<CiCommit> commits) = 0;
    /// Everything about one commit, failing tests by name.
    virtual Task<CiReport> report(QString project, CiCommit commit) = 0;
    /// Starts what failed in a run again. A run that goes already is left alone and is success: a lost answer does no
    /// harm twice.
    virtual Task<void> rerun(QString project, QString run) = 0;
    virtual Task<void> cancel(QString project, QString run) = 0; ///< ended already is success
    /// Lets a job go on that waits for approval; approved already is success.
    virtual Task<void> approve(QString project, QString run, QString job) = 0;
    /// What a job printed, all of it, its steps as LogLine::process; an empty page when it printed nothing.
    virtual Task<LogPage> log(QString project, QString job) = 0;
};

} // namespace Slipway
