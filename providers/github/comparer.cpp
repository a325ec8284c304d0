// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/github/comparer.h"

#include "providers/github/githuberrors.h"
#include "providers/github/phrases.h"
#include "providers/github/reading.h"

namespace Slipway::GitHub {

using namespace Qt::StringLiterals;

namespace {

constexpr int kCommitPage = 100; ///< the most that GitHub gives at once

QList<Commit> plain(const QList<FullCommit> &full)
{
    QList<Commit> commits;
    commits.reserve(full.size());
    for (const FullCommit &one : full) {
        commits.append(one.commit);
        if (one.pull == 0)
            continue;
        Commit &commit = commits.last();
        commit.number = one.pull;
        const QString page = commit.url.toString(QUrl::FullyEncoded); // …/acme/shop/commit/SHA
        if (const qsizetype at = page.lastIndexOf(u"/commit/"_s); at > 0)
            commit.url = QUrl(page.left(at) + u"/pull/%1"_s.arg(one.pull));
    }
    return commits;
}

} // namespace

Call Comparer::call(const QString &project, const QString &base, const QString &head) const
{
    Call call;
    call.project = project;
    call.path = u"/compare/"_s + segment(base) + u"..."_s + segment(head);
    call.query.addQueryItem(u"per_page"_s, QString::number(kCommitPage));
    call.what = Phrases::tr("compare %1 with %2").arg(head.left(12), base.left(12));
    return call;
}

/// From 1. The oldest commits are on the first page, which carries up to 300 files too.
Task<QJsonObject> Comparer::page(QString project, QString base, QString head, int number)
{
    Call asked = call(project, base, head);
    if (number > 1)
        asked.query.addQueryItem(u"page"_s, QString::number(number));
    Result<QJsonObject> body = co_await m_api.object(asked);
    co_return body;
}

/// Puts the commits of the next older page behind those that are there.
Result<void> Comparer::take(Side &side, const QJsonObject &page)
{
    const QJsonArray commits = arrayAt(page, u"commits"_s);
    for (qsizetype i = commits.size() - 1; i >= 0; --i) {
        side.commits.append(fullCommitFrom(commits.at(i).toObject()));
        if (side.commits.constLast().commit.id.isEmpty())
            return tl::unexpected(unreadable(Phrases::tr("compare two versions")));
    }
    return {};
}

Task<Comparer::Side> Comparer::side(QString project, QString base, QString head, CommitRange range)
{
    const int oldest = 1;
    const auto first = co_await page(project, base, head, oldest);
    if (!first)
        co_return Result<Side>(tl::unexpect, first.error());
    const auto ahead = numberAt(*first, u"ahead_by"_s);
    const auto behind = numberAt(*first, u"behind_by"_s);
    if (!ahead || !behind)
        co_return Result<Side>(tl::unexpect, unreadable(Phrases::tr("compare two versions")));
    Side side;
    side.ahead = *ahead;
    side.behind = *behind;
    const int end = *ahead - range.skip; // counted from the oldest one
    const int begin = qMax(0, end - range.most);
    if (end <= 0)
        co_return Result<Side>(side);
    const int last = (end - 1) / kCommitPage; // of the pages that are read, counted from the oldest one
    for (int index = last; index >= qMax(1, begin / kCommitPage); --index) {
        const int number = index + 1;
        const auto read = co_await page(project, base, head, number);
        if (!read)
            co_return Result<Side>(tl::unexpect, read.error());
        if (const auto taken = take(side, *read); !taken)
            co_return Result<Side>(tl::unexpect, taken.error());
    }
    if (begin < kCommitPage) {
        if (const auto taken = take(side, *first); !taken)
            co_return Result<Side>(tl::unexpect, taken.error());
    }
    const int newest = qMin(*ahead, (last + 1) * kCommitPage);
    side.commits = side.commits.mid(newest - end, end - begin);
    co_return Result<Side>(side);
}

/// Most of it stands in the messages. Where one says nothing GitHub is asked, a hundred commits in a request; without
/// an answer they stay changes of their own.
Task<Comparer::Side> Comparer::titled(QString project, QString head, Side side)
{
    groupByMessages(side.commits, head);
    QList<qsizetype> open;
    for (qsizetype row = 0; row < side.commits.size(); ++row) {
        if (side.commits.at(row).pull == 0)
            open.append(row);
    }
    QHash<int, QString> titles; // as they are now: one that was edited would make two changes of one
    for (qsizetype begin = 0; begin < open.size(); begin += kCommitPage) {
        QString text;
        const QList<qsizetype> rows = open.mid(begin, kCommitPage);
        for (const qsizetype row : rows) {
            text +=
                u" c%1:object(oid:\"%2\"){... on Commit{associatedPullRequests(first:5){nodes{number title state}}}}"_s
                    .arg(row)
                    .arg(side.commits.at(row).commit.id);
        }
        const Question question{project, text, Phrases::tr("read the pull requests of commits")};
        const auto told = co_await m_api.ask(question);
        if (!told && told.error().kind() == Error::Kind::Cancelled)
            co_return Result<Side>(tl::unexpect, told.error());
        if (!told)
            break;
        for (const qsizetype row : rows) {
            const auto [number, title] =
                pullOf(arrayAt(told->repository, u"c%1.associatedPullRequests.nodes"_s.arg(row)));
            if (number == 0 || title.isEmpty())
                continue;
            titles.insert(number, title);
            side.commits[row].pull = number;
            side.commits[row].commit.change = title;
        }
    }
    for (FullCommit &one : side.commits) {
        if (one.pull > 0 && titles.contains(one.pull))
            one.commit.change = titles.value(one.pull);
    }
    co_return Result<Side>(side);
}

Task<Comparison> Comparer::compare(QString project, QString base, QString head, CommitRange range)
{
    Comparison comparison;
    comparison.base = base;
    comparison.head = head;
    if (base == head)
        co_return Result<Comparison>(comparison);
    auto there = co_await side(project, base, head, range);
    if (!there)
        co_return Result<Comparison>(tl::unexpect, there.error());
    comparison.ahead = there->ahead;
    comparison.behind = there->behind;
    const Side found = *there;
    const QString newest = found.commits.isEmpty() ? head : found.commits.constFirst().commit.id;
    there = co_await titled(project, newest, found);
    if (!there)
        co_return Result<Comparison>(tl::unexpect, there.error());
    comparison.commits = plain(there->commits);
    if (comparison.behind == 0)
        co_return Result<Comparison>(comparison);
    auto back = co_await side(project, head, base, range);
    if (!back)
        co_return Result<Comparison>(tl::unexpect, back.error());
    const Side lacking = *back;
    const QString newestThere = lacking.commits.isEmpty() ? base : lacking.commits.constFirst().commit.id;
    back = co_await titled(project, newestThere, lacking);
    if (!back)
        co_return Result<Comparison>(tl::unexpect, back.error());
    comparison.missing = plain(back->commits);
    co_return Result<Comparison>(comparison);
}

Task<bool> Comparer::contains(QString project, QString head, QString version)
{
    if (head == version)
        co_return Result<bool>(true);
    Call asked = call(project, version, head);
    asked.query.clear();
    asked.query.addQueryItem(u"per_page"_s, u"1"_s);
    asked.query.addQueryItem(u"page"_s, u"2"_s); // the first one carries up to 300 files
    const auto compared = co_await m_api.object(asked);
    if (!compared)
        co_return Result<bool>(tl::unexpect, compared.error());
    const auto behind = numberAt(*compared, u"behind_by"_s);
    if (!behind)
        co_return Result<bool>(tl::unexpect, unreadable(asked.what));
    co_return Result<bool>(*behind == 0);
}

Task<QStringList> Comparer::files(QString project, QString base, QString head)
{
    const Call asked = call(project, base, head);
    const auto compared = co_await m_api.object(asked);
    if (!compared)
        co_return Result<QStringList>(tl::unexpect, compared.error());
    QStringList names;
    const QJsonArray files = arrayAt(*compared, u"files"_s); // at most 300
    for (const auto &file : files)
        names.append(lineAt(file.toObject(), u"filename"_s));
    co_return Result<QStringList>(names);
}

Task<QStringList> Comparer::changedByBoth(QString project, QString one, QString other)
{
    const auto here = co_await files(project, one, other);
    if (!here)
        co_return Result<QStringList>(tl::unexpect, here.error());
    const auto there = co_await files(project, other, one);
    if (!there)
        co_return Result<QStringList>(tl::unexpect, there.error());
    QStringList both;
    for (const QString &name : *here) {
        if (there->contains(name))
            both.append(name);
    }
    co_return Result<QStringList>(both);
}

} // namespace Slipway::GitHub
