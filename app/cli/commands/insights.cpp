// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/activity/insights.h"

#include "app/cli/commands.h"
#include "app/cli/documents/documents.h"
#include "app/cli/freshstatus.h"
#include "app/cli/lookup.h"
#include "app/cli/words.h"

using namespace Qt::StringLiterals;

namespace Slipway::Cli {

namespace {

const auto kUnknown = u"not known"_s;

QJsonValue seconds(const std::optional<qint64> &ms)
{
    return ms ? QJsonValue(*ms / 1000) : QJsonValue(QJsonValue::Null);
}

QJsonObject document(const QString &pipeline, const Insights &insights)
{
    return {
        {u"pipeline"_s, pipeline},
        {u"from"_s, orNull(insights.from)},
        {u"to"_s, orNull(insights.to)},
        {u"deploys"_s, insights.deploys},
        {u"roll_backs"_s, insights.rollBacks},
        {u"change_failure_rate"_s,
         insights.changeFailureRate ? QJsonValue(*insights.changeFailureRate) : QJsonValue(QJsonValue::Null)},
        {u"lead_time"_s,
         QJsonObject{{u"median_seconds"_s, seconds(insights.leadTimeMs)}, {u"commits"_s, insights.leadTimeCommits}}},
        {u"staging"_s,
         QJsonObject{{u"dirty_seconds"_s, seconds(insights.dirtyMs)},
                     {u"longest_seconds"_s, insights.dirtyMs ? seconds(insights.longestDirtyMs) : QJsonValue()},
                     {u"dirty_times"_s, insights.dirtyTimes},
                     {u"over_limit"_s, insights.overLimit}}},
        {u"queue"_s,
         QJsonObject{{u"median_wait_seconds"_s, seconds(insights.queueWaitMs)}, {u"went"_s, insights.queued}}}};
}

QString failureText(const Insights &insights)
{
    if (!insights.changeFailureRate)
        return u"%1: nothing was deployed to production"_s.arg(kUnknown);
    return u"%1 % (%2)"_s.arg(qRound(*insights.changeFailureRate * 100))
        .arg(countOf(insights.rollBacks, "roll back"_L1, "roll backs"_L1));
}

QString leadText(const Insights &insights)
{
    if (!insights.leadTimeMs)
        return u"%1: no commit's way to production was seen"_s.arg(kUnknown);
    return u"%1 from commit to production, median of %2"_s.arg(
        spanText(*insights.leadTimeMs), countOf(insights.leadTimeCommits, "commit"_L1, "commits"_L1));
}

QString dirtyText(const Insights &insights)
{
    if (!insights.dirtyMs)
        return u"%1: staging was never compared with production"_s.arg(kUnknown);
    if (insights.dirtyTimes == 0)
        return u"never"_s;
    return u"%1 of %2, longest %3; %4 over the limit"_s.arg(
        spanText(*insights.dirtyMs), spanText(insights.from.msecsTo(insights.to)), spanText(insights.longestDirtyMs),
        countOf(insights.overLimit, "time"_L1, "times"_L1));
}

QString queueText(const Insights &insights)
{
    if (!insights.queueWaitMs)
        return u"%1: nothing went from the queue to staging"_s.arg(kUnknown);
    return u"%1, median of %2"_s.arg(spanText(*insights.queueWaitMs),
                                     countOf(insights.queued, "change"_L1, "changes"_L1));
}

Result<int> insights(Context &context, const Invocation &invocation)
{
    const auto days = invocation.number(u"days"_s, 1, 3650, 30);
    if (!days)
        return tl::unexpected(days.error());
    const auto pipeline = findPipeline(context, invocation.arguments.first());
    if (!pipeline)
        return tl::unexpected(pipeline.error());
    if (const auto fresh = refreshForStatus(context, *pipeline, false); !fresh && context.wasInterrupted())
        return tl::unexpected(fresh.error());
    const Insights found = insightsOf(context.reader(), pipeline->name, *days, QDateTime::currentDateTimeUtc());
    if (context.json()) {
        context.document(document(pipeline->name, found));
        return Done;
    }
    context.terminal().say(u"%1, the last %2"_s.arg(pipeline->name, countOf(*days, "day"_L1, "days"_L1)), Tone::Strong);
    context.terminal().table({{{u"Deploys to production"_s, Tone::Dim}, {QString::number(found.deploys)}},
                              {{u"Change failure rate"_s, Tone::Dim}, {failureText(found)}},
                              {{u"Lead time"_s, Tone::Dim}, {leadText(found)}},
                              {{u"Staging was dirty"_s, Tone::Dim}, {dirtyText(found)}},
                              {{u"Wait in the queue"_s, Tone::Dim}, {queueText(found)}}});
    return Done;
}

} // namespace

QList<Command> insightsCommands()
{
    return {{.name = u"insights"_s,
             .usage = u"PIPELINE [--days N]"_s,
             .least = 1,
             .most = 1,
             .summary = u"Deploys, lead time, failures, dirty staging, waits."_s,
             .details =
                 u"From this desktop's record and what is known of the commits. Nothing is estimated: what was not\n"
                 "seen is “not known” (null in JSON)."_s,
             .options = {{{u"days"_s}, u"N"_s, u"Look back so many days (30)."_s}},
             .run = insights}};
}

} // namespace Slipway::Cli
