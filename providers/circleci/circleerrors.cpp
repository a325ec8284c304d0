// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/circleci/circleerrors.h"

#include "providers/circleci/fields.h"
#include "providers/circleci/phrases.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace Slipway::CircleCi {

using namespace Qt::StringLiterals;
using Kind = Error::Kind;

Error refusal(const HttpAnswer &answer, const QString &what)
{
    const QString said = oneLine(QJsonDocument::fromJson(answer.body).object().value(u"message"_s).toString());
    switch (answer.status) {
    case 401:
        return Error(Kind::Unauthorized, Phrases::tr("CircleCI does not accept this account's token (any more)."),
                     Phrases::tr("Give the account a new personal API token; tokens of a project do not work."), said);
    case 403:
        return Error(Kind::Blocked, Phrases::tr("CircleCI did not %1: this token may not do that.").arg(what),
                     Phrases::tr("Use a token that may write, or ask an owner of the organisation at CircleCI."), said);
    case 404:
        return Error(Kind::NotFound,
                     Phrases::tr("CircleCI did not %1: it is not set up or not visible to this token.").arg(what),
                     Phrases::tr("Look at CircleCI whether the project is set up there, and whether whoever made the "
                                 "token may see it. A project is called like gh/acme/shop."),
                     said);
    case 409:
        return Error(Kind::Conflict, Phrases::tr("CircleCI did not %1: it changed meanwhile.").arg(what),
                     Phrases::tr("Look at it again, then try once more."), said);
    case 400:
    case 422:
        return Error(Kind::Invalid,
                     said.isEmpty() ? Phrases::tr("CircleCI did not %1: it takes the request for wrong.").arg(what)
                                    : Phrases::tr("CircleCI did not %1: %2").arg(what, said),
                     Phrases::tr("Look at it again; it may have changed meanwhile."));
    case 429:
        return Error(Kind::RateLimited, Phrases::tr("CircleCI did not %1: too much was asked of it.").arg(what),
                     Phrases::tr("Try again in a minute."), said);
    default:
        break;
    }
    if (answer.status >= 500) {
        return Error(Kind::Server,
                     Phrases::tr("CircleCI did not %1: it has trouble of its own (%2).").arg(what).arg(answer.status),
                     Phrases::tr("See status.circleci.com; try again when it is over."), said);
    }
    return Error(Kind::Server, Phrases::tr("CircleCI did not %1 (%2).").arg(what).arg(answer.status),
                 Phrases::tr("Try again; see status.circleci.com if it stays so."), said);
}

Error unreadable(const QString &what)
{
    return Error(Kind::BadPayload, Phrases::tr("CircleCI's answer cannot be understood (to %1).").arg(what),
                 Phrases::tr("Try again; a proxy in between may have answered instead of CircleCI."));
}

Error noToken()
{
    return Error(Kind::Unauthorized, Phrases::tr("There is no token for this CircleCI account."),
                 Phrases::tr("Sign in: give the account a personal API token."));
}

} // namespace Slipway::CircleCi
