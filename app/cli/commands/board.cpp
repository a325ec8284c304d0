// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/documents/documents.h"
#include "app/cli/freshstatus.h"
#include "app/cli/lookup.h"
#include "app/cli/words.h"

using namespace Qt::StringLiterals;

namespace Slipway::Cli {

namespace {

QString freshnessText(const AccountStatus &status)
{
    if (!status.asOf.isValid())
        return u"never asked"_s;
    QString text = u"%1, as of %2 ago"_s.arg(toString(status.state), age(status.asOf));
    if (!status.error.isEmpty())
        text += u": "_s + status.error;
    return text;
}

QString gaugeText(const StagingGauge &gauge)
{
    if (!gauge.changesAhead)
        return u"Staging has not been compared with production yet."_s;
    if (*gauge.changesAhead == 0 && gauge.commitsAhead.value_or(0) == 0)
        return u"Staging is clean: the same as production."_s;
    QString text =
        u"Staging is %1 ahead of production (limit %2)"_s.arg(countOf(*gauge.changesAhead, "change"_L1, "changes"_L1))
            .arg(gauge.limit);
    if (gauge.dirtySince.isValid())
        text += u" since %1"_s.arg(age(gauge.dirtySince));
    return text + (gauge.changes.isEmpty() ? u"."_s : u": "_s + gauge.changes.join(u", "_s));
}

void tellPipeline(Context &context, const Pipeline &pipeline)
{
    Terminal &terminal = context.terminal();
    terminal.say(pipeline.name, Tone::Strong);
    terminal.say(
        u"%1 · %2"_s.arg(pipeline.repository, freshnessText(freshness(context.reader(), pipeline.deploysAccount))),
        Tone::Dim);
    const QList<Card> cards = boardOrder(context.reader(), pipeline.name);
    if (cards.isEmpty()) {
        terminal.say(u"No environments are known yet; `slipwayctl status %1 --refresh` asks."_s.arg(pipeline.name));
        return;
    }
    QList<QList<Cell>> rows;
    for (const Card &card : cards) {
        const Environment &environment = card.environment;
        const Release release = environment.release.value_or(Release{});
        rows.append({{environment.name, Tone::Strong},
                     {toString(environment.stage), Tone::Dim},
                     stateCell(environment),
                     {environment.release ? releaseName(release.number) : u"–"_s},
                     {shortVersion(release.version)},
                     {changeText(release)}});
    }
    terminal.table(rows);
    for (const Card &card : cards) {
        QStringList parts{card.environment.address.toString(QUrl::FullyEncoded)};
        parts << card.environment.stateText << remark(card);
        parts.removeAll(QString());
        if (!parts.isEmpty())
            terminal.say(u"%1: %2"_s.arg(card.environment.name, parts.join(u" · "_s)));
    }
    const StagingGauge gauge = context.reader().gauge(pipeline.name);
    terminal.say(gaugeText(gauge));
    if (gauge.hold)
        terminal.say(holdText(*gauge.hold) + u'.', Tone::Warning);
    for (qsizetype i = 0; i < gauge.queue.size(); ++i)
        terminal.say(u"Queue %1: %2"_s.arg(i + 1).arg(queueText(gauge.queue.at(i))));
}

Result<int> status(Context &context, const Invocation &invocation)
{
    QList<Pipeline> pipelines = context.reader().store().pipelines();
    const bool one = !invocation.arguments.isEmpty();
    if (one) {
        const auto pipeline = findPipeline(context, invocation.arguments.first());
        if (!pipeline)
            return tl::unexpected(pipeline.error());
        pipelines = {*pipeline};
    }
    const bool insist = invocation.has(u"refresh"_s);
    for (const Pipeline &pipeline : std::as_const(pipelines)) {
        const auto fresh = refreshForStatus(context, pipeline, insist);
        if (!fresh && (insist || context.wasInterrupted()))
            return tl::unexpected(fresh.error());
    }
    if (context.json()) {
        QJsonArray documents;
        for (const Pipeline &pipeline : std::as_const(pipelines))
            documents.append(statusDocument(context.reader(), pipeline.name));
        context.document(one ? documents.first().toObject() : QJsonObject{{u"pipelines"_s, documents}});
        return Done;
    }
    if (pipelines.isEmpty())
        context.terminal().say(u"There is no pipeline yet. `slipwayctl sample` makes one to try."_s);
    for (qsizetype i = 0; i < pipelines.size(); ++i) {
        if (i > 0)
            context.terminal().say({});
        tellPipeline(context, pipelines.at(i));
    }
    return Done;
}

} // namespace

QList<Command> boardCommands()
{
    return {{.name = u"status"_s,
             .usage = u"[PIPELINE] [--refresh]"_s,
             .most = 1,
             .summary = u"What runs where, and how clean staging is."_s,
             .details = u"Answers from what is known; environments of this machine are asked when their service\n"
                        "answers at once. --refresh always asks, and fails when there is no answer."_s,
             .options = {{{u"refresh"_s}, {}, u"Ask the providers first."_s}},
             .run = status}};
}

} // namespace Slipway::Cli
