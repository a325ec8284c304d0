// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/ask.h"
#include "app/cli/commands.h"
#include "app/cli/lookup.h"
#include "app/cli/operations.h"
#include "app/session/person.h"
#include "models/domain/configkey.h"

#include <QJsonArray>
#include <QSet>

using namespace Qt::StringLiterals;

namespace Slipway::Cli {

namespace {

using Values = QMap<QString, QString>;

const auto kMask = u"********"_s; ///< of one length, so that not even the value's is told

Result<Values> values(Context &context, const Card &card)
{
    const QString name = card.environment.name;
    return askDeploys<Values>(context, card.environment.pipeline, [name](DeployProvider &provider, const QString &id) {
        return provider.config(id, name);
    });
}

/// A value was shown: that is recorded, the value is not.
void recordReveal(Context &context, const Card &card)
{
    ActivityEntry entry;
    entry.at = QDateTime::currentDateTimeUtc();
    entry.by = personName();
    entry.pipeline = card.environment.pipeline;
    entry.environment = card.environment.name;
    entry.kind = u"config"_s;
    entry.text = u"Revealed the config values of %1"_s.arg(card.environment.name);
    context.session().record(entry);
}

Result<int> show(Context &context, const Card &card, bool reveal)
{
    const auto config = values(context, card);
    if (!config)
        return tl::unexpected(config.error());
    if (reveal)
        recordReveal(context, card);
    if (context.json()) {
        QJsonObject keys;
        for (auto it = config->begin(); it != config->end(); ++it)
            keys.insert(it.key(), reveal ? it.value() : kMask);
        context.document({{u"environment"_s, card.id()}, {u"masked"_s, !reveal}, {u"config"_s, keys}});
        return Done;
    }
    if (config->isEmpty())
        context.terminal().say(u"%1 has no config of its own."_s.arg(card.id()));
    QList<QList<Cell>> rows;
    for (auto it = config->begin(); it != config->end(); ++it)
        rows.append({{it.key(), Tone::Strong}, {reveal ? it.value() : kMask, reveal ? Tone::Plain : Tone::Dim}});
    context.terminal().table(rows);
    return Done;
}

QString shown(const Values &config, const QString &key, bool reveal)
{
    if (!config.contains(key))
        return u"–"_s;
    return reveal ? config.value(key) : kMask;
}

Result<int> compare(Context &context, const Card &here, const QString &other, bool reveal)
{
    const auto name = nameWithin(here.environment.pipeline, other);
    if (!name)
        return tl::unexpected(name.error());
    const auto there = findEnvironment(context, here.environment.pipeline + u'/' + *name);
    if (!there)
        return tl::unexpected(there.error());
    const auto mine = values(context, here);
    const auto theirs = mine ? values(context, *there) : mine;
    if (!theirs)
        return tl::unexpected(theirs.error());
    if (reveal) {
        recordReveal(context, here);
        recordReveal(context, *there);
    }
    QSet<QString> all(mine->keyBegin(), mine->keyEnd());
    all.unite(QSet<QString>(theirs->keyBegin(), theirs->keyEnd()));
    QStringList keys(all.begin(), all.end());
    keys.sort();
    QJsonArray onlyHere;
    QJsonArray onlyThere;
    QJsonArray different;
    QList<QList<Cell>> rows{{{u"KEY"_s, Tone::Dim}, {here.id(), Tone::Dim}, {there->id(), Tone::Dim}}};
    for (const QString &key : std::as_const(keys)) {
        if (mine->contains(key) && theirs->contains(key) && mine->value(key) == theirs->value(key))
            continue;
        QJsonArray &list = !theirs->contains(key) ? onlyHere : !mine->contains(key) ? onlyThere : different;
        list.append(key);
        rows.append({{key, Tone::Strong}, {shown(*mine, key, reveal)}, {shown(*theirs, key, reveal)}});
    }
    if (context.json()) {
        context.document({{u"base"_s, here.id()},
                          {u"head"_s, there->id()},
                          {u"only_in_base"_s, onlyHere},
                          {u"only_in_head"_s, onlyThere},
                          {u"different"_s, different}});
    } else if (rows.size() == 1) {
        context.terminal().say(u"%1 and %2 have the same config."_s.arg(here.id(), there->id()));
    } else {
        context.terminal().table(rows);
    }
    return Done;
}

Result<void> checkKey(const QString &key)
{
    if (isConfigKey(key))
        return {};
    return fail(Error::Kind::Invalid, u"“%1” is not a config key."_s.arg(key),
                u"A key is made of letters, digits and underscores and does not start with a digit."_s);
}

Result<int> change(Context &context, const Card &card, const QString &verb, const QStringList &words)
{
    ConfigIntent intent;
    intent.pipeline = card.environment.pipeline;
    intent.environment = card.environment.name;
    for (const QString &word : words) {
        const qsizetype sign = word.indexOf(u'=');
        const QString key = verb == u"set" ? word.left(sign) : word;
        if (verb == u"set" && sign < 0) {
            return fail(Error::Kind::Invalid, u"“%1” sets nothing."_s.arg(word), u"Write KEY=VALUE."_s);
        }
        if (const auto good = checkKey(key); !good)
            return tl::unexpected(good.error());
        if (verb == u"set")
            intent.set.insert(key, word.mid(sign + 1));
        else
            intent.unset << key;
    }
    if (words.isEmpty()) {
        return fail(Error::Kind::Invalid, u"“config %1” needs a key."_s.arg(verb),
                    verb == u"set" ? u"Write KEY=VALUE."_s : u"Name the keys to take away."_s);
    }
    return runOperation(context, intent);
}

Result<int> config(Context &context, const Invocation &invocation)
{
    const QString verb = invocation.arguments.value(1);
    if (!verb.isEmpty() && verb != u"set" && verb != u"unset") {
        return fail(Error::Kind::Invalid, u"“config” does not know “%1”."_s.arg(verb),
                    u"It takes `set KEY=VALUE…`, `unset KEY…` or --diff ENV."_s);
    }
    if (!verb.isEmpty() && invocation.has(u"diff"_s)) {
        return fail(Error::Kind::Invalid, u"--diff and “%1” exclude each other."_s.arg(verb),
                    u"Compare first, then change."_s);
    }
    const auto card = findEnvironment(context, invocation.arguments.first());
    if (!card)
        return tl::unexpected(card.error());
    const bool reveal = invocation.has(u"reveal"_s);
    if (invocation.has(u"diff"_s))
        return compare(context, *card, invocation.value(u"diff"_s), reveal);
    if (verb.isEmpty())
        return show(context, *card, reveal);
    return change(context, *card, verb, invocation.arguments.mid(2));
}

} // namespace

QList<Command> configCommands()
{
    return {{.name = u"config"_s,
             .usage = u"ENV [set KEY=VALUE… | unset KEY… | --diff ENV] [--reveal]"_s,
             .least = 1,
             .most = -1,
             .summary = u"Show, compare or change an environment's config."_s,
             .details = u"Values are masked; --reveal shows them and is recorded in Activity. A change restarts the\n"
                        "environment with the new config as a new release."_s,
             .options = {{{u"diff"_s}, u"ENV"_s, u"Show the keys that differ from another environment."_s},
                         {{u"reveal"_s}, {}, u"Show values, not only keys."_s}},
             .run = config}};
}

} // namespace Slipway::Cli
