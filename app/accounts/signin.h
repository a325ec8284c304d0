// SPDX-FileCopyrightText: 2026 The Slipway authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/accounts/accounthost.h"

#include <functional>

namespace Slipway {

/// The id under which the service knows this Slipway: `given`, else what TokenSource::clientVariable holds, else the
/// one built in. Invalid says what to do where there is none, Unsupported where that kind of account has no such
/// sign-in.
Result<QString> signInClient(const ProviderKind &kind, const QString &given = {});

/// One sign-in by a code at a service (SignInProvider), in a thread of its own that ends with this. Used in the thread
/// that made it; destroying it ends the sign-in, and nothing is called any more.
class SignIn final : public QObject
{
    Q_OBJECT
public:
    /// `url`: the account's root, checked by goodServiceUrl(); `home` as in ProviderContext.
    SignIn(const ProviderKind &kind, const QString &home, const QString &url, QObject *parent = nullptr);
    /// Once. `shown` is called when there is a code to type in, `done` at the end with the token or why there is none;
    /// both from the event loop. They must not destroy this: deleteLater().
    void start(const QString &client, std::function<void(SignInCode)> shown,
               const std::function<void(Result<QString>)> &done);

private:
    AccountHost m_host;
};

} // namespace Slipway
