// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace Slipway {

/// What a clone brings along and what it costs, to be seen before it is made.
struct CloneOffer
{
    struct Addon
    {
        QString plan; ///< "heroku-postgresql:essential-0"
        QString price; ///< "$5.00 a month"; empty: not known
        bool shared = false; ///< another environment's: it is not given to the clone
        friend bool operator==(const Addon &, const Addon &) = default;
    };
    QList<Addon> addons;
    QStringList leftOut; ///< config keys that lead into the original's databases
    QStringList rewritten; ///< config keys that named the original's address
    QStringList notCopied; ///< further things, a sentence each
    friend bool operator==(const CloneOffer &, const CloneOffer &) = default;
};

} // namespace Slipway
