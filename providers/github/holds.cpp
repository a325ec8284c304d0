// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/github/holds.h"

#include "models/domain/json.h"
#include "providers/github/githuberrors.h"
#include "providers/github/phrases.h"
#include "providers/github/reading.h"

#include <QJsonDocument>

namespace Slipway::GitHub {

using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1String kEmptyTree("4b825dc642cb6eb9a060e54bf8d69288fbee4904"); ///< git's own, in every repository

QString refOf(const QString &pipeline)
{
    return u"slipway/hold/"_s + pipeline;
}

/// As it comes back: one line, milliseconds.
Hold asWritten(const Hold &hold)
{
    return holdFrom(holdMessage({}, hold), {}, {});
}

bool isSame(const Hold &found, const Hold &given)
{
    const Hold other = asWritten(given);
    return found.by == other.by && found.reason == other.reason && found.since == other.since;
}

Error taken(const Hold &hold)
{
    const QString message = hold.reason.isEmpty() ? Phrases::tr("%1 has staging.").arg(hold.by)
                                                  : Phrases::tr("%1 has staging: %2").arg(hold.by, hold.reason);
    return Error(Error::Kind::Conflict, message, Phrases::tr("Wait, ask, or take it over."));
}

Error moved()
{
    return Error(Error::Kind::Conflict, Phrases::tr("Somebody took or gave back staging at this moment."),
                 Phrases::tr("Look at it again, then try once more."));
}

} // namespace

QString holdMessage(const QString &pipeline, const Hold &hold)
{
    QJsonObject json{{u"slipway"_s, u"hold"_s},
                     {u"pipeline"_s, pipeline},
                     {u"by"_s, hold.by},
                     {u"reason"_s, hold.reason},
                     {u"since"_s, toIso(hold.since)}};
    if (hold.until.isValid())
        json.insert(u"until"_s, toIso(hold.until));
    if (hold.afterRollBack)
        json.insert(u"after_roll_back"_s, true);
    const QByteArray text = QJsonDocument(json).toJson(QJsonDocument::Compact);
    return u"%1 has staging of %2\n\n%3\n"_s.arg(oneLine(hold.by), pipeline, QString::fromUtf8(text));
}

Hold holdFrom(const QString &message, const QString &author, const QDateTime &at)
{
    const QJsonObject json = QJsonDocument::fromJson(message.section(u"\n\n"_s, 1).trimmed().toUtf8()).object();
    Hold hold;
    hold.by = lineAt(json, u"by"_s);
    hold.reason = lineAt(json, u"reason"_s);
    hold.since = fromIso(textAt(json, u"since"_s));
    hold.until = fromIso(textAt(json, u"until"_s));
    hold.afterRollBack = flagAt(json, u"after_roll_back"_s);
    if (json.isEmpty())
        hold.reason = oneLine(message.section(u'\n', 0, 0));
    if (hold.by.isEmpty())
        hold.by = author;
    if (!hold.since.isValid())
        hold.since = at;
    return hold;
}

Task<Holds::Found> Holds::find(QString project, QString pipeline)
{
    Found found;
    // As a list: that there is none can be kept then, and costs nothing the next time.
    Call refs;
    refs.project = project;
    refs.path = u"/git/matching-refs/"_s + segment(refOf(pipeline));
    refs.what = Phrases::tr("read who has staging of %1").arg(pipeline);
    const auto listed = co_await m_api.list(refs);
    if (!listed)
        co_return Result<Found>(tl::unexpect, listed.error());
    for (const auto &entry : *listed) { // those of pipelines whose names go on from this one too
        if (textAt(entry.toObject(), u"ref"_s) == u"refs/"_s + refOf(pipeline))
            found.sha = shaAt(entry.toObject(), u"object.sha"_s);
    }
    if (found.sha.isEmpty())
        co_return Result<Found>(found);
    Call call;
    call.project = project;
    call.path = u"/git/commits/"_s + found.sha;
    call.what = Phrases::tr("read who has staging of %1").arg(pipeline);
    const auto commit = co_await m_api.object(call);
    if (!commit)
        co_return Result<Found>(tl::unexpect, commit.error());
    found.hold =
        holdFrom(textAt(*commit, u"message"_s), lineAt(*commit, u"author.name"_s), timeAt(*commit, u"author.date"_s));
    co_return Result<Found>(found);
}

Task<std::optional<Hold>> Holds::read(QString project, QString pipeline)
{
    const auto found = co_await find(project, pipeline);
    if (!found)
        co_return Result<std::optional<Hold>>(tl::unexpect, found.error());
    if (found->sha.isEmpty())
        co_return Result<std::optional<Hold>>(std::nullopt);
    co_return Result<std::optional<Hold>>(found->hold);
}

Task<QString> Holds::commitOn(QString project, QString message, QString parent, QString tree)
{
    Call call;
    call.method = "POST";
    call.project = project;
    call.path = u"/git/commits"_s;
    call.what = Phrases::tr("take staging");
    call.repeatable = true; // a commit that nothing points to does nothing
    const QJsonArray parents = parent.isEmpty() ? QJsonArray() : QJsonArray{parent};
    call.body = QJsonObject{{u"message"_s, message}, {u"tree"_s, tree}, {u"parents"_s, parents}};
    const auto made = co_await m_api.object(call);
    if (!made)
        co_return Result<QString>(tl::unexpect, made.error());
    const QString sha = shaAt(*made, u"sha"_s);
    if (sha.isEmpty())
        co_return Result<QString>(tl::unexpect, unreadable(call.what));
    co_return Result<QString>(sha);
}

