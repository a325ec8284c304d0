// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/provider.h"

#include <memory>

namespace Slipway {

/// What a provider needs to know of this installation.
struct ProviderContext
{
    QString home; ///< SLIPWAY_HOME: absolute, exists
    Account account;
    /// Of a provider that needs one; empty: none is known, answer Unauthorized. From the keychain or the session's
    /// memory; it goes to the provider's own hosts only, never into a file, a log, an error or another process's argv.
    QString token = {};
};

/// How an account of a kind gets its token.
struct TokenSource
{
    bool wanted = true; ///< false: the provider needs none, and nobody is asked
    QString page = {}; ///< where a person finds the token: an https address; empty: nowhere in particular
    QString cliTitle = {}; ///< the service's own command line, when its login can be taken over: "Heroku CLI"
    QString cliMachine = {}; ///< that login's machine in the netrc file: "api.heroku.com"
    QString cliCommand = {}; ///< prints its token, when it is not in the netrc file: "heroku auth:token"
    /// The environment variable with the id under which the service knows Slipway, for Provider::signIn(); empty: that
    /// kind of provider has no such thing.
    QString clientVariable = {};
    QString client = {}; ///< that id where the variable is not set; empty: none was built in
};

/// One line per provider in registry.cpp is all that adding one costs outside its own folder.
struct ProviderKind
{
    QString kind; ///< "local"
    QString title; ///< "This machine"
    std::unique_ptr<Provider> (*create)(const ProviderContext &context); ///< call in the account's thread
    TokenSource token = {};
};

const QList<ProviderKind> &providerKinds();
const ProviderKind *providerKind(const QString &kind); ///< nullptr when unknown

} // namespace Slipway
