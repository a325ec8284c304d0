// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/ask.h"
#include "app/cli/commands.h"
#include "app/cli/documents/documents.h"
#include "app/cli/lookup.h"
#include "models/domain/json.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Slipway::Cli {

namespace {

QJsonObject lineDocument(const LogLine &line)
{
    return {
        {u"at"_s, orNull(line.at)}, {u"process"_s, line.process}, {u"error"_s, line.isError}, {u"text"_s, line.text}};
}

void tellLine(Terminal &terminal, const LogLine &line)
{
    terminal.say(u"%1 %2  %3"_s.arg(line.at.toLocalTime().toString(u"yyyy-MM-dd HH:mm:ss.zzz"_s),
                                    line.process.leftJustified(8), line.text));
}

Result<LogPage> page(Context &context, const Card &card, const LogQuery &query)
{
    return askDeploys<LogPage>(context, card.environment.pipeline,
                               [query](DeployProvider &provider, const QString &id) {
                                   LogQuery named = query;
                                   named.pipeline = id;
                                   return provider.logs(named);
                               });
}

/// Until interrupted, or until nobody reads any more. With --json one document a line: a stream has no end to wait for.
Result<int> follow(Context &context, const Card &card, LogQuery query)
{
    query.wait = false;
    while (!context.terminal().isBroken()) {
        const auto got = page(context, card, query);
        if (!got) {
            // Ctrl+C is how following ends.
            return context.wasInterrupted() ? Result<int>(Interrupted) : tl::unexpected(got.error());
        }
        for (const LogLine &line : got->lines) {
            if (context.json())
                context.terminal().write(QJsonDocument(lineDocument(line)).toJson(QJsonDocument::Compact) + '\n');
            else
                tellLine(context.terminal(), line);
        }
        context.terminal().flush();
        query.cursor = got->cursor;
        query.wait = true;
    }
    return Done;
}

Result<int> logs(Context &context, const Invocation &invocation)
{
    const auto limit = invocation.number(u"lines"_s, 1, 100000, 100);
    if (!limit)
        return tl::unexpected(limit.error());
    const auto card = findEnvironment(context, invocation.arguments.first());
    if (!card)
        return tl::unexpected(card.error());
    LogQuery query;
    query.environment = card->environment.name;
    query.limit = *limit;
    if (invocation.has(u"build"_s))
        query.kind = LogKind::Build;
    else if (invocation.has(u"release"_s))
        query.kind = LogKind::Release;
    if (invocation.has(u"follow"_s))
        return follow(context, *card, query);
    const auto got = page(context, *card, query);
    if (!got)
        return tl::unexpected(got.error());
    if (!context.json()) {
        for (const LogLine &line : got->lines)
            tellLine(context.terminal(), line);
        return Done;
    }
    QJsonArray lines;
    for (const LogLine &line : got->lines)
        lines.append(lineDocument(line));
    context.document({{u"environment"_s, card->id()}, {u"kind"_s, toString(query.kind)}, {u"lines"_s, lines}});
    return Done;
}

/// What a one-off command wrote, as far as it is kept for the JSON document.
struct Output
{
    QByteArray out;
    QByteArray error;
};

Result<int> runCommand(Context &context, const Invocation &invocation)
{
    const auto card = findEnvironment(context, invocation.arguments.first());
    if (!card)
        return tl::unexpected(card.error());
    const QStringList words = invocation.arguments.mid(1);
    const QString name = card->environment.name;
    // Written in the account's thread as it comes; read here only after the task has ended.
    const auto kept = std::make_shared<Output>();
    const bool json = context.json();
    const auto sink = [kept, json](const QByteArray &bytes, bool isError) {
        if (json) {
            (isError ? kept->error : kept->out) += bytes;
            return;
        }
        std::FILE *stream = isError ? stderr : stdout;
        std::fwrite(bytes.constData(), 1, static_cast<size_t>(bytes.size()), stream);
        std::fflush(stream);
    };
    const auto status = askDeploys<int>(context, card->environment.pipeline,
                                        [name, words, sink](DeployProvider &provider, const QString &id) {
                                            return provider.run(id, name, words, sink);
                                        });
    if (!status)
        return tl::unexpected(status.error());
    if (json) {
        context.document({{u"environment"_s, card->id()},
                          {u"exit_code"_s, *status},
                          {u"stdout"_s, QString::fromUtf8(kept->out)},
                          {u"stderr"_s, QString::fromUtf8(kept->error)}});
    }
    if (*status == 0)
        return Done;
    return context.report(Error(
        Error::Kind::Failed, u"“%1” ended with status %2 on %3."_s.arg(words.join(u' ')).arg(*status).arg(card->id())));
}

} // namespace

QList<Command> logCommands()
{
    return {{.name = u"logs"_s,
             .usage = u"ENV [--follow] [--build | --release] [-n N]"_s,
             .least = 1,
             .most = 1,
             .summary = u"The last lines that an environment's processes wrote."_s,
             .details = u"--follow goes on until interrupted; with --json it writes one document a line."_s,
             .options = {{{u"f"_s, u"follow"_s}, {}, u"Go on with what comes."_s},
                         {{u"build"_s}, {}, u"Of the build instead."_s},
                         {{u"release"_s}, {}, u"Of the release phase instead."_s},
                         {{u"n"_s, u"lines"_s}, u"N"_s, u"Begin with the last N lines (100)."_s}},
             .run = logs},
            {.name = u"run"_s,
             .usage = u"ENV -- COMMAND…"_s,
             .least = 2,
             .most = -1,
             .summary = u"A one-off command in an environment."_s,
             .details = u"It gets the environment's release, config and data. Ends with 0 when the command\n"
                        "does, else with 1 and its status on stderr."_s,
             .run = runCommand}};
}

} // namespace Slipway::Cli
