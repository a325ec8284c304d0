// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/board/card.h"

namespace Slipway {

/// What a card says beside its state, in words that the window, a screen reader and the command line share.
namespace CardWords {

QString ordinal(int place); ///< "2nd"
QString queuePlace(int place); ///< "2nd in the queue"; empty for 0
QString span(qint64 seconds); ///< "20 min", "5 h", "3 d": what is left, rounded down
/// "ends in 5 h"; once it was suspended at the end of its time: "shut down in 20 h". Empty without a lifetime.
QString lifetime(const std::optional<Lifetime> &lifetime, const QDateTime &now);
/// Whether the end is so near that keeping it longer is one click away.
bool endsSoon(const std::optional<Lifetime> &lifetime, const QDateTime &now);
/// "Accepted, then changed": of a verdict that another version made void; empty without one.
QString voidVerdict(const Card &card);

} // namespace CardWords

/// The card as a sentence for a screen reader: "dev3, Faster checkout totals, running, accepted, 3 commits ahead of
/// staging".
QString cardSentence(const Card &card, const QDateTime &now = QDateTime::currentDateTimeUtc());

} // namespace Slipway
