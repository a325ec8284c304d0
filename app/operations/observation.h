// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/operations/step.h"

namespace Slipway {

/// Asks the provider for a whole pipeline (with comparisons; `withChanges`: with the open changes too), writes what
/// differs to the cache and tells the account's state. Engine thread; answers the snapshot.
Task<Snapshot> observePipeline(StepContext c, bool withChanges);

/// The same of some environments, where that asks less; of all where one of them is not known yet.
Task<Snapshot> observeEnvironments(StepContext c, QStringList names, bool withChanges);

/// One environment as the provider sees it now, through observeEnvironments(). NotFound when there is none.
Task<Environment> observeEnvironment(StepContext c, QString name);

/// Gives an environment that this operation begins to make a card, before its provider tells of it.
void showUnborn(const StepContext &c);

/// Provider::facts() in the account's thread.
Task<AccountFacts> accountFacts(StepContext c, bool ask);
/// Asks the account whether it answers and whose it is, and writes its state to the cache. The context needs no
/// pipeline. Engine thread.
Task<void> checkAccount(StepContext c);
/// Writes down how an answer (no error) or its failure leaves an account; facts that are not known stay.
void tellAccount(const StepContext &c, const Account &account, const Error *error, const AccountFacts &facts);

} // namespace Slipway
