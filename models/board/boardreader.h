// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/board/card.h"
#include "models/domain/pipeline.h"
#include "models/store/stores.h"

namespace Slipway {

/// Joins the two stores for whoever shows them: item models, preflight, `status`. Reads only, by primary key or small
/// range.
class BoardReader
{
public:
    BoardReader(const CacheStore &cache, const SlipwayStore &store)
        : m_cache(cache)
        , m_store(store)
    { }

    std::optional<Card> card(const QString &environmentId) const;
    QList<Card> cards(const QString &pipeline) const;
    QList<Card> cards(const QString &pipeline, Stage stage) const; ///< in board order
    StagingGauge gauge(const QString &pipeline, const QDateTime &now = QDateTime::currentDateTimeUtc()) const;
    /// What is in force: defaults, the team's slipway.json, what was set at this desktop.
    Policy policy(const QString &pipeline) const;
    /// Who has staging now; nullopt when nobody does or the hold is over.
    std::optional<Hold> hold(const QString &pipeline, const QDateTime &now) const;
    /// The one environment of that stage (the first by creation), if any.
    std::optional<Environment> environmentAt(const QString &pipeline, Stage stage) const;
    /// The dev environment that carries a change (the oldest one), if any.
    std::optional<Environment> environmentOf(const QString &pipeline, const Change &change) const;
    /// "dev1", "dev2" …, with the pipeline's name before it where it does not run here: the first one that no
    /// environment of the pipeline has.
    QString nextFreeName(const QString &pipeline) const;

    /// While it lives, all that is read is of one moment of each file, and cheaper.
    struct Reading
    {
        explicit Reading(const BoardReader &reader)
            : cache(reader.m_cache.database())
            , store(reader.m_store.database())
        { }
        const Database::Reading cache;
        const Database::Reading store;
    };

    const CacheStore &cache() const { return m_cache; }
    const SlipwayStore &store() const { return m_store; }

private:
    Card cardOf(Environment environment, const QList<QueueEntry> &queue) const;
    void countDrift(const QString &pipeline, StagingGauge &gauge) const;
    QList<QueuedChange> queueOf(const QString &pipeline, const Policy &policy, const StagingGauge &gauge) const;
    const CacheStore &m_cache;
    const SlipwayStore &m_store;
};

} // namespace Slipway
