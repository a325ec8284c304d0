// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/github/branches.h"

#include "providers/github/githuberrors.h"
#include "providers/github/phrases.h"
#include "providers/github/reading.h"

#include <QJsonDocument>

namespace Slipway::GitHub {

using namespace Qt::StringLiterals;

namespace {

constexpr int kLooks = 30; ///< for an update that GitHub said it would make

Error noBranch(const QString &branch, const QString &project)
{
    return Error(Error::Kind::NotFound, Phrases::tr("%1 has no branch %2.").arg(project, branch),
                 Phrases::tr("It may have been merged and deleted: look at the changes again."));
}

Error moved(const QString &branch)
{
    return Error(Error::Kind::Conflict, Phrases::tr("%1 has moved on since you looked.").arg(branch),
                 Phrases::tr("Somebody pushed to it: look at the change again."));
}

} // namespace

Task<QString> Branches::update(BranchUpdate update)
{
    const auto head = co_await m_refs.exact(update.pipeline, u"heads/"_s + update.branch);
    if (!head)
        co_return head;
    if (head->isEmpty())
        co_return Result<QString>(tl::unexpect, noBranch(update.branch, update.pipeline));
    const auto contained = co_await m_comparer.contains(update.pipeline, *head, update.version);
    if (!contained)
        co_return Result<QString>(tl::unexpect, contained.error());
    if (*contained)
        co_return head;
    if (*head != update.head)
        co_return Result<QString>(tl::unexpect, moved(update.branch));
    const auto number = co_await pullFor(update);
    if (!number)
        co_return Result<QString>(tl::unexpect, number.error());
    Result<QString> updated = QString();
    if (*number > 0) {
        updated = co_await byPull(update, *number);
    } else {
        updated = co_await byMerge(update);
    }
    co_return updated;
}

/// The pull request of the branch when its base is what shall come in: that way is guarded by the head. 0: none.
Task<int> Branches::pullFor(BranchUpdate update)
{
    Call call;
    call.project = update.pipeline;
    call.path = u"/pulls"_s;
    const QString owner = m_api.nameNow(update.pipeline).section(u'/', 0, 0);
    call.query.addQueryItem(u"state"_s, u"open"_s);
    call.query.addQueryItem(u"head"_s, QString::fromLatin1(QUrl::toPercentEncoding(owner + u':' + update.branch, ":")));
    call.what = Phrases::tr("find the pull request of %1").arg(update.branch);
    const auto pulls = co_await m_api.list(call, QString(), 1);
    if (!pulls && isForbidden(pulls.error()))
        co_return Result<int>(0); // then by merging
    if (!pulls)
        co_return Result<int>(tl::unexpect, pulls.error());
    const QJsonObject pull = pulls->at(0).toObject();
    const int number = numberAt(pull, u"number"_s).value_or(0);
    if (number == 0)
        co_return Result<int>(0);
    const auto base = co_await m_refs.exact(update.pipeline, u"heads/"_s + textAt(pull, u"base.ref"_s));
    if (!base)
        co_return Result<int>(tl::unexpect, base.error());
    co_return Result<int>(*base == update.version ? number : 0);
}

/// 202: it happens a while later, with a message of GitHub's own.
Task<QString> Branches::byPull(BranchUpdate update, int number)
{
    Call call;
    call.method = "PUT"; // of the same head twice makes one merge
    call.project = update.pipeline;
    call.path = u"/pulls/%1/update-branch"_s.arg(number);
    call.body = QJsonObject{{u"expected_head_sha"_s, update.head}};
    call.what = Phrases::tr("update %1").arg(update.branch);
    const auto taken = co_await m_api.send(call);
    if (taken) {
        Result<QString> done = co_await whenContained(update);
        co_return done;
    }
    const QString said = taken.error().detail() + taken.error().message();
    if (said.contains("merge conflict"_L1, Qt::CaseInsensitive)) {
        Result<QString> why = co_await conflict(update);
        co_return why;
    }
    Result<QString> merged = QString();
    switch (taken.error().kind()) {
    case Error::Kind::Invalid: // the head moved, or an earlier attempt did it
        merged = co_await whenContained(update);
        break;
    case Error::Kind::Blocked: // this token may write contents, but no pull requests
    case Error::Kind::NotFound:
        merged = co_await byMerge(update);
        break;
    default:
        merged = tl::unexpected(taken.error());
        break;
    }
    co_return merged;
}

Task<QString> Branches::whenContained(BranchUpdate update)
{
    for (int look = 0; look < kLooks; ++look) {
        const auto head = co_await m_refs.exact(update.pipeline, u"heads/"_s + update.branch);
        if (!head)
            co_return head;
        if (head->isEmpty())
            co_return Result<QString>(tl::unexpect, noBranch(update.branch, update.pipeline));
        if (*head != update.head) {
            const auto contained = co_await m_comparer.contains(update.pipeline, *head, update.version);
            if (!contained)
                co_return Result<QString>(tl::unexpect, contained.error());
            if (*contained)
                co_return head;
            co_return Result<QString>(tl::unexpect, moved(update.branch));
        }
        const auto waited = co_await m_api.pause();
        if (!waited)
            co_return Result<QString>(tl::unexpect, waited.error());
    }
    const Error late(Error::Kind::Server, Phrases::tr("GitHub has not updated %1 yet.").arg(update.branch),
                     Phrases::tr("It said it would: try again in a minute."));
    co_return Result<QString>(tl::unexpect, late);
}

/// Not guarded by the head: who pushes at this very moment has his commits in the merge as well, and none is lost.
Task<QString> Branches::byMerge(BranchUpdate update)
{
    Call call;
    call.method = "POST";
    call.project = update.pipeline;
    call.path = u"/merges"_s;
    call.body = QJsonObject{{u"base"_s, update.branch}, {u"head"_s, update.version}};
    if (!update.message.isEmpty())
        call.body.insert(u"commit_message"_s, update.message);
    call.what = Phrases::tr("update %1").arg(update.branch);
    for (int attempt = 1;; ++attempt) {
        const auto answer = co_await m_api.send(call);
        if (answer) {
            const QString made = shaAt(QJsonDocument::fromJson(answer->body).object(), u"sha"_s);
            co_return Result<QString>(made.isEmpty() ? update.head : made); // 204: there was nothing to do
        }
        if (answer.error().kind() == Error::Kind::Conflict) {
            Result<QString> why = co_await conflict(update);
            co_return why;
        }
        if (!mayHaveHappened(answer.error()) || attempt == kLostAnswerTries)
            co_return Result<QString>(tl::unexpect, answer.error());
        const auto head = co_await m_refs.exact(update.pipeline, u"heads/"_s + update.branch);
        if (!head || head->isEmpty())
            co_return Result<QString>(tl::unexpect, answer.error());
        const auto contained = co_await m_comparer.contains(update.pipeline, *head, update.version);
        if (contained && *contained)
            co_return head;
    }
}

/// GitHub does not say which files conflict: those that both sides changed are all that can.
Task<QString> Branches::conflict(BranchUpdate update)
{
    const auto both = co_await m_comparer.changedByBoth(update.pipeline, update.head, update.version);
    const Error error(Error::Kind::Conflict,
                      Phrases::tr("%1 cannot be updated: both sides changed the same lines.").arg(update.branch),
                      Phrases::tr("Its author merges %1 into it and settles what differs.").arg(update.version.left(7)),
                      both.value_or(QStringList()).join(u'\n'));
    co_return Result<QString>(tl::unexpect, error);
}

Task<void> Branches::remove(QString project, QString branch, QString head)
{
    const QString ref = u"heads/"_s + branch;
    const auto now = co_await m_refs.exact(project, ref);
    if (!now)
        co_return Result<void>(tl::unexpect, now.error());
    if (now->isEmpty())
        co_return Result<void>();
    if (*now != head)
        co_return Result<void>(tl::unexpect, moved(branch));
    Call call;
    call.method = "DELETE";
    call.project = project;
    call.path = u"/git/refs/"_s + segment(ref);
    call.what = Phrases::tr("delete the branch %1").arg(branch);
    const auto done = co_await m_api.send(call);
    if (done)
        co_return Result<void>();
    const auto left = co_await m_refs.exact(project, ref); // 422 is said of one that is gone, and of one that must stay
    if (left && left->isEmpty())
        co_return Result<void>();
    co_return Result<void>(tl::unexpect, done.error());
}

} // namespace Slipway::GitHub
