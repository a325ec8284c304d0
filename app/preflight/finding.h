// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/policy.h"
#include "models/domain/preflight.h"

#include <QCoreApplication>

namespace Slipway {

class PreflightWords
{
    Q_DECLARE_TR_FUNCTIONS(Slipway::Preflight)
};

/// What a check found, before the policy says what that does to the move.
struct Finding
{
    enum class Kind {
        Holds,
        Fails, ///< the policy says whether that blocks, warns or is not looked at
        NotKnown, ///< asks for a reason: what nobody knows does not pass by itself
        Aside, ///< is no question in this move
        Hard ///< no policy makes it possible
    };
    QString id; ///< as Check::id
    Kind kind = Kind::Holds;
    QString text;
    QString detail = {};
    QString link = {}; ///< as Check::link
};

/// The lines of the sheet, in the order of Policy::checkIds().
QList<Check> judged(const QList<Finding> &findings, const Policy &policy);

/// A moment as the sheet writes it; empty for an invalid one.
QString momentText(const QDateTime &at);

} // namespace Slipway
