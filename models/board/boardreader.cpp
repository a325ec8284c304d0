// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/board/boardreader.h"

#include "models/board/waitingwords.h"

#include <QSet>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

/// Whether the two hold the same code. An upload carries the commit it is based on, so its commit alone says nothing.
bool sameCode(const Release &a, const Release &b)
{
    if (!a.artifact.isEmpty() && a.artifact == b.artifact)
        return true;
    return !a.uncommitted && !b.uncommitted && !a.version.isEmpty() && a.version == b.version;
}

} // namespace

QString Card::version() const
{
    return environment.release ? environment.release->identity() : QString();
}

std::optional<Card> BoardReader::card(const QString &environmentId) const
{
    std::optional<Environment> environment = m_cache.environment(environmentId);
    if (!environment)
        return std::nullopt;
    const bool waits = environment->stage == Stage::Development;
    const QList<QueueEntry> queue = waits ? m_store.queue(environment->pipeline) : QList<QueueEntry>();
    return cardOf(std::move(*environment), queue);
}

Card BoardReader::cardOf(Environment environment, const QList<QueueEntry> &queue) const
{
    Card card;
    card.environment = std::move(environment);
    const QString id = card.id();
    if (const auto verdict = m_store.verdict(id); verdict && verdict->state != VerdictState::None) {
        if (!verdict->version.isEmpty() && verdict->version == card.version())
            card.verdict = *verdict;
        else
            card.earlier = *verdict;
    }
    card.operation = m_store.shownOperation(id);
    if (card.environment.stage == Stage::Development) {
        card.lifetime = m_store.lifetime(id);
        for (qsizetype i = 0; i < queue.size() && card.queuePlace == 0; ++i) {
            if (queue.at(i).environment == card.environment.name)
                card.queuePlace = int(i) + 1;
        }
    }
    return card;
}

QList<Card> BoardReader::cards(const QString &pipeline) const
{
    QList<Card> all;
    for (const Stage stage : {Stage::Development, Stage::Staging, Stage::Production})
        all += cards(pipeline, stage);
    return all;
}

QList<Card> BoardReader::cards(const QString &pipeline, Stage stage) const
{
    QList<Card> cards;
    const QList<QueueEntry> queue = stage == Stage::Development ? m_store.queue(pipeline) : QList<QueueEntry>();
    QList<Environment> environments = m_cache.environments(pipeline, stage);
    cards.reserve(environments.size());
    for (Environment &environment : environments)
        cards.append(cardOf(std::move(environment), queue));
    return cards;
}

StagingGauge BoardReader::gauge(const QString &pipeline, const QDateTime &now) const
{
    StagingGauge gauge;
    const Policy inForce = policy(pipeline);
    gauge.limit = inForce.limit();
    gauge.hold = hold(pipeline, now);
    countDrift(pipeline, gauge);
    gauge.queue = queueOf(pipeline, inForce, gauge);
    return gauge;
}

void BoardReader::countDrift(const QString &pipeline, StagingGauge &gauge) const
{
    const auto staging = environmentAt(pipeline, Stage::Staging);
    const auto production = environmentAt(pipeline, Stage::Production);
    if (!staging || !production)
        return;
    if (!production->config.isEmpty() || !staging->config.isEmpty()) {
        const QStringList keys = staging->config.keys();
        gauge.configKeysAhead = int(std::count_if(
            keys.cbegin(), keys.cend(), [&](const QString &key) { return !production->config.contains(key); }));
    }
    if (!staging->release || !production->release)
        return;
    gauge.dirtySince = m_cache.dirtySince(pipeline);
    if (sameCode(*staging->release, *production->release)) {
        gauge.changesAhead = 0;
        gauge.commitsAhead = 0;
        return;
    }
    if (staging->release->version == production->release->version) {
        gauge.commitsAhead = 0;
    } else if (const auto difference =
                   m_cache.comparison(pipeline, production->release->version, staging->release->version)) {
        gauge.commitsAhead = difference->ahead;
        gauge.changes = difference->changes();
    } else {
        return; // not compared yet
    }
    if (staging->release->uncommitted && !gauge.changes.contains(staging->release->change.title))
        gauge.changes.prepend(staging->release->change.title); // a working copy is ahead by itself, with no commit
    gauge.changesAhead = int(gauge.changes.size());
}

Policy BoardReader::policy(const QString &pipeline) const
{
    const auto team = readTeamPolicy(m_cache.teamFile(pipeline));
    return Policy(team.value_or(Policy::Layer()), m_store.policy(pipeline),
                  team ? std::optional<Error>() : team.error());
}

std::optional<Hold> BoardReader::hold(const QString &pipeline, const QDateTime &now) const
{
    std::optional<Hold> hold = m_store.hold(pipeline);
    if (hold && hold->isOver(now))
        hold.reset();
    return hold;
}

QList<QueuedChange> BoardReader::queueOf(const QString &pipeline, const Policy &policy, const StagingGauge &gauge) const
{
    QList<QueuedChange> queue;
    const QList<QueueEntry> entries = m_store.queue(pipeline);
    for (const QueueEntry &entry : entries) {
        const auto waiting = card(pipeline + u'/' + entry.environment);
        QueuedChange queued;
        queued.entry = entry;
        const bool named = waiting && waiting->environment.release
            && !waiting->environment.release->change.title.isEmpty(); // an empty one would say "goes first"
        queued.title = named ? waiting->environment.release->change.title : entry.environment;
        queued.waitsFor = waitsFor(*this, pipeline, policy, entry, waiting, gauge,
                                   queue.isEmpty() ? QString() : queue.constFirst().title);
        queued.ready = queued.waitsFor.isEmpty();
        queue.append(queued);
    }
    return queue;
}

std::optional<Environment> BoardReader::environmentOf(const QString &pipeline, const Change &change) const
{
    const QStringList names = m_cache.environmentNames(pipeline, Stage::Development);
    for (const QString &name : names) {
        auto environment = m_cache.environment(pipeline + u'/' + name);
        if (!environment || !environment->release || environment->release->uncommitted)
            continue;
        const Change &carried = environment->release->change;
        // A branch that was deployed before it became a pull request is that pull request's.
        const bool same = change.number && carried.number ? carried.number == change.number
                                                          : !change.branch.isEmpty() && carried.branch == change.branch;
        if (same)
            return environment;
    }
    return std::nullopt;
}

std::optional<Environment> BoardReader::environmentAt(const QString &pipeline, Stage stage) const
{
    const QStringList names = m_cache.environmentNames(pipeline, stage);
    return names.isEmpty() ? std::nullopt : m_cache.environment(pipeline + u'/' + names.constFirst());
}

QString BoardReader::nextFreeName(const QString &pipeline) const
{
    QSet<QString> taken;
    for (const Stage stage : {Stage::Development, Stage::Staging, Stage::Production}) {
        const QStringList names = m_cache.environmentNames(pipeline, stage);
        taken.unite(QSet<QString>(names.cbegin(), names.cend()));
    }
    const QList<Operation> active = m_store.activeOperations(); // a clone under way has no card yet
    for (const Operation &operation : active) {
        if (operation.pipeline == pipeline)
            taken.insert(operation.environment);
    }
    // Elsewhere a name is one among everybody's: the pipeline's own name before it makes it likely to be free.
    const auto known = m_store.pipeline(pipeline);
    const QString prefix = known && !known->runsHere() ? pipeline + u'-' : QString();
    for (int n = 1;; ++n) {
        const QString name = prefix + u"dev%1"_s.arg(n);
        if (!taken.contains(name))
            return name;
    }
}

} // namespace Slipway
