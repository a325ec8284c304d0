// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/heroku/marks.h"

namespace Slipway::Heroku {

using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1String kOpening(" [slipway ");
constexpr qsizetype kLongestTitle = 200;

} // namespace

ConfigValues withoutMarks(const ConfigValues &values)
{
    ConfigValues rest = values;
    rest.removeIf([](const ConfigValues::iterator &value) { return value.key().startsWith(kOwnPrefix); });
    return rest;
}

QString signedTitle(const QString &title, const QString &ticket)
{
    return title.left(kLongestTitle) + kOpening + ticket + u']';
}

bool isSignedBy(const QString &description, const QString &ticket)
{
    return description.endsWith(kOpening + ticket + u']');
}

QString unsignedTitle(const QString &description)
{
    const qsizetype at = description.lastIndexOf(kOpening);
    return at >= 0 && description.endsWith(u']') ? description.left(at) : description;
}

} // namespace Slipway::Heroku
