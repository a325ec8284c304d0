// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/circleci/circleciapi.h"
#include "providers/circleci/records.h"

#include <QCache>
#include <QHash>

namespace Slipway::CircleCi {

/// By full SHA, newest first; a commit without any is not in it.
using PipelinesByCommit = QHash<QString, QList<PipelineRecord>>;

/// Finds the pipelines of commits. CircleCI cannot be asked for a commit, only for the pipelines of a branch, newest
/// first: what was listed once is remembered, so that one page is enough from then on.
class Pipelines
{
public:
    explicit Pipelines(CircleCiApi &api);

    /// An empty branch: any. Asks for one page, for more only while a commit is not among those that are known, and
    /// never looks further back than some hundred pipelines.
    Task<PipelinesByCommit> find(QString project, QString branch, QStringList versions);

private:
    /// The newest pipelines of a branch, without a gap.
    struct Branch
    {
        QList<PipelineRecord> known;
        QString next; ///< leads to those before; empty: there are none, or none that matter
        int pages = 0;
    };

    Task<PipelinesByCommit> look(QString project, QString branch, QStringList versions);
    static void renew(Branch &branch, const QList<PipelineRecord> &newest, const QString &next);

    CircleCiApi &m_api;
    QCache<QString, Branch> m_branches; ///< by project and branch
};

} // namespace Slipway::CircleCi
