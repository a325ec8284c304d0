// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/documents/documents.h"

#include "app/cli/words.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Slipway::Cli {

namespace {

/// An answer older than this is not called live: somebody may have changed the environments since.
constexpr auto kLiveFor = 60s;

QJsonValue runningOperation(const std::optional<Operation> &operation)
{
    if (!operation)
        return QJsonValue::Null;
    const int steps = static_cast<int>(operation->steps.size());
    return QJsonObject{{u"id"_s, operation->id},
                       {u"kind"_s, operation->kind},
                       {u"step"_s, std::min(operation->step + 1, std::max(steps, 1))},
                       {u"steps"_s, steps},
                       {u"state"_s, toString(operation->state)},
                       {u"title"_s, operation->title},
                       {u"error"_s, operation->error ? QJsonValue(operation->error->text()) : QJsonValue()}};
}

QJsonArray processDocuments(const QList<Process> &processes)
{
    QJsonArray array;
    for (const Process &process : processes) {
        array.append(QJsonObject{{u"type"_s, process.type},
                                 {u"count"_s, process.count},
                                 {u"state"_s, process.state},
                                 {u"restarts"_s, process.restarts}});
    }
    return array;
}

QJsonObject stagingDocument(const StagingGauge &gauge)
{
    return {{u"changes_ahead"_s, orNull(gauge.changesAhead)},
            {u"commits_ahead"_s, orNull(gauge.commitsAhead)},
            {u"config_keys_ahead"_s, orNull(gauge.configKeysAhead)},
            {u"limit"_s, gauge.limit},
            {u"dirty_since"_s, orNull(gauge.dirtySince)},
            {u"hold"_s, holdDocument(gauge.hold)},
            {u"queue"_s, queueDocument(gauge.queue)},
            {u"changes"_s, QJsonArray::fromStringList(gauge.changes)}};
}

} // namespace

QJsonValue holdDocument(const std::optional<Hold> &hold)
{
    if (!hold)
        return QJsonValue::Null;
    return QJsonObject{{u"by"_s, hold->by},
                       {u"reason"_s, hold->reason},
                       {u"since"_s, orNull(hold->since)},
                       {u"until"_s, orNull(hold->until)},
                       {u"after_roll_back"_s, hold->afterRollBack}};
}

QJsonArray queueDocument(const QList<QueuedChange> &queue)
{
    QJsonArray array;
    for (const QueuedChange &waiting : queue) {
        array.append(QJsonObject{{u"environment"_s, waiting.entry.environment},
                                 {u"title"_s, waiting.title},
                                 {u"reason"_s, waiting.ready ? u"it can go now"_s : waiting.waitsFor},
                                 {u"ready"_s, waiting.ready},
                                 {u"by"_s, orNull(waiting.entry.by)},
                                 {u"since"_s, orNull(waiting.entry.since)}});
    }
    return array;
}

QList<Card> boardOrder(const BoardReader &reader, const QString &pipeline)
{
    QList<Card> cards = reader.cards(pipeline);
    std::stable_sort(cards.begin(), cards.end(), [](const Card &a, const Card &b) {
        return static_cast<int>(a.environment.stage) < static_cast<int>(b.environment.stage);
    });
    return cards;
}

AccountStatus freshness(const BoardReader &reader, const QString &account)
{
    AccountStatus status;
    if (const auto known = reader.cache().accountStatus(account))
        status = *known;
    if (const auto found = reader.store().account(account))
        status.account = *found;
    const bool fresh = status.asOf.isValid()
        && status.asOf.secsTo(QDateTime::currentDateTimeUtc()) <= std::chrono::seconds(kLiveFor).count();
    if (status.state == AccountState::Live && !fresh)
        status.state = AccountState::Stale;
    return status;
}

QJsonObject environmentDocument(const Card &card)
{
    const Environment &environment = card.environment;
    const Release release = environment.release.value_or(Release{});
    const bool released = environment.release.has_value();
    return {{u"name"_s, environment.name},
            {u"stage"_s, toString(environment.stage)},
            {u"provider"_s, environment.provider},
            {u"state"_s, toString(environment.state)},
            {u"state_text"_s, orNull(environment.stateText)},
            {u"state_since"_s, orNull(environment.stateSince)},
            {u"address"_s, orNull(environment.address)},
            {u"direct_address"_s, orNull(environment.directAddress)},
            {u"version"_s, orNull(release.version)},
            {u"artifact"_s, orNull(release.artifact)},
            {u"uncommitted"_s, release.uncommitted},
            {u"release"_s, released ? QJsonValue(releaseName(release.number)) : QJsonValue()},
            {u"released_at"_s, orNull(release.at)},
            {u"released_by"_s, orNull(release.by)},
            {u"release_note"_s, orNull(release.note)},
            {u"change"_s, changeDocument(release.change)},
            {u"verdict"_s, verdictDocument(card.verdict, card)},
            {u"ci"_s, ciDocument(environment.ci)},
            {u"ahead"_s, orNull(environment.ahead)},
            {u"behind"_s, orNull(environment.behind)},
            {u"live"_s, environment.live || environment.stage == Stage::Production},
            {u"operation"_s, runningOperation(card.operation)},
            {u"processes"_s, processDocuments(environment.processes)},
            {u"cloned_from"_s, orNull(environment.clonedFrom)},
            {u"data"_s, orNull(environment.dataNote)},
            {u"queue_place"_s, card.queuePlace > 0 ? QJsonValue(card.queuePlace) : QJsonValue()},
            {u"ends_at"_s, orNull(card.lifetime ? card.lifetime->ends : QDateTime())},
            {u"last_active_at"_s, orNull(environment.lastActiveAt)}};
}

QJsonObject ciDocument(const CiStatus &ci)
{
    return {{u"state"_s, toString(ci.state)},
            {u"url"_s, orNull(ci.url)},
            {u"passed"_s, orNull(ci.passed)},
            {u"failed"_s, orNull(ci.failed)}};
}

static QJsonObject providerDocument(const QString &account, const AccountStatus &status)
{
    return {{u"account"_s, account},
            {u"kind"_s, status.account.kind},
            {u"state"_s, toString(status.state)},
            {u"as_of"_s, orNull(status.asOf)},
            {u"error"_s, orNull(status.error)}};
}

QJsonObject statusDocument(const BoardReader &reader, const QString &pipeline)
{
    const QList<Card> cards = boardOrder(reader, pipeline);
    QJsonArray environments;
    for (const Card &card : cards)
        environments.append(environmentDocument(card));
    QJsonArray providers;
    if (const auto known = reader.store().pipeline(pipeline)) {
        QStringList names{known->deploysAccount, known->source.account, known->ci.account};
        names.removeAll(QString());
        names.removeDuplicates();
        for (const QString &name : std::as_const(names))
            providers.append(providerDocument(name, freshness(reader, name)));
    }
    return {{u"pipeline"_s, pipeline},
            {u"environments"_s, environments},
            {u"staging"_s, stagingDocument(reader.gauge(pipeline))},
            {u"providers"_s, providers}};
}

} // namespace Slipway::Cli
