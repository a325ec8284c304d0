// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/github/githuberrors.h"

#include "providers/github/phrases.h"
#include "providers/github/reading.h"

#include <QJsonDocument>
#include <QRegularExpression>

namespace Slipway::GitHub {

using namespace Qt::StringLiterals;

namespace {

using Kind = Error::Kind;

constexpr int kLongestWords = 400;

QString headerOf(const HttpAnswer &answer, QByteArrayView name)
{
    return oneLine(QString::fromUtf8(answer.header(name)));
}

/// One entry of "errors": an object, or a plain string (reviews, refs).
QString wordsOf(const QJsonValue &entry)
{
    if (entry.isString())
        return oneLine(entry.toString());
    const QJsonObject error = entry.toObject();
    const QString message = lineAt(error, u"message"_s);
    if (!message.isEmpty())
        return message;
    return QStringList{lineAt(error, u"field"_s), lineAt(error, u"code"_s)}.join(u' ').trimmed().replace(u'_', u' ');
}

/// "acme wants …": the address that GitHub tells is opened by a person, and only when it is one.
Error signOn(const HttpAnswer &answer, const QString &what, const QString &said)
{
    static const QRegularExpression place(u"url=(https://[^\\s;]+)"_s);
    const auto match = place.match(QString::fromLatin1(answer.header("X-GitHub-SSO")));
    const QString remedy = match.hasMatch()
        ? Phrases::tr("Open %1 and authorise the token for the organisation.").arg(match.captured(1))
        : Phrases::tr("Open github.com/settings/tokens and authorise the token for the organisation.");
    return Error(Kind::Blocked,
                 Phrases::tr("GitHub did not %1: the organisation wants this token authorised by single sign-on first.")
                     .arg(what),
                 remedy, said);
}

/// What the token lacks: "contents=read" of a fine-grained one, "repo" of a classic one; empty when it is not told.
QString missingRight(const HttpAnswer &answer)
{
    const QString wanted = headerOf(answer, "X-Accepted-GitHub-Permissions");
    if (!wanted.isEmpty()) {
        QStringList rights = wanted.split(u';', Qt::SkipEmptyParts);
        for (QString &right : rights)
            right = right.trimmed().replace(u'=', u": "_s).replace(u'_', u' ');
        return Phrases::tr("the permission %1").arg(rights.join(Phrases::tr(" or ")));
    }
    const QString accepted = headerOf(answer, "X-Accepted-OAuth-Scopes");
    const QStringList granted = headerOf(answer, "X-OAuth-Scopes").split(u',', Qt::SkipEmptyParts);
    const QStringList enough = accepted.split(u',', Qt::SkipEmptyParts);
    if (enough.isEmpty())
        return {};
    for (const QString &scope : enough) {
        for (const QString &one : granted) {
            if (one.trimmed() == scope.trimmed())
                return {}; // the token has what it takes: it is the person who may not
        }
    }
    return Phrases::tr("the scope %1").arg(enough.constFirst().trimmed());
}

Error forbidden(const HttpAnswer &answer, const QString &what, const QString &said)
{
    if (!answer.header("X-GitHub-SSO").isEmpty())
        return signOn(answer, what, said);
    if (said.contains("archived"_L1, Qt::CaseInsensitive)) {
        return Error(Kind::Blocked, Phrases::tr("GitHub did not %1: the repository is archived.").arg(what),
                     Phrases::tr("An owner of the repository can unarchive it at GitHub."), said);
    }
    const QString right = missingRight(answer);
    if (said.contains("not accessible by"_L1, Qt::CaseInsensitive) || (said.isEmpty() && !right.isEmpty())) {
        const QString remedy = right.isEmpty()
            ? Phrases::tr("Give the account a token that may, or ask an owner of the repository.")
            : Phrases::tr("It needs %1: change the token at github.com, under Settings, Developer settings.")
                  .arg(right);
        return Error(Kind::Blocked, Phrases::tr("GitHub did not %1: this token may not do that.").arg(what), remedy,
                     said);
    }
    return Error(Kind::Blocked,
                 said.isEmpty() ? Phrases::tr("GitHub did not %1: this account may not do that.").arg(what)
                                : Phrases::tr("GitHub did not %1: %2").arg(what, said),
                 Phrases::tr("Ask an owner of the repository for access, or use a token of somebody who has it."),
                 said);
}

Error absent(const HttpAnswer &answer, const QString &what, const QString &said)
{
    const QString right = missingRight(answer);
    const QString remedy = right.isEmpty() || !answer.header("X-Accepted-GitHub-Permissions").isEmpty()
        ? Phrases::tr("It may have been renamed or deleted; or the token was not given this repository.")
        : Phrases::tr("It may have been renamed or deleted; or the token lacks %1.").arg(right);
    return Error(Kind::NotFound,
                 Phrases::tr("GitHub did not %1: it is not there, or not visible to this token.").arg(what), remedy,
                 said);
}

Error limited(const QString &what, const QString &said)
{
    return Error(
        Kind::RateLimited, Phrases::tr("GitHub did not %1: this account asked too much within the hour.").arg(what),
        Phrases::tr("Other tools use the same account's allowance. It refills by itself; try again in some minutes."),
        said);
}

Error troubled(const QString &what, const QString &why, const QString &said)
{
    return Error(Kind::Server, Phrases::tr("GitHub did not %1: it has trouble of its own (%2).").arg(what, why),
                 Phrases::tr("See githubstatus.com; try again when it is over."), said);
}

QString withStop(const QString &said)
{
    return said.endsWith(u'.') || said.endsWith(u'!') || said.isEmpty() ? said : said + u'.';
}

} // namespace

QString saidBy(const HttpAnswer &answer)
{
    const QJsonObject body = QJsonDocument::fromJson(answer.body).object();
    QStringList words;
    const QJsonArray errors = body.value(u"errors"_s).toArray();
    for (const auto &error : errors) {
        if (const QString one = wordsOf(error); !one.isEmpty())
            words.append(one);
    }
    const QString message = lineAt(body, u"message"_s);
    const bool empty = message == u"Validation Failed" || message == u"Unprocessable Entity";
    if (!message.isEmpty() && !(empty && !words.isEmpty()))
        words.prepend(message);
    return words.join(u"; "_s).left(kLongestWords);
}

Error refusal(const HttpAnswer &answer, const QString &what)
{
    const QString said = saidBy(answer);
    switch (answer.status) {
    case 401:
        return Error(Kind::Unauthorized, Phrases::tr("GitHub does not accept this account's token (any more)."),
                     Phrases::tr("It may have expired or been revoked: give the account a new token."), said);
    case 403:
        return forbidden(answer, what, withStop(said));
    case 404:
        return absent(answer, what, said);
    case 409:
        return Error(Kind::Conflict, Phrases::tr("GitHub did not %1: %2").arg(what, withStop(said)),
                     Phrases::tr("Somebody may have changed it meanwhile: look at it again, then try once more."),
                     said);
    case 410:
        return Error(Kind::NotFound,
                     Phrases::tr("GitHub did not %1: that is switched off there, or gone for good.").arg(what),
                     Phrases::tr("If it concerns everything, Slipway is too old for GitHub: update it."), said);
    case 405:
    case 422:
        return Error(answer.status == 405 ? Kind::Blocked : Kind::Invalid,
                     Phrases::tr("GitHub did not %1: %2").arg(what, withStop(said)),
                     Phrases::tr("Put right what GitHub names, then try again."), said);
    case 429:
        return limited(what, said);
    default:
        break;
    }
    if (answer.status >= 500)
        return troubled(what, QString::number(answer.status), said);
    return Error(Kind::Server, Phrases::tr("GitHub did not %1 (%2).").arg(what).arg(answer.status),
                 Phrases::tr("Try again; see githubstatus.com if it stays so."), said);
}

Error graphRefusal(const QJsonArray &errors, const QString &what)
{
    const QJsonObject first = errors.at(0).toObject();
    const QString type = textAt(first, u"type"_s);
    const QString said = lineAt(first, u"message"_s).left(kLongestWords);
    if (type == u"RATE_LIMITED" || type == u"RATE_LIMIT")
        return limited(what, said);
    if (type == u"NOT_FOUND")
        return absent({}, what, said);
    if (type == u"FORBIDDEN" || type == u"INSUFFICIENT_SCOPES") {
        return Error(Kind::Blocked, Phrases::tr("GitHub did not %1: this token may not do that.").arg(what),
                     Phrases::tr("Give the account a token that may, or ask an owner of the repository."), said);
    }
    return troubled(what, type.isEmpty() ? Phrases::tr("an error") : oneLine(type), said);
}

Error unreadable(const QString &what)
{
    return Error(Kind::BadPayload, Phrases::tr("GitHub's answer cannot be understood (to %1).").arg(what),
                 Phrases::tr("Try again; a proxy in between may have answered instead of GitHub."));
}

bool isForbidden(const Error &error)
{
    return error.kind() == Kind::Blocked || error.kind() == Kind::Unsupported;
}

} // namespace Slipway::GitHub
