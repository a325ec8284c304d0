// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/nearmatches.h"

#include <QList>

#include <algorithm>
#include <numeric>

namespace Slipway {
namespace {

/// Insertions, deletions and replacements that make one text the other.
int editDistance(const QString &from, const QString &to)
{
    QList<int> row(to.size() + 1);
    std::iota(row.begin(), row.end(), 0);
    for (qsizetype i = 1; i <= from.size(); ++i) {
        int diagonal = row.first();
        row[0] = static_cast<int>(i);
        for (qsizetype j = 1; j <= to.size(); ++j) {
            const int replaced = diagonal + (from.at(i - 1) == to.at(j - 1) ? 0 : 1);
            diagonal = row.at(j);
            row[j] = std::min({row.at(j) + 1, row.at(j - 1) + 1, replaced});
        }
    }
    return row.last();
}

} // namespace

QStringList nearMatches(const QString &wanted, const QStringList &names)
{
    const QString lower = wanted.toLower().left(100);
    QList<std::pair<int, QString>> scored;
    for (const QString &name : names) {
        const QString candidate = name.toLower().left(100);
        const int distance = editDistance(lower, candidate);
        const bool contains = lower.size() >= 3 && (candidate.contains(lower) || lower.contains(candidate));
        if (contains || distance <= std::max<int>(2, static_cast<int>(lower.size()) / 3))
            scored << std::pair{contains ? std::min(distance, 1) : distance, name};
    }
    std::sort(scored.begin(), scored.end());
    QStringList best;
    for (const auto &[score, name] : scored) {
        if (best.size() < 3 && !best.contains(name))
            best << name;
    }
    return best;
}

} // namespace Slipway
