// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/activity/insights.h"

#include <QHash>

#include <algorithm>

namespace Slipway {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMostEntries = 100'000;
constexpr int kMostReleases = 1'000;

/// The lower one of the two in the middle: a time that really was.
std::optional<qint64> median(QList<qint64> values)
{
    if (values.isEmpty())
        return std::nullopt;
    std::sort(values.begin(), values.end());
    return values.at((values.size() - 1) / 2);
}

/// Where an entry of the record changed something.
QStringList placesOf(const ActivityEntry &entry)
{
    return entry.to.isEmpty() ? QStringList{entry.environment} : entry.to.split(u", "_s);
}

/// The record from its oldest line on.
void readRecord(const BoardReader &reader, const QString &pipeline, Insights &insights)
{
    const QStringList names = reader.cache().environmentNames(pipeline, Stage::Production);
    const QSet<QString> production(names.cbegin(), names.cend());
    const auto atProduction = [&production](const ActivityEntry &entry) {
        const QStringList places = placesOf(entry);
        return std::any_of(places.cbegin(), places.cend(),
                           [&production](const QString &name) { return production.contains(name); });
    };
    QHash<QString, QDateTime> waiting;
    QList<qint64> waits;
    const QList<ActivityEntry> entries = reader.store().activity(pipeline, {}, kMostEntries);
    for (auto entry = entries.crbegin(); entry != entries.crend(); ++entry) {
        const bool inTime = entry->at >= insights.from;
        const bool live = entry->result == u"live";
        if (entry->kind == u"queue" && !waiting.contains(entry->environment)) {
            waiting.insert(entry->environment, entry->at); // the others only moved it
        } else if (entry->kind == u"leave-queue" || (entry->kind == u"shutdown" && live)) {
            waiting.remove(entry->environment);
        } else if (entry->kind == u"promote" && live && inTime && atProduction(*entry)) {
            ++insights.deploys;
        } else if (entry->kind == u"promote" && live) {
            const QDateTime since = waiting.take(entry->from);
            if (since.isValid() && inTime)
                waits.append(std::max<qint64>(since.msecsTo(entry->at), 0));
        } else if (entry->kind == u"rollback" && live && inTime && atProduction(*entry)) {
            ++insights.rollBacks;
        }
    }
    if (insights.deploys > 0)
        insights.changeFailureRate = double(insights.rollBacks) / insights.deploys;
    insights.queueWaitMs = median(waits);
    insights.queued = int(waits.size());
}

/// Each release of production against the one before it, where their difference is known.
void readLeadTimes(const BoardReader &reader, const QString &pipeline, Insights &insights)
{
    QList<qint64> times;
    const QStringList names = reader.cache().environmentNames(pipeline, Stage::Production);
    for (const QString &name : names) {
        const QList<Release> releases = reader.cache().releases(pipeline + u'/' + name, kMostReleases);
        for (qsizetype i = 0; i + 1 < releases.size() && releases.at(i).at >= insights.from; ++i) {
            const auto what = reader.cache().comparison(pipeline, releases.at(i + 1).version, releases.at(i).version);
            if (!what)
                continue;
            for (const Commit &commit : what->commits) {
                if (commit.at.isValid())
                    times.append(std::max<qint64>(commit.at.msecsTo(releases.at(i).at), 0));
            }
        }
    }
    insights.leadTimeMs = median(times);
    insights.leadTimeCommits = int(times.size());
}

void readDirt(const BoardReader &reader, const QString &pipeline, Insights &insights)
{
    const int limit = reader.policy(pipeline).limit();
    const QList<DirtyTime> times = reader.store().dirtyTimes(pipeline, insights.from);
    qint64 sum = 0;
    for (const DirtyTime &time : times) {
        const QDateTime begin = std::max(time.since, insights.from);
        const QDateTime end = time.until.isValid() ? time.until : insights.to;
        const qint64 lasted = std::max<qint64>(begin.msecsTo(end), 0);
        sum += lasted;
        insights.longestDirtyMs = std::max(insights.longestDirtyMs, lasted);
        insights.overLimit += time.changes > limit ? 1 : 0;
    }
    insights.dirtyTimes = int(times.size());
    if (!times.isEmpty() || reader.gauge(pipeline, insights.to).changesAhead)
        insights.dirtyMs = sum;
}

} // namespace

Insights insightsOf(const BoardReader &reader, const QString &pipeline, int days, const QDateTime &now)
{
    Insights insights;
    insights.from = now.addDays(-days);
    insights.to = now;
    readRecord(reader, pipeline, insights);
    readLeadTimes(reader, pipeline, insights);
    readDirt(reader, pipeline, insights);
    return insights;
}

} // namespace Slipway