/// Of the newest commit of the main branch.
Task<QString> Holds::anyTree(QString project)
{
    const auto repository = co_await m_refs.repository(project);
    if (!repository)
        co_return Result<QString>(tl::unexpect, repository.error());
    Call call;
    call.project = project;
    call.path = u"/commits/"_s + segment(textAt(*repository, u"default_branch"_s));
    call.query.addQueryItem(u"per_page"_s, u"1"_s);
    call.what = Phrases::tr("read the main branch of %1").arg(project);
    const auto commit = co_await m_api.object(call);
    if (!commit)
        co_return Result<QString>(tl::unexpect, commit.error());
    co_return Result<QString>(shaAt(*commit, u"commit.tree.sha"_s));
}

/// On the empty tree, which no repository need have stored; where GitHub misses it, on the main branch's.
Task<QString> Holds::commit(QString project, QString message, QString parent)
{
    Result<QString> made = co_await commitOn(project, message, parent, kEmptyTree);
    const bool missing =
        !made && (made.error().kind() == Error::Kind::Invalid || made.error().kind() == Error::Kind::NotFound);
    if (!missing)
        co_return made;
    const auto tree = co_await anyTree(project);
    if (!tree)
        co_return tree;
    made = co_await commitOn(project, message, parent, *tree);
    co_return made;
}

/// Makes the ref, or moves it from the commit it was at. Neither happens to a ref that somebody else made or moved
/// meanwhile.
Task<void> Holds::place(QString project, QString pipeline, QString made, QString before)
{
    Call call;
    call.project = project;
    call.what = Phrases::tr("take staging");
    call.repeatable = false;
    if (before.isEmpty()) {
        call.method = "POST";
        call.path = u"/git/refs"_s;
        call.body = QJsonObject{{u"ref"_s, u"refs/"_s + refOf(pipeline)}, {u"sha"_s, made}};
    } else {
        call.method = "PATCH";
        call.path = u"/git/refs/"_s + segment(refOf(pipeline));
        call.body = QJsonObject{{u"sha"_s, made}, {u"force"_s, false}};
    }
    for (int attempt = 1;; ++attempt) {
        const auto sent = co_await m_api.send(call);
        if (sent)
            co_return Result<void>();
        const bool refused =
            sent.error().kind() == Error::Kind::Invalid || sent.error().kind() == Error::Kind::Conflict;
        if (!refused && !mayHaveHappened(sent.error()))
            co_return Result<void>(tl::unexpect, sent.error());
        const auto now = co_await find(project, pipeline);
        if (!now)
            co_return Result<void>(tl::unexpect, now.error());
        if (now->sha == made)
            co_return Result<void>();
        if (now->sha != before)
            co_return Result<void>(tl::unexpect, now->sha.isEmpty() ? moved() : taken(now->hold));
        if (refused || attempt == kLostAnswerTries)
            co_return Result<void>(tl::unexpect, sent.error());
        const auto waited = co_await m_api.pause();
        if (!waited)
            co_return Result<void>(tl::unexpect, waited.error());
    }
}

Task<void> Holds::take(QString project, QString pipeline, Hold hold, std::optional<Hold> instead)
{
    const auto now = co_await find(project, pipeline);
    if (!now)
        co_return Result<void>(tl::unexpect, now.error());
    if (!now->sha.isEmpty()) {
        if (now->hold == asWritten(hold))
            co_return Result<void>(); // an earlier attempt took it
        const bool mine = now->hold.by == oneLine(hold.by);
        const bool over = now->hold.isOver(QDateTime::currentDateTimeUtc());
        const bool seen = instead && isSame(now->hold, *instead);
        if (!seen && (instead || !(mine || over)))
            co_return Result<void>(tl::unexpect, taken(now->hold));
    }
    const auto made = co_await commit(project, holdMessage(pipeline, hold), now->sha);
    if (!made)
        co_return Result<void>(tl::unexpect, made.error());
    Result<void> placed = co_await place(project, pipeline, *made, now->sha);
    co_return placed;
}

Task<void> Holds::release(QString project, QString pipeline, Hold hold)
{
    for (int attempt = 1;; ++attempt) {
        const auto now = co_await find(project, pipeline);
        if (!now)
            co_return Result<void>(tl::unexpect, now.error());
        if (now->sha.isEmpty())
            co_return Result<void>();
        if (!isSame(now->hold, hold))
            co_return Result<void>(tl::unexpect, taken(now->hold));
        Call call;
        call.method = "DELETE";
        call.project = project;
        call.path = u"/git/refs/"_s + segment(refOf(pipeline));
        call.what = Phrases::tr("give staging back");
        call.repeatable = false; // the second time it may be somebody else's
        const auto sent = co_await m_api.send(call);
        if (sent)
            co_return Result<void>();
        const bool again = mayHaveHappened(sent.error()) || sent.error().kind() == Error::Kind::Invalid; // 422: gone
        if (!again || attempt == kLostAnswerTries)
            co_return Result<void>(tl::unexpect, sent.error());
        const auto waited = co_await m_api.pause();
        if (!waited)
            co_return Result<void>(tl::unexpect, waited.error());
    }
}

} // namespace Slipway::GitHub
