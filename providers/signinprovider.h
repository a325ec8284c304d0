// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/signincode.h"
#include "providers/task.h"

namespace Slipway {

/// Signing in without a token at hand: a person types a code in at the service's own page, on whatever device, and
/// allows it there (OAuth 2.0 Device Authorization Grant, RFC 8628). One sign-in at a time: another begin takes its
/// place. The provider needs no token for it.
class SignInProvider
{
public:
    virtual ~SignInProvider() = default;
    /// `client`: the id under which the service knows Slipway, which is no secret. Errors: Invalid (the service does
    /// not know it), Unsupported (it may not do this), and those of the network.
    virtual Task<SignInCode> beginSignIn(QString client) = 0;
    /// Waits until the person has decided, and answers the token. A lost network is waited out until the code's time is
    /// over. Errors: Unauthorized (refused there, or not in time), Network (in the end it could not be reached), and
    /// those of beginSignIn(); Cancelled after stop().
    virtual Task<QString> finishSignIn() = 0;
};

} // namespace Slipway
