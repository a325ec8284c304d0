// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/change.h"

namespace Slipway {

/// What is said of an open change, in words that the window and a screen reader share.
namespace ChangeWords {

/// What stands for or against a change, what stands in its way first.
enum class Standing {
    Conflicts,
    Draft,
    CiFailed,
    ChangesRequested,
    CiRunning,
    ReviewDue,
    Approved,
    CiPassed,
};

QList<Standing> standing(const Change &change);
bool hasStanding(const Change &change); ///< standing() has something
QString word(Standing standing); ///< "Changes requested": beside its sign
QString commits(const Change &change); ///< "3 commits ahead, 1 behind"; empty when level or unknown
/// What who picks it up should know: "a draft that conflicts with main"; empty: nothing.
QString caution(const Change &change);
/// The whole of it for a screen reader: "Gift cards, #488, by Lena, updated 5 h ago, 3 commits ahead, a draft,
/// conflicts with main, approved, CI failed, 2 of 14 jobs, no dev environment yet".
QString sentence(const Change &change, const QString &carrier, const QDateTime &now);

} // namespace ChangeWords

} // namespace Slipway
