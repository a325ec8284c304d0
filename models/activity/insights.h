// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/board/boardreader.h"

namespace Slipway {

/// How a pipeline did over some days. What nothing is known of stays nullopt: no number is made up.
struct Insights
{
    QDateTime from; ///< UTC
    QDateTime to;
    int deploys = 0; ///< to production, that went live
    int rollBacks = 0; ///< of production
    std::optional<double> changeFailureRate; ///< roll backs a deploy; nullopt without deploys
    std::optional<qint64> leadTimeMs; ///< median from a commit to its release in production
    int leadTimeCommits = 0; ///< that it was measured on
    std::optional<qint64> dirtyMs; ///< in which staging ran what production did not; nullopt: it was never compared
    qint64 longestDirtyMs = 0;
    int dirtyTimes = 0;
    int overLimit = 0; ///< dirty times with more changes than the limit of now
    std::optional<qint64> queueWaitMs; ///< median from queueing to being live on staging; nullopt: nothing went there
    int queued = 0; ///< that went from the queue to staging
    friend bool operator==(const Insights &, const Insights &) = default;
};

/// From the record, the known releases and the dirty times; nothing is asked of a provider.
Insights insightsOf(const BoardReader &reader, const QString &pipeline, int days, const QDateTime &now);

} // namespace Slipway
