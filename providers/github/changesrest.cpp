// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/github/changes.h"

#include "providers/github/commits.h"
#include "providers/github/githuberrors.h"
#include "providers/github/phrases.h"
#include "providers/github/pulls.h"
#include "providers/github/reading.h"

/// Changes without GraphQL. It costs more requests, of which those that answer "not modified" are free.
namespace Slipway::GitHub {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMostRestPages = 10; ///< of a hundred open pull requests
constexpr int kBranchPages = 3; ///< by name: REST knows no other order
constexpr int kMostMeasured = 20; ///< a request each; the others have their turn next time

Distance distanceFrom(const QJsonObject &compared)
{
    Distance distance;
    distance.ahead = numberAt(compared, u"ahead_by"_s).value_or(0);
    distance.behind = numberAt(compared, u"behind_by"_s).value_or(0);
    const QJsonArray commits = arrayAt(compared, u"commits"_s);
    if (!commits.isEmpty()) // oldest first; of more than a page this is not the newest, but near it
        distance.newest = commitFromRest(commits.last().toObject());
    return distance;
}

} // namespace

Task<QList<Change>> Changes::byRest(QString project, QList<Change> known)
{
    Round round;
    round.project = project;
    round.known = known;
    for (const Change &change : known) {
        if (change.number)
            round.before.insert(*change.number, change);
    }
    const auto pulls = co_await pullsByRest(round);
    if (!pulls)
        co_return Result<QList<Change>>(tl::unexpect, pulls.error());
    const Round so = *pulls;
    const auto branches = co_await branchesByRest(so);
    if (!branches)
        co_return Result<QList<Change>>(tl::unexpect, branches.error());
    const Round whole = *branches;
    const auto measured = co_await measureByRest(whole);
    if (!measured)
        co_return Result<QList<Change>>(tl::unexpect, measured.error());
    co_return Result<QList<Change>>(finished(whole));
}

Task<Changes::Round> Changes::pullsByRest(Round round)
{
    Call call;
    call.project = round.project;
    call.what = Phrases::tr("read the repository %1").arg(round.project);
    const auto repository = co_await m_api.object(call);
    if (!repository)
        co_return Result<Round>(tl::unexpect, repository.error());
    const QString fullName = textAt(*repository, u"full_name"_s);
    m_api.learnName(round.project, fullName);
    round.main = textAt(*repository, u"default_branch"_s);
    round.page = webAddressAt(*repository, u"html_url"_s);
    call.path = u"/pulls"_s;
    call.query.addQueryItem(u"state"_s, u"open"_s);
    call.query.addQueryItem(u"sort"_s, u"updated"_s);
    call.query.addQueryItem(u"direction"_s, u"desc"_s);
    call.what = Phrases::tr("read the pull requests of %1").arg(round.project);
    const auto pulls = co_await m_api.list(call, QString(), kMostRestPages);
    if (!pulls)
        co_return Result<Round>(tl::unexpect, pulls.error());
    for (const auto &entry : *pulls) {
        auto change = pullFromRest(entry.toObject(), round.main, fullName);
        if (!change)
            co_return Result<Round>(tl::unexpect, unreadable(call.what));
        const auto before = round.before.constFind(*change->number);
        if (before != round.before.cend() && before->head == change->head) { // what these lists do not tell
            change->conflicts = before->conflicts;
            change->review = before->review;
            change->commitsAhead = before->commitsAhead;
        }
        round.pulls.insert(*change->number, *change);
    }
    co_return Result<Round>(round);
}

Task<Changes::Round> Changes::branchesByRest(Round round)
{
    Call call;
    call.project = round.project;
    call.path = u"/branches"_s;
    call.what = Phrases::tr("read the branches of %1").arg(round.project);
    const auto branches = co_await m_api.list(call, QString(), kBranchPages);
    if (!branches)
        co_return Result<Round>(tl::unexpect, branches.error());
    QSet<QString> own;
    for (const Change &pull : round.pulls) {
        if (!pull.fork)
            own.insert(pull.branch);
    }
    for (const auto &entry : *branches) {
        const QJsonObject branch = entry.toObject();
        const QString name = textAt(branch, u"name"_s);
        const QString head = shaAt(branch, u"commit.sha"_s);
        if (name == round.main)
            round.mainHead = head;
        else if (!name.isEmpty() && !head.isEmpty() && !own.contains(name))
            round.branches.append(branchChange(name, head, {}, round.page));
    }
    if (round.mainHead.isEmpty()) { // it is further down
        call.path = u"/git/ref/heads%2F"_s + segment(round.main);
        const auto main = co_await m_api.object(call);
        if (!main)
            co_return Result<Round>(tl::unexpect, main.error());
        round.mainHead = shaAt(*main, u"object.sha"_s);
    }
    const QString mainHead = round.mainHead;
    round.branches.removeIf([&mainHead](const Change &branch) { return branch.head == mainHead; });
    co_return Result<Round>(round);
}

/// Measured anew by each process, and after the main branch moved. Branches that were merged by squashing seem to go
/// beyond the main branch here: only GraphQL tells of the pull request they had.
Task<void> Changes::measureByRest(Round round)
{
    if (m_memory[round.project].main != round.mainHead)
        m_memory[round.project].distances.clear();
    m_memory[round.project].main = round.mainHead;
    int measured = 0;
    for (const Change &branch : std::as_const(round.branches)) {
        if (m_memory[round.project].distances.contains(branch.head))
            continue;
        if (++measured > kMostMeasured)
            break;
        Call call;
        call.project = round.project;
        call.path = u"/compare/%1...%2"_s.arg(round.mainHead, branch.head);
        call.query.addQueryItem(u"per_page"_s, u"100"_s);
        call.what = Phrases::tr("compare the branches of %1").arg(round.project);
        const auto compared = co_await m_api.maybe(call);
        if (!compared)
            co_return Result<void>(tl::unexpect, compared.error());
        Distance distance; // without a common history there is nothing to merge
        if (*compared)
            distance = distanceFrom(**compared);
        m_memory[round.project].distances.insert(branch.head, distance);
    }
    co_return Result<void>();
}

} // namespace Slipway::GitHub
