// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/words.h"

namespace Slipway {

/// Everything a card says, worded; equal texts look the same, so this is the key of the layout cache.
struct CardText
{
    EnvironmentState state = EnvironmentState::Unknown;
    QString name;
    QString aside; ///< "Ann, 2 d"
    QString title;
    QString mark; ///< "#482", a branch, or whose laptop
    QString version;
    QString ci;
    Tone ciTone = Tone::Neutral;
    QString release; ///< "v17"
    QString distance; ///< "3 behind staging"
    QString shortDistance; ///< "3 behind"
    QString tinyDistance; ///< "↓3", where there is hardly any
    Tone distanceTone = Tone::Neutral;
    QString step; ///< in place of CI, release and distance while something runs or has failed
    Tone stepTone = Tone::Busy;
    QString queue; ///< "2nd in the queue"
    QString shortQueue; ///< "2nd", where there is hardly any room
    QString lifetime; ///< "ends in 5 h"
    Tone lifetimeTone = Tone::Neutral;
    QString keep; ///< "Keep": one click gives it more time; empty: the end is far
    Badge badge;
    QString address;
    double progress = -1; ///< 0…1; negative: no bar
    bool framed = false; ///< production

    friend bool operator==(const CardText &, const CardText &) = default;
};

CardText cardText(const Card &card);

} // namespace Slipway
