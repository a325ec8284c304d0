// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/ask.h"
#include "app/cli/commands.h"
#include "app/cli/documents/documents.h"
#include "app/cli/lookup.h"
#include "app/cli/words.h"
#include "models/domain/commitgroups.h"

using namespace Qt::StringLiterals;

namespace Slipway::Cli {

namespace {

QJsonObject listedChange(const Change &change)
{
    QJsonObject document = changeDocument(change).toObject();
    document.insert(u"ref"_s, change.ref());
    document.insert(u"head"_s, orNull(change.head));
    document.insert(u"created_at"_s, orNull(change.createdAt));
    document.insert(u"draft"_s, change.draft);
    document.insert(u"conflicts"_s, change.conflicts);
    document.insert(u"fork"_s, change.fork);
    document.insert(u"review"_s, toString(change.review));
    document.insert(u"labels"_s, QJsonArray::fromStringList(change.labels));
    document.insert(u"ci"_s, toString(change.ci.state));
    document.insert(u"updated_at"_s, orNull(change.updatedAt));
    document.insert(u"ahead"_s, orNull(change.commitsAhead));
    document.insert(u"behind"_s, orNull(change.commitsBehind));
    return document;
}

/// "draft, CI failed, needs a review": what stands in its way, or speaks for it.
QString remarks(const Change &change)
{
    QStringList words;
    if (change.draft)
        words.append(u"draft"_s);
    if (change.conflicts)
        words.append(u"conflicts"_s);
    if (change.ci.state == CiState::Failed || change.ci.state == CiState::Passed || change.ci.state == CiState::Running)
        words.append(u"CI "_s + toString(change.ci.state));
    if (change.review == ReviewDecision::Approved)
        words.append(u"approved"_s);
    else if (change.review == ReviewDecision::ChangesRequested)
        words.append(u"changes requested"_s);
    else if (change.review == ReviewDecision::Required)
        words.append(u"needs a review"_s);
    return words.join(u", "_s);
}

Result<int> changes(Context &context, const Invocation &invocation)
{
    const auto pipeline = findPipeline(context, invocation.arguments.first());
    if (!pipeline)
        return tl::unexpected(pipeline.error());
    const auto list =
        askSource<QList<Change>>(context, pipeline->name,
                                 [known = context.reader().cache().changes(pipeline->name)](
                                     SourceProvider &source, const QString &id) { return source.changes(id, known); });
    if (!list)
        return tl::unexpected(list.error());
    if (context.json()) {
        QJsonArray array;
        for (const Change &change : *list)
            array.append(listedChange(change));
        context.document({{u"pipeline"_s, pipeline->name}, {u"changes"_s, array}});
        return Done;
    }
    if (list->isEmpty())
        context.terminal().say(u"No open changes: no branch is ahead of %1."_s.arg(pipeline->mainBranch));
    QList<QList<Cell>> rows;
    for (const Change &change : *list) {
        QString distance = u"%1 ahead"_s.arg(change.commitsAhead.value_or(0));
        if (change.commitsBehind.value_or(0) > 0)
            distance += u", %1 behind"_s.arg(*change.commitsBehind);
        rows.append({{change.ref(), Tone::Strong},
                     {shortVersion(change.head)},
                     {age(change.updatedAt), Tone::Dim},
                     {distance},
                     {change.author},
                     {remarks(change), Tone::Dim},
                     {change.title}});
    }
    context.terminal().table(rows);
    return Done;
}

/// How the config keys of two environments differ; values are compared by their hashes only.
struct KeyDifference
{
    QStringList onlyInBase;
    QStringList onlyInHead;
    QStringList different;
};

KeyDifference compareKeys(const Environment &base, const Environment &head)
{
    KeyDifference difference;
    for (auto it = base.config.begin(); it != base.config.end(); ++it) {
        if (!head.config.contains(it.key()))
            difference.onlyInBase << it.key();
        else if (head.config.value(it.key()) != it.value())
            difference.different << it.key();
    }
    for (auto it = head.config.begin(); it != head.config.end(); ++it) {
        if (!base.config.contains(it.key()))
            difference.onlyInHead << it.key();
    }
    difference.onlyInBase.sort();
    difference.onlyInHead.sort();
    difference.different.sort();
    return difference;
}

QJsonObject side(const Card &card)
{
    const Release release = card.environment.release.value_or(Release{});
    return {{u"environment"_s, card.id()},
            {u"version"_s, orNull(release.version)},
            {u"artifact"_s, orNull(release.artifact)},
            {u"release"_s, card.environment.release ? QJsonValue(releaseName(release.number)) : QJsonValue()}};
}

void tellKeys(Terminal &terminal, const QString &what, const QStringList &keys)
{
    if (!keys.isEmpty())
        terminal.say(u"%1: %2"_s.arg(what, keys.join(u", "_s)));
}

/// By change; `count`: as many there are, the list may be cut.
void tellCommits(Terminal &terminal, const QString &heading, const QList<Commit> &commits, int count)
{
    if (commits.isEmpty())
        return;
    terminal.say(commits.size() < count
                     ? u"%1, the newest %2 of %3 commits"_s.arg(heading).arg(commits.size()).arg(count)
                     : heading,
                 Tone::Strong);
    const CommitGroups groups(commits);
    for (const CommitGroup &group : groups.all()) {
        const QString number = group.number > 0 ? u" #%1"_s.arg(group.number) : QString();
        terminal.say(u"  %1%2"_s.arg(group.change.isEmpty() ? u"Commits of no known change"_s : group.change, number),
                     Tone::Strong);
        if (!group.url.isEmpty())
            terminal.say(u"    "_s + group.url.toDisplayString(), Tone::Dim);
        QList<QList<Cell>> rows;
        for (const Commit &commit : group.commits)
            rows.append({{u"    "_s + shortVersion(commit.id), Tone::Dim}, {commit.author}, {commit.subject}});
        terminal.table(rows);
    }
}

void tellDifference(Terminal &terminal, const Card &base, const Card &head, bool identical,
                    const Comparison &comparison, const KeyDifference &keys)
{
    if (identical)
        terminal.say(u"%1 and %2 run the identical artifact."_s.arg(base.id(), head.id()));
    else
        terminal.say(u"%1 is %2 ahead of %3 and %4 behind."_s.arg(
            head.id(), countOf(comparison.ahead, "commit"_L1, "commits"_L1), base.id(),
            countOf(comparison.behind, "commit"_L1, "commits"_L1)));
    tellCommits(terminal, u"In %1 only"_s.arg(head.id()), comparison.commits, comparison.ahead);
    tellCommits(terminal, u"In %1 only"_s.arg(base.id()), comparison.missing, comparison.behind);
    tellKeys(terminal, u"Config in %1 only"_s.arg(head.id()), keys.onlyInHead);
    tellKeys(terminal, u"Config in %1 only"_s.arg(base.id()), keys.onlyInBase);
    tellKeys(terminal, u"Config with different values"_s, keys.different);
}

Result<Comparison> compareVersions(Context &context, const QString &pipeline, const QString &base, const QString &head)
{
    if (base == head)
        return Comparison{.base = base, .head = head, .commits = {}, .missing = {}};
    if (base.isEmpty() || head.isEmpty()) {
        return fail(Error::Kind::Failed, u"There is nothing to compare: one of the two runs no commit yet."_s,
                    u"Deploy to it first."_s);
    }
    return context.wait<Comparison>([&](auto done) {
        context.session().compare(pipeline, {base, head}, CommitRange(), std::move(done));
    });
}

Result<int> diff(Context &context, const Invocation &invocation)
{
    const auto base = findEnvironment(context, invocation.arguments.at(0), Freshness::Now);
    if (!base)
        return tl::unexpected(base.error());
    const QString pipeline = base->environment.pipeline;
    const auto name = nameWithin(pipeline, invocation.arguments.at(1));
    if (!name)
        return tl::unexpected(name.error());
    const auto head = findEnvironment(context, pipeline + u'/' + *name);
    if (!head)
        return tl::unexpected(head.error());
    const Release baseRelease = base->environment.release.value_or(Release{});
    const Release headRelease = head->environment.release.value_or(Release{});
    const auto comparison = compareVersions(context, pipeline, baseRelease.version, headRelease.version);
    if (!comparison)
        return tl::unexpected(comparison.error());
    const bool identical = !baseRelease.artifact.isEmpty() && baseRelease.artifact == headRelease.artifact;
    const KeyDifference keys = compareKeys(base->environment, head->environment);
    if (!context.json()) {
        tellDifference(context.terminal(), *base, *head, identical, *comparison, keys);
        return Done;
    }
    context.document({{u"base"_s, side(*base)},
                      {u"head"_s, side(*head)},
                      {u"identical"_s, identical},
                      {u"ahead"_s, comparison->ahead},
                      {u"behind"_s, comparison->behind},
                      {u"changes"_s, QJsonArray::fromStringList(comparison->changes())},
                      {u"commits"_s, commitDocuments(comparison->commits)},
                      {u"missing"_s, commitDocuments(comparison->missing)},
                      {u"config"_s,
                       QJsonObject{{u"only_in_base"_s, QJsonArray::fromStringList(keys.onlyInBase)},
                                   {u"only_in_head"_s, QJsonArray::fromStringList(keys.onlyInHead)},
                                   {u"different"_s, QJsonArray::fromStringList(keys.different)}}}});
    return Done;
}

} // namespace

QList<Command> changeCommands()
{
    return {{.name = u"changes"_s,
             .usage = u"PIPELINE"_s,
             .least = 1,
             .most = 1,
             .summary = u"Open changes: what a developer wants in production."_s,
             .run = changes},
            {.name = u"diff"_s,
             .usage = u"ENV ENV"_s,
             .least = 2,
             .most = 2,
             .summary = u"How two environments differ."_s,
             .details = u"Shows what the second has that the first has not, and the other way round.\n"
                        "The second may be named without its pipeline: `slipwayctl diff shop/production staging`."_s,
             .run = diff}};
}

} // namespace Slipway::Cli
