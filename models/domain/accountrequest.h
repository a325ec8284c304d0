// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/pipeline.h"

#include <QMetaType>

#include <variant>

namespace Slipway {

/// A kind of account that can be added.
struct AccountKind
{
    QString kind; ///< "heroku"
    QString title; ///< "Heroku"
    QString tokenPage; ///< where a person finds the token; may be empty
    QString cliTitle; ///< a command line of the service whose login is there to be taken; empty: none
    bool signsIn = false; ///< a person can sign in there by a code
    QString signInProblem = {}; ///< why not from here, and what to do; empty: nothing is in the way
};

/// A token as a person gave it. Lives from the field to the keychain, and is never printed or stored on the way.
struct GivenToken
{
    QString text;
    bool fromCli = false; ///< instead: the login of the service's own command line
    bool signedIn = false; ///< instead: the token of the sign-in that was begun, which the window never sees
};

struct AddAccount
{
    Account account;
    GivenToken token;
};
struct ReplaceToken
{
    QString account;
    GivenToken token;
};
struct RemoveAccount
{
    QString account;
};
struct CheckAccount
{
    QString account;
};
struct BeginSignIn ///< at the service of a kind; another one that is under way ends
{
    QString kind;
    QString url; ///< the account's root
};
struct EndSignIn ///< nobody wants it any more
{
};
struct ListPipelines ///< of an account, to choose one for the board
{
    QString account;
};

/// What the window asks of accounts.
using AccountRequest =
    std::variant<AddAccount, ReplaceToken, RemoveAccount, CheckAccount, BeginSignIn, EndSignIn, ListPipelines>;

} // namespace Slipway

Q_DECLARE_METATYPE(Slipway::AccountRequest)
