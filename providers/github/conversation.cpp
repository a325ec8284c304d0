// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/github/conversation.h"

#include "providers/github/phrases.h"
#include "providers/github/reading.h"

namespace Slipway::GitHub {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMostCommentPages = 30; ///< of a hundred comments
constexpr qsizetype kLongest = 60000; ///< characters; GitHub takes 65,536
constexpr QLatin1String kOpening("<!-- slipway:");

QString sinceText(const QDateTime &since)
{
    return since.toUTC().toString(u"yyyy-MM-ddThh:mm:ssZ"_s);
}

QString bodyOf(const QString &mark, const QString &text)
{
    return invisibleMark(mark) + u'\n' + text.left(kLongest);
}

} // namespace

QString invisibleMark(const QString &mark)
{
    return kOpening + QString::fromLatin1(QUrl::toPercentEncoding(mark, "/")) + u" -->"_s; // no ">" is left in it
}

bool isMarked(const QString &text, const QString &mark)
{
    return text.contains(invisibleMark(mark));
}

bool isMarkedAtAll(const QString &text)
{
    return text.contains(kOpening);
}

Task<Conversation::Said> Conversation::find(QString project, int number, QString mark, QDateTime since)
{
    Call call;
    call.project = project;
    call.path = u"/issues/%1/comments"_s.arg(number);
    call.what = Phrases::tr("read the comments of #%1").arg(number);
    if (since.isValid())
        call.query.addQueryItem(u"since"_s, sinceText(since));
    const auto said = co_await m_api.list(call, QString(), kMostCommentPages);
    if (!said)
        co_return Result<Said>(tl::unexpect, said.error());
    for (const auto &entry : *said) {
        const QJsonObject comment = entry.toObject();
        const Said found{idAt(comment, u"id"_s), textAt(comment, u"body"_s)};
        if (isMarked(found.text, mark))
            co_return Result<Said>(found);
    }
    co_return Result<Said>(Said());
}

Task<bool> Conversation::wasSaid(QString project, int number, QString mark, QDateTime since)
{
    const auto found = co_await find(project, number, mark, since);
    if (!found)
        co_return Result<bool>(tl::unexpect, found.error());
    co_return Result<bool>(!found->id.isEmpty());
}

Task<void> Conversation::sayNow(QString project, int number, QString mark, QString text)
{
    const QDateTime ever;
    const auto found = co_await find(project, number, mark, ever);
    if (!found)
        co_return Result<void>(tl::unexpect, found.error());
    if (found->id.isEmpty()) {
        Result<void> said = co_await say(project, number, mark, text, ever);
        co_return said;
    }
    const QString body = bodyOf(mark, text);
    if (found->text == body)
        co_return Result<void>();
    Call call;
    call.method = "PATCH";
    call.project = project;
    call.path = u"/issues/comments/"_s + found->id;
    call.what = Phrases::tr("comment on #%1").arg(number);
    call.body = QJsonObject{{u"body"_s, body}};
    call.repeatable = true;
    const auto changed = co_await m_api.send(call);
    co_return changed ? Result<void>() : Result<void>(tl::unexpect, changed.error());
}

Task<void> Conversation::say(QString project, int number, QString mark, QString text, QDateTime since)
{
    Call call;
    call.method = "POST";
    call.project = project;
    call.path = u"/issues/%1/comments"_s.arg(number);
    call.what = Phrases::tr("comment on #%1").arg(number);
    call.body = QJsonObject{{u"body"_s, bodyOf(mark, text)}};
    for (int attempt = 1;; ++attempt) {
        const auto there = co_await wasSaid(project, number, mark, since);
        if (!there)
            co_return Result<void>(tl::unexpect, there.error());
        if (*there)
            co_return Result<void>();
        const auto sent = co_await m_api.send(call);
        if (sent)
            co_return Result<void>();
        if (!mayHaveHappened(sent.error()) || attempt == kLostAnswerTries)
            co_return Result<void>(tl::unexpect, sent.error());
        const auto waited = co_await m_api.pause();
        if (!waited)
            co_return Result<void>(tl::unexpect, waited.error());
    }
}

Task<QList<Comment>> Conversation::comments(QString project, QDateTime since)
{
    using Comments = QList<Comment>;
    Call call;
    call.project = project;
    call.path = u"/issues/comments"_s;
    call.query.addQueryItem(u"sort"_s, u"updated"_s);
    call.query.addQueryItem(u"direction"_s, u"asc"_s);
    if (since.isValid())
        call.query.addQueryItem(u"since"_s, sinceText(since));
    call.what = Phrases::tr("read what was said in %1").arg(project);
    const auto said = co_await m_api.list(call, QString(), kMostCommentPages);
    if (!said)
        co_return Result<Comments>(tl::unexpect, said.error());
    const QDateTime begin = since.isValid() ? QDateTime::fromString(sinceText(since), Qt::ISODate) : QDateTime();
    Comments comments;
    for (const auto &entry : *said) {
        const QJsonObject one = entry.toObject();
        const QString body = textAt(one, u"body"_s);
        Comment comment;
        comment.id = idAt(one, u"id"_s);
        comment.number = textAt(one, u"issue_url"_s).section(u'/', -1).toInt();
        comment.by = loginAt(one, u"user"_s);
        comment.text = severalLines(body);
        comment.at = timeAt(one, u"created_at"_s);
        const bool onPull = textAt(one, u"html_url"_s).contains("/pull/"_L1); // issues have comments as well
        const bool edited = begin.isValid() && comment.at < begin; // and was said before
        if (onPull && !edited && comment.number > 0 && !comment.id.isEmpty() && !isMarkedAtAll(body))
            comments.append(comment);
    }
    std::stable_sort(comments.begin(), comments.end(),
                     [](const Comment &a, const Comment &b) { return a.id.toLongLong() < b.id.toLongLong(); });
    co_return Result<Comments>(comments);
}

} // namespace Slipway::GitHub
