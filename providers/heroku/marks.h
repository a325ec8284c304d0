// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/change.h"

#include <QMap>
#include <QString>

/// What Slipway leaves at Heroku so that every desktop of a team, and Slipway itself after a crash, knows what it did.
/// There is no better place: an app has no free fields but its config.
namespace Slipway::Heroku {

inline constexpr QLatin1String kOwnPrefix("SLIPWAY_");
/// "shop-staging v12 <ticket>": what an app was cloned from, and by which step of which operation.
inline constexpr QLatin1String kClonedFromKey("SLIPWAY_CLONED_FROM");
/// "web=2:standard-1x worker=1:standard-1x": what ran before the app was suspended.
inline constexpr QLatin1String kSuspendedKey("SLIPWAY_SUSPENDED");

using ConfigValues = QMap<QString, QString>;

/// Of a ticket: "<operation>.<step>", and ".<attempt>" from the second on.
QString operationOf(const QString &ticket);
bool isRetry(const QString &ticket);

/// Without Slipway's own keys.
ConfigValues withoutMarks(const ConfigValues &values);

/// As withoutMarks(), with the addresses of add-ons, which hold a password, made equal: each app has its own, so that
/// the difference says nothing.
ConfigValues comparable(const ConfigValues &values);

/// "Faster totals [slipway 6f1c….2 branch=totals number=482 author=Ada]": a build's description that holds the step
/// that asked for it and what the slug carries from then on to each app that it is promoted to.
QString signedTitle(const Change &change, const QString &ticket);
bool isSignedBy(const QString &description, const QString &ticket);
/// Whether another attempt of the same step of the same operation asked for it.
bool isSignedByStepOf(const QString &description, const QString &ticket);
/// What a description tells of the change: of anybody's its words as the title.
Change describedChange(const QString &description);

} // namespace Slipway::Heroku
