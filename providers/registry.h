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

/// One line per provider in registry.cpp is all that adding one costs outside its own folder.
struct ProviderKind
{
    QString kind; ///< "local"
    QString title; ///< "This machine"
    std::unique_ptr<Provider> (*create)(const ProviderContext &context); ///< call in the account's thread
};

const QList<ProviderKind> &providerKinds();
const ProviderKind *providerKind(const QString &kind); ///< nullptr when unknown

} // namespace Slipway
