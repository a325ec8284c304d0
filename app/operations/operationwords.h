// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/operations/plans.h"
#include "models/domain/operation.h"

#include <QCoreApplication>

namespace Slipway {

/// The sentences of operations, for a delivery lead.
class OperationWords
{
    Q_DECLARE_TR_FUNCTIONS(Slipway::Operations)
public:
    static QString startsIn(int ms); ///< "Starts in 5 s"
    static QString takingBack();
    /// Names the step, what has changed and what has not.
    static Error failure(const Operation &operation, const Plan &plan, const Error &cause);
    static Error tookBack(const Error &failure); ///< the same, and all of it was taken back
    static Error undoFailure(const Error &failure, const Error &cause);
    /// For one whose owner is gone, given up by the user.
    static Error givenUp(const Operation &operation, const Plan &plan);
    /// "Deployed Faster checkout to staging", "Could not deploy it to staging: …", "Cancelled: …". Without version.
    static ActivityEntry activity(const Operation &operation);
    /// Gives the operation its title, "Deploy Faster checkout to staging", and keeps what activity() will need: once
    /// it has ended, what it was about may be gone.
    static void name(Operation &operation, const Intent &intent, const BoardReader &reader);
};

} // namespace Slipway
