// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/error.h"

#include <QCoroTask>

#include <functional>

namespace Slipway {

/// Every task of a provider ends, with Error::Kind::Cancelled after stop().
template<typename T> using Task = QCoro::Task<Result<T>>;

/// Names one journaled step of one operation. A provider asked twice with the same ticket does the work once and
/// answers the second call with the first one's outcome; one that cannot remember must probe before it sends.
struct Ticket
{
    QString id; ///< "<operation uuid>.<step index>"
    QString by; ///< who asked, for the release's record
};

/// A sentence about how far a long call has come ("Building: npm ci"). Called in the account's thread.
using Progress = std::function<void(const QString &)>;

} // namespace Slipway
