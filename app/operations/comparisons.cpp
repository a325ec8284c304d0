// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/operations/comparisons.h"

#include <QSet>

namespace Slipway {

namespace {

/// The known one with a part that goes on where it ends; nullopt: it does not, or it is as long as it may be.
std::optional<Comparison> continued(const std::optional<Comparison> &known, const Comparison &part,
                                    const CommitRange &range)
{
    Comparison longer = part;
    longer.read = range.skip + range.most;
    if (range.skip == 0)
        return longer;
    if (!known || known->read != range.skip || range.skip >= CommitRange().most)
        return {};
    longer.commits = known->commits + part.commits;
    longer.missing = known->missing + part.missing;
    return longer;
}

/// What compares: the version of an environment, unless an upload hides what is in it.
QString versionOf(const Environment *environment)
{
    return environment && environment->release ? environment->release->version : QString();
}

const Environment *firstAt(const QList<Environment> &environments, Stage stage)
{
    const Environment *first = nullptr;
    for (const Environment &one : environments) {
        if (one.stage == stage && (!first || one.createdAt < first->createdAt))
            first = &one;
    }
    return first;
}

/// A production, and the pull requests that were deployed to it: squashed or rebased, a change is other commits, and
/// its number tells.
struct Production
{
    QString version;
    QSet<int> numbers;
};

QList<Production> productionsOf(const StepContext &c, const Snapshot &snapshot)
{
    constexpr int kHistory = 30; // releases that are looked back on
    QList<Production> productions;
    for (const Environment &one : snapshot.environments) {
        if (one.stage != Stage::Production || !one.release)
            continue;
        Production production{one.release->version, {}};
        QList<Release> releases = c.cache->releases(one.id(), kHistory);
        releases.append(*one.release);
        for (const Release &release : std::as_const(releases)) {
            if (release.change.number)
                production.numbers.insert(*release.change.number);
        }
        productions.append(production);
    }
    return productions;
}

} // namespace

Task<Comparison> compared(StepContext c, QString base, QString head)
{
    const CommitRange most;
    Result<Comparison> whole = co_await comparedPart(c, base, head, most);
    co_return whole;
}

Task<Comparison> comparedPart(StepContext c, QString base, QString head, CommitRange range)
{
    if (base == head)
        co_return Result<Comparison>(Comparison{base, head, 0, 0, {}, {}});
    const auto known = c.cache->comparison(c.pipeline.name, base, head);
    if (known && known->covers(range))
        co_return Result<Comparison>(known->part(range));
    const std::function<Task<Comparison>(SourceProvider &)> work = [id = sourceOf(c.pipeline).id, base, head,
                                                                    range](SourceProvider &source) {
        return source.compare(id, base, head, range);
    };
    Result<Comparison> fresh = co_await onSource<Comparison>(c, work);
    if (!fresh && known && range.skip < qMax(known->commits.size(), known->missing.size()))
        co_return Result<Comparison>(known->part(range)); // less than was asked for, and better than nothing
    if (!fresh)
        co_return fresh;
    fresh->base = base;
    fresh->head = head;
    if (const auto longer = continued(known, *fresh, range))
        std::ignore = c.cache->remember(c.pipeline.name, *longer); // asked again next time if it could not be kept
    co_return fresh;
}

Task<bool> hasCommit(StepContext c, QString runs, QString commit)
{
    if (runs.isEmpty() || runs == commit)
        co_return Result<bool>(runs == commit);
    const auto comparison = co_await compared(c, runs, commit);
    if (comparison)
        co_return Result<bool>(comparison->ahead == 0);
    if (comparison.error().kind() == Error::Kind::NotFound)
        co_return Result<bool>(false); // what runs there was never pushed
    co_return Result<bool>(tl::unexpect, comparison.error());
}

namespace {

/// Whether production has what the environment runs. Asks only where it may be so: what goes beyond staging is asked
/// about when it comes there.
Task<bool> isLive(StepContext c, Environment environment, Production production)
{
    const QString base = production.version;
    const QString head = environment.release->version;
    if (production.numbers.contains(environment.release->change.number.value_or(0)))
        co_return Result<bool>(true);
    if (base != head && environment.ahead.value_or(1) > 0)
        co_return Result<bool>(false);
    Result<bool> has = co_await hasCommit(c, base, head);
    co_return has;
}

Task<void> learnLive(StepContext c, Snapshot *snapshot)
{
    const QList<Production> productions = productionsOf(c, *snapshot);
    for (qsizetype i = 0; i < snapshot->environments.size(); ++i) {
        const Environment one = snapshot->environments.at(i);
        if (one.stage == Stage::Production || !one.release)
            continue;
        bool live = !productions.isEmpty() && !one.release->uncommitted;
        for (const Production &production : productions) {
            if (!live)
                break;
            const auto has = co_await isLive(c, one, production);
            live = has.value_or(false);
        }
        snapshot->environments[i].live = live;
    }
    co_return Result<void>();
}

} // namespace

Task<void> compareAll(StepContext c, Snapshot *snapshot)
{
    const Environment *staging = firstAt(snapshot->environments, Stage::Staging);
    const QString stagingVersion = versionOf(staging);
    const QString productionVersion = versionOf(firstAt(snapshot->environments, Stage::Production));
    for (qsizetype i = 0; i < snapshot->environments.size(); ++i) {
        const Environment &environment = snapshot->environments.at(i);
        if (environment.stage == Stage::Production)
            continue;
        const QString base = environment.stage == Stage::Development ? stagingVersion : productionVersion;
        const QString head = versionOf(&environment);
        if (base.isEmpty() || head.isEmpty())
            continue;
        const auto comparison = co_await compared(c, base, head);
        if (!comparison)
            continue; // the card shows no numbers; the rest of the board is as good as ever
        snapshot->environments[i].ahead = comparison->ahead;
        snapshot->environments[i].behind = comparison->behind;
    }
    const auto learnt = co_await learnLive(c, snapshot);
    co_return learnt;
}

} // namespace Slipway
