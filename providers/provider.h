// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/pipeline.h"
#include "providers/ciprovider.h"
#include "providers/deployprovider.h"
#include "providers/signinprovider.h"
#include "providers/sourceprovider.h"
#include "providers/teamprovider.h"

/// The contract every provider keeps (DESIGN section 4). All of it runs in the account's own thread: objects are made,
/// called and destroyed there. Every task ends, with Error::Kind::Cancelled after stop().
namespace Slipway {

/// One account: the roles it offers, or nullptr.
class Provider
{
public:
    virtual ~Provider() = default;
    virtual DeployProvider *deploys() { return nullptr; }
    virtual SourceProvider *source() { return nullptr; }
    virtual CiProvider *ci() { return nullptr; }
    virtual TeamProvider *team() { return nullptr; }
    virtual SignInProvider *signIn() { return nullptr; } ///< works without a token
    /// What is known of the account itself. `ask`: asks the service who the token belongs to, in at most two requests,
    /// and fails with Unauthorized when it is not good; otherwise what earlier answers told (the budget), in none.
    /// A provider that cannot tell answers empty facts.
    virtual Task<AccountFacts> facts(bool ask);
    /// The next request that the service refuses with SecondFactor is sent again with this code, once.
    virtual void setSecondFactor(QString) { }
    /// Refuses new work and cancels what is in flight; `drained` is called once when nothing is left. Account thread.
    virtual void stop(std::function<void()> drained) = 0;
    /// Called (in the account's thread) when the provider learned that this pipeline changed; may be empty.
    std::function<void(const QString &pipeline)> onChanged;
};

inline Task<AccountFacts> Provider::facts(bool)
{
    co_return AccountFacts();
}

} // namespace Slipway
