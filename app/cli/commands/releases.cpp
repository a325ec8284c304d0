// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/documents/documents.h"
#include "app/cli/guarded.h"
#include "app/cli/lookup.h"
#include "app/cli/words.h"

using namespace Qt::StringLiterals;

namespace Slipway::Cli {

namespace {

Result<int> releases(Context &context, const Invocation &invocation)
{
    const auto limit = invocation.number(u"lines"_s, 1, 1000, 20);
    if (!limit)
        return tl::unexpected(limit.error());
    const auto card = findEnvironment(context, invocation.arguments.first(), Freshness::Now);
    if (!card)
        return tl::unexpected(card.error());
    const QList<Release> list = context.reader().cache().releases(card->id(), *limit);
    const int current = card->environment.release ? card->environment.release->number : 0;
    if (context.json()) {
        QJsonArray array;
        for (const Release &release : list) {
            QJsonObject document = releaseDocument(release);
            document.insert(u"current"_s, release.number == current);
            array.append(document);
        }
        context.document({{u"environment"_s, card->id()}, {u"releases"_s, array}});
        return Done;
    }
    if (list.isEmpty())
        context.terminal().say(u"%1 has no release yet."_s.arg(card->id()));
    QList<QList<Cell>> rows;
    for (const Release &release : list) {
        const QString text =
            release.note.isEmpty() ? changeText(release) : changeText(release) + u" · "_s + release.note;
        rows.append({{release.number == current ? u"*"_s : u" "_s, Tone::Good},
                     {releaseName(release.number), Tone::Strong},
                     {shortVersion(release.version)},
                     {age(release.at), Tone::Dim},
                     {release.by},
                     {text}});
    }
    context.terminal().table(rows);
    return Done;
}

/// The number in "v12" or "12".
Result<int> releaseNumber(const QString &text)
{
    bool good = false;
    const int number = QStringView(text).mid(text.startsWith(u'v') ? 1 : 0).toInt(&good);
    if (!good || number < 1) {
        return fail(Error::Kind::Invalid, u"“%1” is not a release."_s.arg(text),
                    u"--to takes one as `slipwayctl releases ENV` shows them, such as v12."_s);
    }
    return number;
}

Result<int> rollBack(Context &context, const Invocation &invocation)
{
    int number = 0; // the one before
    if (invocation.has(u"to"_s)) {
        const auto given = releaseNumber(invocation.value(u"to"_s));
        if (!given)
            return tl::unexpected(given.error());
        number = *given;
    }
    const auto card = findEnvironment(context, invocation.arguments.first(), Freshness::Now);
    if (!card)
        return tl::unexpected(card.error());
    RollBackIntent back;
    back.pipeline = card->environment.pipeline;
    back.environment = card->environment.name;
    back.release = number;
    back.config = !invocation.has(u"no-config"_s);
    back.reason = invocation.value(u"reason"_s).trimmed();
    return runGuarded(context, back);
}

} // namespace

QList<Command> releaseCommands()
{
    return {{.name = u"releases"_s,
             .usage = u"ENV [-n N]"_s,
             .least = 1,
             .most = 1,
             .summary = u"Releases of an environment, newest first."_s,
             .options = {{{u"n"_s, u"lines"_s}, u"N"_s, u"At most N of them (20)."_s}},
             .run = releases},
            {.name = u"rollback"_s,
             .usage = u"ENV [--to vN] [--no-config] [--reason TEXT]"_s,
             .least = 1,
             .most = 1,
             .summary = u"Release an earlier release again, with its config."_s,
             .details =
                 u"What goes away is said first. Data stays as it is. After a roll back of staging or production\n"
                 "staging is held until somebody says with release-hold that it is resolved."_s,
             .options = {{{u"to"_s}, u"vN"_s, u"This one instead of the one before."_s},
                         {{u"no-config"_s}, {}, u"Keep the config of now."_s},
                         {{u"reason"_s}, u"TEXT"_s, u"Why; kept in the record and with the hold."_s}},
             .run = rollBack}};
}

} // namespace Slipway::Cli
