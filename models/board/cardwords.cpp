// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/board/cardwords.h"

#include <QCoreApplication>

namespace Slipway {

namespace {

struct CardWordsTr
{
    Q_DECLARE_TR_FUNCTIONS(Slipway::CardWords)
};

constexpr qint64 kMinute = 60;
constexpr qint64 kHour = 60 * kMinute;
constexpr qint64 kDay = 24 * kHour;

} // namespace

QString CardWords::ordinal(int place)
{
    const bool teen = place % 100 >= 11 && place % 100 <= 13;
    const int last = teen ? 0 : place % 10;
    return last == 1 ? CardWordsTr::tr("%1st").arg(place)
        : last == 2  ? CardWordsTr::tr("%1nd").arg(place)
        : last == 3  ? CardWordsTr::tr("%1rd").arg(place)
                     : CardWordsTr::tr("%1th").arg(place);
}

QString CardWords::queuePlace(int place)
{
    return place > 0 ? CardWordsTr::tr("%1 in the queue").arg(ordinal(place)) : QString();
}

QString CardWords::span(qint64 seconds)
{
    if (seconds < kHour)
        return CardWordsTr::tr("%1 min").arg(seconds / kMinute);
    if (seconds < 2 * kDay)
        return CardWordsTr::tr("%1 h").arg(seconds / kHour);
    return CardWordsTr::tr("%1 d").arg(seconds / kDay);
}

QString CardWords::lifetime(const std::optional<Lifetime> &lifetime, const QDateTime &now)
{
    if (!lifetime)
        return {};
    if (lifetime->shutDownAt.isValid()) {
        const qint64 left = now.secsTo(lifetime->shutDownAt);
        return left < kMinute ? CardWordsTr::tr("shut down any moment")
                              : CardWordsTr::tr("shut down in %1").arg(span(left));
    }
    const qint64 left = now.secsTo(lifetime->ends);
    return left < kMinute ? CardWordsTr::tr("ends any moment") : CardWordsTr::tr("ends in %1").arg(span(left));
}

bool CardWords::endsSoon(const std::optional<Lifetime> &lifetime, const QDateTime &now)
{
    return lifetime && (lifetime->shutDownAt.isValid() || now.secsTo(lifetime->ends) <= kDay);
}

QString CardWords::voidVerdict(const Card &card)
{
    if (!card.verdictVoid())
        return {};
    switch (card.earlier.state) {
    case VerdictState::Accepted:
        return CardWordsTr::tr("Accepted, then changed");
    case VerdictState::ChangesRequested:
        return CardWordsTr::tr("Changed, look again");
    case VerdictState::None:
        break;
    }
    return CardWordsTr::tr("Not verified since it changed");
}

} // namespace Slipway
