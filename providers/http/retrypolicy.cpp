// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/http/retrypolicy.h"

#include <QRandomGenerator>

#include <algorithm>

namespace Slipway {

std::chrono::milliseconds RetryPolicy::pause(int failures) const
{
    constexpr int kMostDoublings = 20; // beyond any `most`, far from an overflow
    const qint64 doubled = qint64(first.count()) << std::clamp(failures - 1, 0, kMostDoublings);
    const qint64 whole = std::min<qint64>(doubled, most.count());
    const double chance = random ? random() : QRandomGenerator::global()->generateDouble();
    return std::chrono::milliseconds(whole / 2 + qint64(double(whole - whole / 2) * std::clamp(chance, 0.0, 1.0)));
}

QDateTime RetryPolicy::currentTime() const
{
    return now ? now().toUTC() : QDateTime::currentDateTimeUtc();
}

} // namespace Slipway
