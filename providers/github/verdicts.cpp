// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/github/verdicts.h"

#include "providers/github/checkrecords.h"
#include "providers/github/githuberrors.h"
#include "providers/github/phrases.h"
#include "providers/github/reading.h"

#include <QCryptographicHash>
#include <QRegularExpression>

namespace Slipway::GitHub {

using namespace Qt::StringLiterals;

namespace {

using VerdictMap = QHash<QString, Verdict>;

constexpr qsizetype kLongestStatus = 140; ///< characters (source: REST, "Create a commit status", in practice)
constexpr qsizetype kLongestName = 60;
constexpr qsizetype kVerdictsPerQuestion = 50; ///< commits
constexpr qsizetype kMostVerdictsSingly = 30;
constexpr int kClockSkew = 3600; ///< seconds that this machine's clock may be ahead of GitHub's

// Not translated: other desktops read them.
constexpr QLatin1String kAccepted("Accepted");
constexpr QLatin1String kRefused("Changes requested");
constexpr QLatin1String kTakenBack("Taken back");

QLatin1String wordOf(VerdictState state)
{
    if (state == VerdictState::Accepted)
        return kAccepted;
    return state == VerdictState::ChangesRequested ? kRefused : kTakenBack;
}

QString statusOf(VerdictState state)
{
    if (state == VerdictState::Accepted)
        return u"success"_s;
    return state == VerdictState::ChangesRequested ? u"failure"_s : u"pending"_s;
}

QString cut(const QString &text, qsizetype most)
{
    if (text.size() <= most)
        return text;
    QString left = text.left(most - 1);
    if (left.back().isHighSurrogate())
        left.chop(1);
    return left + u'…';
}

/// The same word on the same version by the same person is the same comment.
QString markOf(const VerdictNote &note)
{
    const QString words = QStringList{note.environment, note.verdict.by, note.verdict.note}.join(u'\n');
    const QByteArray hash = QCryptographicHash::hash(words.toUtf8(), QCryptographicHash::Sha256).toHex().left(12);
    return u"verdict/%1/%2/%3"_s.arg(note.version.left(12), toString(note.verdict.state), QString::fromLatin1(hash));
}

QString commentOf(const VerdictNote &note)
{
    QString place = note.environment.isEmpty() ? QString() : u"`%1`"_s.arg(oneLine(note.environment).remove(u'`'));
    const bool web = note.address.scheme().startsWith(u"http");
    if (!place.isEmpty() && web)
        place = u"[%1](%2)"_s.arg(place, note.address.toString(QUrl::FullyEncoded));
    QString text = u"**%1** by %2"_s.arg(wordOf(note.verdict.state), oneLine(note.verdict.by));
    if (!place.isEmpty())
        text += u" in "_s + place;
    text += u" at %1."_s.arg(note.version);
    const QString said = severalLines(note.verdict.note);
    if (!said.isEmpty())
        text += u"\n\n> "_s + QString(said).replace(u'\n', u"\n> "_s);
    return text;
}

QJsonObject acceptanceIn(const QJsonArray &statuses)
{
    for (const auto &status : statuses) {
        if (isAcceptance(textAt(status.toObject(), u"context"_s)))
            return status.toObject();
    }
    return {};
}

Verdict verdictOf(const QJsonObject &status, const QString &version)
{
    Verdict verdict = verdictFrom(textAt(status, u"state"_s), textAt(status, u"description"_s));
    verdict.version = version;
    verdict.at = timeAt(status, u"createdAt"_s);
    if (!verdict.at.isValid())
        verdict.at = timeAt(status, u"created_at"_s);
    if (verdict.by.isEmpty())
        verdict.by = loginAt(status, u"creator"_s);
    return verdict;
}

} // namespace

QString describeVerdict(const Verdict &verdict)
{
    const QString by = cut(oneLine(verdict.by).replace(u": "_s, u" "_s), kLongestName);
    QString text = wordOf(verdict.state) + u" by "_s + by;
    if (const QString note = oneLine(verdict.note); !note.isEmpty())
        text += u": "_s + note;
    return cut(text, kLongestStatus);
}

Verdict verdictFrom(const QString &state, const QString &description)
{
    static const QRegularExpression shape(u"^(Accepted|Changes requested|Taken back) by (.+?)(?:: (.*))?$"_s);
    Verdict verdict;
    const Weight weight = weightOfStatus(state);
    if (weight == Weight::Good)
        verdict.state = VerdictState::Accepted;
    else if (weight == Weight::Bad)
        verdict.state = VerdictState::ChangesRequested;
    const QString line = oneLine(description);
    const auto match = shape.match(line);
    verdict.by = match.captured(2);
    verdict.note = match.hasMatch() ? match.captured(3) : line; // somebody else's tool wrote it
    return verdict;
}

Task<QHash<QString, Verdict>> Verdicts::read(QString project, QStringList versions)
{
    VerdictMap found;
    versions.removeIf([](const QString &version) { return !isFullSha(version); });
    versions.removeDuplicates();
    for (qsizetype begin = 0; begin < versions.size(); begin += kVerdictsPerQuestion) {
        const QStringList some = versions.mid(begin, kVerdictsPerQuestion);
        QString text;
        for (qsizetype at = 0; at < some.size(); ++at) {
            text += u" c%1:object(oid:\"%2\"){... on Commit{status{context(name:\"%3\"){state description createdAt "
                    "creator{login}}}}}"_s.arg(at)
                        .arg(some.at(at), kAcceptance);
        }
        const Question question{project, text, Phrases::tr("read the verdicts in %1").arg(project)};
        const auto told = co_await m_api.ask(question);
        const bool other = !told
            && (isForbidden(told.error()) || told.error().kind() == Error::Kind::RateLimited
                || told.error().kind() == Error::Kind::Server);
        if (other) {
            Result<VerdictMap> singly = co_await readSingly(project, versions);
            co_return singly;
        }
        if (!told)
            co_return Result<VerdictMap>(tl::unexpect, told.error());
        for (qsizetype at = 0; at < some.size(); ++at) {
            const QString alias = u"c%1"_s.arg(at);
            const Verdict verdict = verdictOf(objectAt(told->repository, alias + u".status.context"_s), some.at(at));
            if (verdict.state != VerdictState::None)
                found.insert(some.at(at), verdict);
        }
    }
    co_return Result<VerdictMap>(found);
}

/// The newest status of the verdict's context; empty: there is none, or no such commit.
Task<QJsonObject> Verdicts::status(QString project, QString version)
{
    Call call;
    call.project = project;
    call.path = u"/commits/%1/status"_s.arg(segment(version));
    call.what = Phrases::tr("read the verdict on %1").arg(version.left(12));
    const auto statuses = co_await m_api.list(call, u"statuses"_s);
    if (!statuses && statuses.error().kind() == Error::Kind::Invalid) // 422: no commit found
        co_return Result<QJsonObject>(QJsonObject());
    if (!statuses)
        co_return Result<QJsonObject>(tl::unexpect, statuses.error());
    co_return Result<QJsonObject>(acceptanceIn(*statuses));
}

Task<QHash<QString, Verdict>> Verdicts::readSingly(QString project, QStringList versions)
{
    VerdictMap found;
    const QStringList some = versions.mid(0, kMostVerdictsSingly);
    for (const QString &version : some) {
        const auto one = co_await status(project, version);
        if (!one)
            co_return Result<VerdictMap>(tl::unexpect, one.error());
        const Verdict verdict = verdictOf(*one, version);
        if (verdict.state != VerdictState::None)
            found.insert(version, verdict);
    }
    co_return Result<VerdictMap>(found);
}

Task<void> Verdicts::publishStatus(QString project, VerdictNote note)
{
    const QString state = statusOf(note.verdict.state);
    const QString description = describeVerdict(note.verdict);
    Call call;
    call.method = "POST";
    call.project = project;
    call.path = u"/statuses/"_s + segment(note.version);
    call.what = Phrases::tr("record the verdict on %1").arg(note.version.left(12));
    call.body = QJsonObject{{u"state"_s, state}, {u"context"_s, QString(kAcceptance)}, {u"description"_s, description}};
    if (note.address.scheme().startsWith(u"http"))
        call.body.insert(u"target_url"_s, note.address.toString(QUrl::FullyEncoded));
    for (int attempt = 1;; ++attempt) {
        const auto now = co_await status(project, note.version);
        if (!now)
            co_return Result<void>(tl::unexpect, now.error());
        const bool said = textAt(*now, u"state"_s) == state && textAt(*now, u"description"_s) == description;
        const bool nothing = now->isEmpty() && note.verdict.state == VerdictState::None;
        if (said || nothing)
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

Task<void> Verdicts::publish(QString project, VerdictNote note)
{
    const auto recorded = co_await publishStatus(project, note);
    if (!recorded || !note.number)
        co_return recorded;
    const QString mark = markOf(note);
    const QDateTime since = note.verdict.at.isValid() ? note.verdict.at.addSecs(-kClockSkew) : QDateTime();
    const auto said = co_await m_talk.say(project, *note.number, mark, commentOf(note), since);
    if (!said)
        co_return said;
    const auto reviewed = co_await publishReview(project, note, mark);
    // Not everybody may review everything; the verdict is recorded all the same.
    if (!reviewed && reviewed.error().kind() == Error::Kind::Cancelled)
        co_return reviewed;
    co_return Result<void>();
}

Task<QString> Verdicts::ownLogin()
{
    Call call;
    call.path = u"/user"_s;
    call.what = Phrases::tr("tell whose token this is");
    const auto user = co_await m_api.object(call);
    if (!user)
        co_return Result<QString>(tl::unexpect, user.error());
    co_return Result<QString>(textAt(*user, u"login"_s));
}

/// Nobody reviews a pull request of their own, and a review is of the newest commit.
Task<void> Verdicts::publishReview(QString project, VerdictNote note, QString mark)
{
    Call call;
    call.project = project;
    call.path = u"/pulls/%1"_s.arg(*note.number);
    call.what = Phrases::tr("read the pull request #%1 of %2").arg(*note.number).arg(project);
    const auto pull = co_await m_api.object(call);
    if (!pull)
        co_return Result<void>(tl::unexpect, pull.error());
    const auto login = co_await ownLogin();
    if (!login)
        co_return Result<void>(tl::unexpect, login.error());
    const bool own = textAt(*pull, u"user.login"_s).compare(*login, Qt::CaseInsensitive) == 0;
    const bool newest = shaAt(*pull, u"head.sha"_s) == note.version;
    if (own || !newest || textAt(*pull, u"state"_s) != u"open")
        co_return Result<void>();
    Result<void> done = co_await review(project, note, mark, *login);
    co_return done;
}

Task<void> Verdicts::review(QString project, VerdictNote note, QString mark, QString login)
{
    const int number = *note.number;
    const bool accepted = note.verdict.state == VerdictState::Accepted;
    Call list;
    list.project = project;
    list.path = u"/pulls/%1/reviews"_s.arg(number);
    list.what = Phrases::tr("read the reviews of #%1").arg(number);
    Call call = list;
    call.method = "POST";
    call.what = Phrases::tr("review #%1").arg(number);
    call.body = QJsonObject{{u"event"_s, accepted ? u"APPROVE"_s : u"REQUEST_CHANGES"_s},
                            {u"commit_id"_s, note.version},
                            {u"body"_s, invisibleMark(mark) + u'\n' + describeVerdict(note.verdict)}};
    for (int attempt = 1;; ++attempt) {
        const auto reviews = co_await m_api.list(list);
        if (!reviews)
            co_return Result<void>(tl::unexpect, reviews.error());
        if (note.verdict.state == VerdictState::None) {
            Result<void> taken = co_await dismiss(project, number, *reviews, login);
            co_return taken;
        }
        for (const auto &review : *reviews) {
            if (isMarked(textAt(review.toObject(), u"body"_s), mark))
                co_return Result<void>();
        }
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

/// What Slipway had said as a review stands until it is taken back there too.
Task<void> Verdicts::dismiss(QString project, int number, QJsonArray reviews, QString login)
{
    for (const auto &entry : reviews) {
        const QJsonObject review = entry.toObject();
        const QString state = textAt(review, u"state"_s);
        const bool ours = isMarkedAtAll(textAt(review, u"body"_s)) && textAt(review, u"user.login"_s) == login;
        if (!ours || (state != u"APPROVED" && state != u"CHANGES_REQUESTED"))
            continue;
        Call call;
        call.method = "PUT";
        call.project = project;
        call.path = u"/pulls/%1/reviews/%2/dismissals"_s.arg(number).arg(idAt(review, u"id"_s));
        call.body = QJsonObject{{u"message"_s, QString(kTakenBack)}};
        call.what = Phrases::tr("take the review of #%1 back").arg(number);
        const auto sent = co_await m_api.send(call);
        if (!sent)
            co_return Result<void>(tl::unexpect, sent.error());
    }
    co_return Result<void>();
}

} // namespace Slipway::GitHub
