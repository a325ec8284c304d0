// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

#include <optional>

namespace Slipway {

/// Somebody has staging: nobody else's change goes there, or on from there, until it is released or taken over.
struct Hold
{
    QString by;
    QString reason;
    QDateTime since; ///< UTC
    QDateTime until; ///< UTC; invalid: until it is released
    bool afterRollBack = false; ///< set by a roll back: stays until somebody says it is resolved
    bool isOver(const QDateTime &now) const { return until.isValid() && until <= now; }
    friend bool operator==(const Hold &, const Hold &) = default;
};

/// An accepted change that waits for staging; the first of its pipeline goes first.
struct QueueEntry
{
    QString environment; ///< name of the dev environment that carries it
    QString by;
    QDateTime since; ///< UTC
    QString reason; ///< given where a check will warn; goes along when its turn comes
    friend bool operator==(const QueueEntry &, const QueueEntry &) = default;
};

/// A time in which staging ran something that production did not.
struct DirtyTime
{
    QDateTime since; ///< UTC
    QDateTime until; ///< UTC; invalid: still
    int changes = 0; ///< most of them at one time
    friend bool operator==(const DirtyTime &, const DirtyTime &) = default;
};

/// When a dev environment's time is up, by the rule "rules.live-hours".
struct Lifetime
{
    QDateTime ends; ///< UTC: it is suspended then
    QDateTime shutDownAt; ///< UTC: invalid until it was suspended for that
    QString keptBy; ///< who kept it last; empty: nobody did
    friend bool operator==(const Lifetime &, const Lifetime &) = default;
};

/// A word to a person who was not asked: "Ines took staging over". Shown once, at that person's next look.
struct Message
{
    qint64 id = 0;
    QString to;
    QDateTime at; ///< UTC
    QString text;
    friend bool operator==(const Message &, const Message &) = default;
};

} // namespace Slipway
