// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/heroku/herokuerrors.h"

#include "models/domain/plaintext.h"
#include "providers/heroku/phrases.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace Slipway::Heroku {

using namespace Qt::StringLiterals;

namespace {

using Kind = Error::Kind;

constexpr int kLongestWords = 400;

/// Heroku's own words. Pages of a proxy in between have none worth showing.
QString words(const HttpAnswer &answer)
{
    const QJsonObject body = QJsonDocument::fromJson(answer.body).object();
    return plainText(body.value(u"message"_s).toString().toUtf8()).simplified().left(kLongestWords);
}

/// What the token may do, and what would be enough, when it is that.
QString remedyFor(const HttpAnswer &answer)
{
    const QStringList has = scopesIn(answer.header("Oauth-Scope"));
    const QStringList enough = scopesIn(answer.header("Oauth-Scope-Accepted"));
    const bool may = std::any_of(has.cbegin(), has.cend(), [&](const QString &one) { return enough.contains(one); });
    if (has.isEmpty() || enough.isEmpty() || may)
        return Phrases::tr("Ask the app's owner for access, or use a token that may write protected things.");
    return Phrases::tr("Its token may do “%1”; use one with any of: %2.").arg(has.join(u", "_s), enough.join(u", "_s));
}

Error forbidden(const HttpAnswer &answer, const QString &id, const QString &what, const QString &said)
{
    if (id == u"two_factor") {
        return Error(Kind::SecondFactor, Phrases::tr("Heroku asks for your second factor before it will %1.").arg(what),
                     Phrases::tr("Give the code that your authenticator app shows now."), said);
    }
    if (id == u"suspended") {
        return Error(Kind::Blocked, Phrases::tr("Heroku did not %1: the account or the app is suspended.").arg(what),
                     Phrases::tr("Ask Heroku's support, or the owner of the app."), said);
    }
    return Error(Kind::Blocked, Phrases::tr("Heroku did not %1: this account may not do that.").arg(what),
                 remedyFor(answer), said);
}

Error invalid(const QString &id, const QString &what, const QString &said)
{
    if (id == u"verification_needed") {
        return Error(Kind::Blocked, Phrases::tr("Heroku did not %1: the account has no payment card.").arg(what),
                     Phrases::tr("Add one at dashboard.heroku.com, under Billing, and try again."), said);
    }
    return Error(Kind::Invalid, Phrases::tr("Heroku did not %1: %2").arg(what, said.isEmpty() ? id : said),
                 Phrases::tr("Put right what Heroku names, then try again."));
}

} // namespace

QStringList scopesIn(const QByteArray &header)
{
    QStringList scopes = plainText(header).replace(u',', u' ').split(u' ', Qt::SkipEmptyParts);
    scopes.removeDuplicates();
    return scopes;
}

QString refusalId(const HttpAnswer &answer)
{
    return QJsonDocument::fromJson(answer.body).object().value(u"id"_s).toString();
}

Error refusal(const HttpAnswer &answer, const QString &what)
{
    const QString id = refusalId(answer);
    const QString said = words(answer);
    switch (answer.status) {
    case 401:
        return Error(Kind::Unauthorized, Phrases::tr("Heroku does not accept this account's token (any more)."),
                     Phrases::tr("Sign in again: give the account a new token."), said);
    case 402:
        return Error(Kind::Blocked, Phrases::tr("Heroku did not %1: the account's bills are not paid.").arg(what),
                     Phrases::tr("Settle them at dashboard.heroku.com, under Billing, and try again."), said);
    case 403:
        return forbidden(answer, id, what, said);
    case 404:
        return Error(
            Kind::NotFound,
            Phrases::tr("Heroku did not %1: there is no such thing, or this account may not see it.").arg(what),
            Phrases::tr("It may have been renamed or deleted meanwhile."), said);
    case 409:
    case 412:
        return Error(
            Kind::Conflict,
            Phrases::tr("Heroku did not %1: something else is under way there, or it changed meanwhile.").arg(what),
            Phrases::tr("Look at it again, then try once more."), said);
    case 410:
        return Error(Kind::NotFound, Phrases::tr("Heroku did not %1: it is gone.").arg(what),
                     Phrases::tr("Somebody deleted it meanwhile: look at the board again."), said);
    case 422:
        return invalid(id, what, said);
    case 423:
        return Error(Kind::Conflict, Phrases::tr("Heroku did not %1: it wants to be asked twice.").arg(what),
                     Phrases::tr("Do this one in Heroku's dashboard."), said);
    case 429:
        return Error(
            Kind::RateLimited, Phrases::tr("Heroku did not %1: this account asked too much within the hour.").arg(what),
            Phrases::tr(
                "Other tools use the same account's allowance. It refills by itself; try again in some minutes."),
            said);
    default:
        break;
    }
    if (answer.status >= 500) {
        return Error(Kind::Server,
                     Phrases::tr("Heroku did not %1: it has trouble of its own (%2).").arg(what).arg(answer.status),
                     Phrases::tr("See status.heroku.com; try again when it is over."), said);
    }
    return Error(Kind::Server, Phrases::tr("Heroku did not %1 (%2).").arg(what).arg(answer.status),
                 Phrases::tr("Try again; see status.heroku.com if it stays so."), said);
}

} // namespace Slipway::Heroku
