// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/github/changes.h"

#include "providers/github/githuberrors.h"
#include "providers/github/phrases.h"
#include "providers/github/pulls.h"
#include "providers/github/reading.h"

#include <algorithm>

namespace Slipway::GitHub {

using namespace Qt::StringLiterals;

namespace {

constexpr int kRecent = 30; ///< pull requests that are read anew each time, changed or not
constexpr int kPage = 100;
constexpr int kMostPages = 10; ///< of open pull requests: the newest thousand
constexpr int kFurtherPages = 2; ///< that are walked back to what is known, before everything is read
constexpr int kMostBranches = 100; ///< the newest ones are looked at, of however many there are
constexpr int kMostUnsettled = 50;
constexpr int kFewestMeasured = 4;
constexpr QLatin1String kAfter("$after:String");

QString reading(const QString &project)
{
    return Phrases::tr("read the changes of %1").arg(project);
}

/// Sorted by the time of their newest commit: documented for tags, and so for branches too in practice (used that way
/// by others, kufu-ai/gocat#1158). If it were not, other branches would be seen, and none wrong.
QString branchesPart()
{
    return u"refs(refPrefix:\"refs/heads/\",first:%1,orderBy:{field:TAG_COMMIT_DATE,direction:DESC}){nodes{name "
           "target{oid ... on Commit{committedDate messageHeadline author{name user{login}}}} "
           "associatedPullRequests(first:1,orderBy:{field:CREATED_AT,direction:DESC}){nodes{state headRefOid}}}}"_s.arg(
               kMostBranches);
}

QString pullsPart(const QString &arguments)
{
    return u"pullRequests(%1,after:$after,orderBy:{field:UPDATED_AT,direction:DESC}){pageInfo{hasNextPage endCursor} "
           "nodes{%2}}"_s.arg(arguments, QString::fromLatin1(kPullFields));
}

/// Newest update among the pull requests that were known.
QDateTime newestOf(const QList<Change> &known)
{
    QDateTime newest;
    for (const Change &change : known) {
        if (change.number && (!newest.isValid() || change.updatedAt > newest))
            newest = change.updatedAt;
    }
    return newest;
}

void sortNewestFirst(QList<Change> &changes)
{
    std::sort(changes.begin(), changes.end(), [](const Change &a, const Change &b) {
        if (a.updatedAt != b.updatedAt)
            return a.updatedAt > b.updatedAt;
        if (a.number != b.number)
            return a.number.value_or(0) > b.number.value_or(0);
        return a.branch < b.branch;
    });
}

} // namespace

Task<QList<Change>> Changes::read(QString project, QList<Change> known)
{
    Result<QList<Change>> changes = co_await byGraph(project, known);
    if (changes)
        co_return changes;
    switch (changes.error().kind()) {
    case Error::Kind::Blocked: // GraphQL is refused to this token, or by this host
    case Error::Kind::RateLimited: // it has an allowance of its own
    case Error::Kind::Server:
        changes = co_await byRest(project, known);
        break;
    default:
        break;
    }
    co_return changes;
}

Task<QList<Change>> Changes::byGraph(QString project, QList<Change> known)
{
    Round round;
    round.project = project;
    round.known = known;
    for (const Change &change : known) {
        if (change.number)
            round.before.insert(*change.number, change);
    }
    round.pulls = round.before;
    auto next = co_await first(round);
    const int further = round.before.isEmpty() ? 0 : kFurtherPages;
    for (int read = 0; next && !next->reached && !next->complete && read < further; ++read) {
        const Round so = *next;
        next = co_await page(so, false);
    }
    if (!next)
        co_return Result<QList<Change>>(tl::unexpect, next.error());
    // When the main branch moved, any of them may have begun to conflict, which is no update of theirs.
    const QString before = m_memory.value(project).main;
    const bool moved = !before.isEmpty() && before != next->mainHead;
    const bool counted = next->pulls.size() == next->open && (next->reached || next->complete);
    if (!counted || (moved && next->pulls.size() > kRecent)) {
        const Round so = *next;
        next = co_await all(so);
        if (!next)
            co_return Result<QList<Change>>(tl::unexpect, next.error());
    }
    const Round so = *next;
    Result<QList<Change>> changes = co_await withBranches(so);
    co_return changes;
}

/// The one request that is always made. Without anything known it is the first page of all open ones.
Task<Changes::Round> Changes::first(Round round)
{
    const bool fresh = round.before.isEmpty();
    const QString arguments = fresh ? u"states:OPEN,first:%1"_s.arg(kPage) : u"first:%1"_s.arg(kRecent);
    QString parts = u"url defaultBranchRef{name target{oid}} open:pullRequests(states:OPEN,first:1){"
                    "totalCount} "_s
        + pullsPart(arguments) + u' ' + branchesPart();
    QList<int> unsettled = m_memory.value(round.project).unsettled.values();
    std::sort(unsettled.begin(), unsettled.end(), std::greater<>());
    round.asked = unsettled.mid(0, kMostUnsettled);
    for (const int number : std::as_const(round.asked))
        parts += u" p%1:pullRequest(number:%1){mergeable}"_s.arg(number);
    const Question question{round.project, parts, reading(round.project), kAfter};
    const auto told = co_await m_api.ask(question);
    if (!told)
        co_return Result<Round>(tl::unexpect, told.error());
    const QJsonObject repository = told->repository;
    round.main = textAt(repository, u"defaultBranchRef.name"_s);
    round.mainHead = shaAt(repository, u"defaultBranchRef.target.oid"_s);
    round.page = webAddressAt(repository, u"url"_s);
    const auto open = numberAt(repository, u"open.totalCount"_s);
    if (!open)
        co_return Result<Round>(tl::unexpect, unreadable(question.what));
    round.open = *open;
    settle(round, repository);
    const QJsonObject pulls = objectAt(repository, u"pullRequests"_s);
    if (!take(round, arrayAt(pulls, u"nodes"_s)))
        co_return Result<Round>(tl::unexpect, unreadable(question.what));
    round.complete = !flagAt(pulls, u"pageInfo.hasNextPage"_s);
    round.cursor = textAt(pulls, u"pageInfo.endCursor"_s);
    takeBranches(round, arrayAt(repository, u"refs.nodes"_s));
    co_return Result<Round>(round);
}

/// The next page, of open ones alone with `everything`, else of all that were updated last.
Task<Changes::Round> Changes::page(Round round, bool everything)
{
    const QString arguments = (everything ? u"states:OPEN,first:%1"_s : u"first:%1"_s).arg(kPage);
    const QJsonValue after = round.cursor.isEmpty() ? QJsonValue() : QJsonValue(round.cursor);
    const Question question{round.project, pullsPart(arguments), reading(round.project), kAfter,
                            QJsonObject{{u"after"_s, after}}};
    const auto told = co_await m_api.ask(question);
    if (!told)
        co_return Result<Round>(tl::unexpect, told.error());
    const QJsonObject pulls = objectAt(told->repository, u"pullRequests"_s);
    if (!take(round, arrayAt(pulls, u"nodes"_s)))
        co_return Result<Round>(tl::unexpect, unreadable(question.what));
    round.complete = !flagAt(pulls, u"pageInfo.hasNextPage"_s);
    round.cursor = textAt(pulls, u"pageInfo.endCursor"_s);
    co_return Result<Round>(round);
}

/// All open ones. Without anything known the first request has begun with them.
Task<Changes::Round> Changes::all(Round round)
{
    if (!round.before.isEmpty()) {
        round.pulls.clear();
        round.cursor.clear();
        round.complete = false;
    }
    Result<Round> next = round;
    for (int read = 0; next && !next->complete && read < kMostPages; ++read) {
        const Round so = *next;
        next = co_await page(so, true);
    }
    co_return next;
}

/// False when one cannot be understood. The nodes come by the time of their update, newest first.
bool Changes::take(Round &round, const QJsonArray &nodes)
{
    const QDateTime mark = newestOf(round.known);
    Memory &memory = m_memory[round.project];
    for (const auto &entry : nodes) {
        const QJsonObject node = entry.toObject();
        auto change = pullFromGraph(node, round.main);
        if (!change)
            return false;
        const int number = *change->number;
        memory.unsettled.remove(number);
        if (textAt(node, u"state"_s) == u"OPEN") {
            const bool settled = textAt(node, u"mergeable"_s) != u"UNKNOWN";
            const Change before = round.before.value(number);
            if (!settled && before.head == change->head)
                change->conflicts = before.conflicts;
            if (!settled)
                memory.unsettled.insert(number);
            round.pulls.insert(number, *change);
        } else {
            round.pulls.remove(number);
        }
        // Times are whole seconds: of those that share the newest one, a page is looked at, and no more.
        const bool old =
            change->updatedAt < mark || (change->updatedAt == mark && round.before.value(number).updatedAt == mark);
        round.reached = round.reached || (mark.isValid() && old);
    }
    return true;
}

/// Those of which GitHub was still working out, last time, whether they conflict.
void Changes::settle(Round &round, const QJsonObject &repository)
{
    Memory &memory = m_memory[round.project];
    for (const int number : std::as_const(round.asked)) {
        const QString mergeable = textAt(repository, u"p%1.mergeable"_s.arg(number));
        if (mergeable == u"UNKNOWN")
            continue;
        memory.unsettled.remove(number);
        const auto pull = round.pulls.find(number);
        if (pull != round.pulls.end())
            pull->conflicts = mergeable == u"CONFLICTING";
    }
}

/// Branches that have, or had at their present head, a pull request are told by that, or were done with it: merged by
/// squashing they would seem to go beyond the main branch for ever.
void Changes::takeBranches(Round &round, const QJsonArray &nodes) const
{
    for (const auto &entry : nodes) {
        const QJsonObject node = entry.toObject();
        const QString name = textAt(node, u"name"_s);
        const QString head = shaAt(node, u"target.oid"_s);
        const QJsonObject pull = arrayAt(node, u"associatedPullRequests.nodes"_s).at(0).toObject();
        const bool told = textAt(pull, u"state"_s) == u"OPEN" || shaAt(pull, u"headRefOid"_s) == head;
        if (name.isEmpty() || name == round.main || head.isEmpty() || head == round.mainHead
            || (told && !pull.isEmpty()))
            continue;
        Change branch = branchChange(name, head, textAt(node, u"target.messageHeadline"_s), round.page);
        branch.author = lineAt(node, u"target.author.user.login"_s);
        if (branch.author.isEmpty())
            branch.author = lineAt(node, u"target.author.name"_s);
        branch.updatedAt = timeAt(node, u"target.committedDate"_s);
        round.branches.append(branch);
    }
    std::stable_sort(round.branches.begin(), round.branches.end(),
                     [](const Change &a, const Change &b) { return a.updatedAt > b.updatedAt; });
}

Task<QList<Change>> Changes::withBranches(Round round)
{
    Memory &memory = m_memory[round.project];
    if (memory.main != round.mainHead)
        memory.distances.clear();
    memory.main = round.mainHead;
    QStringList heads;
    QStringList names;
    for (const Change &branch : round.branches) {
        if (memory.distances.contains(branch.head) || heads.contains(branch.head) || heads.size() == memory.measured)
            continue;
        heads.append(branch.head);
        names.append(branch.branch);
    }
    if (!heads.isEmpty()) {
        const auto measured = co_await measure(round.project, round.main, heads, names);
        const bool ended = !measured && measured.error().kind() == Error::Kind::Cancelled;
        if (ended)
            co_return Result<QList<Change>>(tl::unexpect, measured.error());
    }
    co_return Result<QList<Change>>(finished(round));
}

/// Each branch against the main one, all in one request. By name, since only refs can be compared there; the branch may
/// have moved on since, so that the heads are told too.
Task<void> Changes::measure(QString project, QString main, QStringList heads, QStringList names)
{
    QString parameters = u"$main:String!"_s;
    QJsonObject variables{{u"main"_s, u"refs/heads/"_s + main}};
    QString parts;
    for (qsizetype at = 0; at < names.size(); ++at) {
        parameters += u",$b%1:String!"_s.arg(at);
        variables.insert(u"b%1"_s.arg(at), names.at(at));
        parts += u" c%1:compare(headRef:$b%1){aheadBy behindBy headTarget{oid}}"_s.arg(at);
    }
    const QString fields = u"ref(qualifiedName:$main){%1}"_s.arg(parts);
    const Question question{project, fields, Phrases::tr("compare the branches of %1").arg(project), parameters,
                            variables};
    const auto told = co_await m_api.ask(question);
    if (!told && told.error().kind() == Error::Kind::Server) { // it takes GitHub too long: fewer at a time
        int &most = m_memory[project].measured;
        most = std::max(kFewestMeasured, most / 2);
    }
    if (!told)
        co_return Result<void>(tl::unexpect, told.error());
    for (qsizetype at = 0; at < names.size(); ++at) {
        const QJsonObject one = objectAt(told->repository, u"ref.c%1"_s.arg(at));
        const auto ahead = numberAt(one, u"aheadBy"_s);
        const auto behind = numberAt(one, u"behindBy"_s);
        const QString head = shaAt(one, u"headTarget.oid"_s);
        if (ahead && behind)
            m_memory[project].distances.insert(head.isEmpty() ? heads.at(at) : head, Distance{*ahead, *behind});
        else // no common history, or refused: it is no change that could be merged
            m_memory[project].distances.insert(heads.at(at), Distance{});
    }
    co_return Result<void>();
}

QList<Change> Changes::finished(const Round &round)
{
    const QHash<QString, Distance> &distances = m_memory[round.project].distances;
    QSet<QString> own; // branches that a pull request carries
    QList<Change> all = round.pulls.values();
    for (const Change &pull : all) {
        if (!pull.fork)
            own.insert(pull.branch);
    }
    for (Change branch : round.branches) {
        const auto distance = distances.constFind(branch.head);
        const auto same = [&branch](const Change &one) {
            return !one.number && one.branch == branch.branch && one.head == branch.head;
        };
        const auto before = std::find_if(round.known.cbegin(), round.known.cend(), same);
        const bool known = before != round.known.cend();
        const bool measured = distance != distances.cend();
        if (own.contains(branch.branch) || (measured ? distance->ahead == 0 : !known))
            continue;
        branch.commitsAhead = measured ? distance->ahead : before->commitsAhead;
        branch.commitsBehind = measured ? distance->behind : before->commitsBehind;
        if (!branch.updatedAt.isValid()) { // the list of branches did not tell
            branch.title = known ? before->title : distance->newest.subject;
            branch.author = known ? before->author : distance->newest.author;
            branch.updatedAt = known ? before->updatedAt : distance->newest.at;
        }
        nameBranch(branch);
        all.append(branch);
    }
    sortNewestFirst(all);
    return all;
}

} // namespace Slipway::GitHub
